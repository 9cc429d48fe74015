"""The operator's pages: the same design, server-rendered, whole without JavaScript."""

from typing import Final

from jinja2 import Environment

from statuspage.domain.view import PageView
from statuspage.domain.words import Status
from statuspage.render.icon import icon


class AdminPages:
    """Signing in, and the rooms behind it."""

    def __init__(self, environment: Environment) -> None:
        self._environment: Final = environment
        self._login: Final = environment.get_template("admin/login.html")

    def login(self, page: PageView, *, name: str = "", wrong: str | None = None) -> bytes:
        """The form to sign in; `wrong` says what was not taken."""
        return self._login.render(
            page=page, site=page.site, icon=icon(Status.NO_DATA), first=False, token="", name=name, wrong=wrong
        ).encode()

    def setup(self, page: PageView, *, token: str, name: str = "", wrong: str | None = None) -> bytes:
        """The form for the first admin."""
        return self._login.render(
            page=page, site=page.site, icon=icon(Status.NO_DATA), first=True, token=token, name=name, wrong=wrong
        ).encode()

    def room(self, template: str, page: PageView, **shown: object) -> bytes:
        """A room of the operator's, by its template."""
        return (
            self._environment.get_template(f"admin/{template}")
            .render(page=page, site=page.site, icon=icon(page.status), **shown)
            .encode()
        )
