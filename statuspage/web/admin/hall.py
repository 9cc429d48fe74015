"""The hall before the operator's rooms: who comes in, what a room answers, and the way back after something was done."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotAuthorizedException
from litestar.response import Response

from statuspage.domain.access import Principal
from statuspage.domain.clock import moment_ms
from statuspage.domain.errors import EditedMeanwhileError, UnknownNameError, WrongInputError
from statuspage.render.language import tr
from statuspage.render.pages import Renderer
from statuspage.render.rooms.doors import done
from statuspage.render.rooms.room import Room, for_scope, refused
from statuspage.service.questions import Questions
from statuspage.web.admin.answers import led_to, page
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Gate, Scope

_LOGIN: Final = "/admin/login"


class SeeOther(Exception):  # noqa: N818 - an answer, not a fault
    """The browser is led elsewhere."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class Sent:
    """What a form brought."""

    def __init__(self, form: FormMultiDict) -> None:
        self._form = form

    def text(self, name: str) -> str:
        """The field's text, empty where it was not sent."""
        return str(self._form.get(name, ""))

    def maybe(self, name: str) -> str | None:
        """The field's text, None where nothing was filled in."""
        return self.text(name).strip() or None

    def each(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may have several."""
        return tuple(str(value) for value in self._form.getall(name, []))

    def number(self, name: str) -> int | None:
        """A whole number, None where nothing was filled in. Raises `WrongInputError`."""
        given = self.maybe(name)
        if given is None:
            return None
        if not given.isascii() or not given.isdigit() or len(given) > 15:
            raise WrongInputError(f"{given[:40]!r} is no whole number.")
        return int(given)

    def moment(self, name: str) -> int | None:
        """A time in UTC as milliseconds, None where nothing was filled in. Raises `WrongInputError`."""
        given = self.maybe(name)
        if given is None:
            return None
        try:
            return moment_ms(given if given.endswith("Z") or "+" in given else f"{given}Z")
        except ValueError:
            raise WrongInputError(f"{given[:40]!r} is no time; write one such as 2026-11-20T10:00, in UTC.") from None

    def typed(self) -> Mapping[str, Sequence[str]]:
        """Everything that was sent, by field."""
        return {name: self.each(name) for name in self._form}


Act = Callable[[Sent, str], Awaitable[str | Room]]
"""Does what a form asks, in the name of somebody; returns where to go then, `…?done=code`, or a room that is shown this once."""


class Hall:
    """Lets people in, shows rooms, and takes their forms."""

    def __init__(self, gate: Gate, pages: Renderer, questions: Questions) -> None:
        self._gate = gate
        self._pages = pages
        self._questions = questions

    async def enter(self, request: AnyRequest, scope: Scope = Scope.READ) -> Principal:
        """Whoever asks. Leads a browser without a session to the login; raises 401 for a program, 403 for too small a scope."""
        try:
            return await self._gate.admit(request, scope)
        except NotAuthorizedException:
            if "authorization" not in request.headers and "text/html" in request.headers.get("accept", ""):
                raise SeeOther(_LOGIN) from None
            raise

    def show(self, request: AnyRequest, principal: Principal, room: Room, status: int = 200) -> Response[bytes]:
        """The room, without what this person may not do."""
        body = self._pages.admin.room(
            self._questions.page(),
            for_scope(room, principal.scope),
            csrf=principal.csrf or "",
            who=principal.name,
            done=done(request.query_params.get("done", "")),
        )
        return page(request, body, status)

    async def take(
        self, request: AnyRequest, again: Callable[[], Awaitable[Room]], act: Act, scope: Scope = Scope.OPERATE
    ) -> Response[bytes]:
        """Does what the form asks and leads back; what cannot be done is said beside the form, which keeps what was typed."""
        principal = await self.enter(request, scope)
        sent = Sent(await request.form())
        try:
            after = await act(sent, principal.name)
        except EditedMeanwhileError:
            wrong, status = tr("Somebody else changed this meanwhile. Look at what it is now, then send the form again."), 409
        except UnknownNameError as error:
            wrong, status = str(error), 404 if error.kind in ("incident", "maintenance") else 400
        except WrongInputError as error:
            wrong, status = str(error), 400
        else:
            return self.show(request, principal, after) if isinstance(after, Room) else led_to(after)
        room = refused(await again(), request.url.path, sent.typed(), wrong)
        return self.show(request, principal, room, status)


def see_other(_request: AnyRequest, error: SeeOther) -> Response[bytes]:
    """303."""
    return led_to(error.location)
