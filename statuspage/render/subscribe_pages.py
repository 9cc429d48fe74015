"""The pages on which readers subscribe, confirm, change and leave."""

from collections.abc import Sequence
from typing import Final

from jinja2 import Environment

from statuspage.domain.subscription import Subscriber
from statuspage.domain.view import PageView
from statuspage.domain.words import Status
from statuspage.render.icon import icon


class SubscribePages:
    """Small forms that work without JavaScript."""

    def __init__(self, environment: Environment) -> None:
        self._form: Final = environment.get_template("subscribe.html")
        self._asked: Final = environment.get_template("asked.html")

    def form(
        self,
        page: PageView,
        *,
        takes_email: bool,
        subscriber: Subscriber | None = None,
        chosen: Sequence[str] = (),
        wrong: str | None = None,
    ) -> bytes:
        """The form, empty or of a subscriber; `wrong` says what was not taken."""
        return self._form.render(
            page=page,
            site=page.site,
            icon=icon(Status.NO_DATA),
            takes_email=takes_email,
            subscriber=subscriber,
            chosen=frozenset(chosen),
            wrong=wrong,
        ).encode()

    def asked(self, page: PageView, title: str, text: str, *, button: str | None = None, secret: str | None = None) -> bytes:
        """One sentence about what happened or is about to; with `button` a POST to the same address is one press away."""
        return self._asked.render(
            page=page, site=page.site, icon=icon(Status.NO_DATA), title=title, text=text, button=button, secret=secret
        ).encode()
