"""`/admin/flags`: feature flags set from a browser."""

from typing import Final

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.domain.errors import WrongInputError
from statuspage.render.rooms.flags import AT, ONE, flags_room
from statuspage.render.rooms.room import Room
from statuspage.service.flag_desk import FlagDesk
from statuspage.service.flags import Flags
from statuspage.web.admin.hall import Hall, Sent
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits


@get(AT, opt=admits(Scope.READ))
async def listed(
    request: AnyRequest, hall: NamedDependency[Hall], flag_desk: NamedDependency[FlagDesk], flags: NamedDependency[Flags]
) -> Response[bytes]:
    """Every flag in force, and why the file cannot be used where it cannot."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _room(flag_desk, flags))


@post([AT, ONE], opt=admits(Scope.OPERATE), status_code=303)
async def set_one(
    request: AnyRequest, hall: NamedDependency[Hall], flag_desk: NamedDependency[FlagDesk], flags: NamedDependency[Flags]
) -> Response[bytes]:
    """Switches one on or off, or deals it to so many percent of users."""

    async def setting(sent: Sent, _author: str) -> str:
        flag_desk.set(sent.text("key").strip(), state=sent.maybe("state"), percent=sent.number("percent"))
        return f"{AT}?done=flagged"

    return await hall.take(request, lambda: _room(flag_desk, flags), setting)


async def _room(flag_desk: FlagDesk, flags: Flags) -> Room:
    try:
        lines, error = flag_desk.known(), flags.error
    except WrongInputError as wrong:
        lines = () if flags.in_force is None else flag_desk.lines(flags.in_force)
        error = flags.error or str(wrong)
    return flags_room(lines, error)


router: Final = Router(path="/", route_handlers=[listed, set_one])
