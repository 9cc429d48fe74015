"""The operator's pages: the same design, server-rendered, whole without JavaScript."""

from typing import Final

from jinja2 import Environment

from statuspage.domain.view import PageView
from statuspage.domain.words import Status
from statuspage.render.icon import icon
from statuspage.render.rooms.doors import doors
from statuspage.render.rooms.room import Room


class AdminPages:
    """Signing in, and the rooms behind it."""

    def __init__(self, environment: Environment) -> None:
        self._login: Final = environment.get_template("admin/login.html")
        self._room: Final = environment.get_template("admin/room.html")

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

    def room(self, page: PageView, room: Room, *, csrf: str, who: str, done: str | None = None) -> bytes:
        """A room of the operator's; `csrf` goes into its forms, `done` says what has just been done."""
        return self._room.render(
            page=page, site=page.site, icon=icon(page.status), room=room, rooms=doors(), csrf=csrf, who=who, done=done
        ).encode()
