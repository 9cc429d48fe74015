"""`/admin/overrides`: what readers are told instead of what is measured, set and cleared from a browser."""

from typing import Final

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.domain.errors import WrongInputError
from statuspage.render.rooms.overrides import AT, overrides_room
from statuspage.render.rooms.room import Room
from statuspage.service.desks import Desks
from statuspage.service.roster import Roster
from statuspage.web.admin.choices import model_options
from statuspage.web.admin.hall import Hall, Sent
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits


@get(AT, opt=admits(Scope.READ))
async def listed(
    request: AnyRequest, hall: NamedDependency[Hall], desks: NamedDependency[Desks], roster: NamedDependency[Roster]
) -> Response[bytes]:
    """Those that have not expired, and the form that sets one."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _room(desks, roster))


@post(AT, opt=admits(Scope.OPERATE), status_code=303)
async def set_one(
    request: AnyRequest, hall: NamedDependency[Hall], desks: NamedDependency[Desks], roster: NamedDependency[Roster]
) -> Response[bytes]:
    """Sets one; an earlier one of the model is replaced."""

    async def setting(sent: Sent, author: str) -> str:
        until_ms = sent.moment("until")
        if until_ms is None:
            raise WrongInputError("Until when does it hold? An override needs an end.")
        await desks.overrides.set(
            sent.text("model"),
            status=sent.maybe("status"),
            use_instead=sent.maybe("use_instead"),
            reason=sent.text("reason"),
            until_ms=until_ms,
            author=author,
        )
        await desks.written()
        return f"{AT}?done=pinned"

    return await hall.take(request, lambda: _room(desks, roster), setting)


@post(f"{AT}/clear", opt=admits(Scope.OPERATE), status_code=303)
async def clear(
    request: AnyRequest, hall: NamedDependency[Hall], desks: NamedDependency[Desks], roster: NamedDependency[Roster]
) -> Response[bytes]:
    """Has the model shown as it is measured."""

    async def clearing(sent: Sent, _author: str) -> str:
        await desks.overrides.clear(sent.text("model"))
        await desks.written()
        return f"{AT}?done=cleared"

    return await hall.take(request, lambda: _room(desks, roster), clearing)


async def _room(desks: Desks, roster: Roster) -> Room:
    return overrides_room(await desks.overrides.known(), model_options(roster))


router: Final = Router(path="/", route_handlers=[listed, set_one, clear])
