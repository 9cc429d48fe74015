"""`/admin/maintenance`: maintenance announced, ended and cancelled from a browser."""

from collections.abc import Awaitable, Callable
from typing import Final

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.errors import WrongInputError
from statuspage.domain.recurrence import never_ends
from statuspage.render.rooms.maintenance import AT, PlannedRow, maintenance_room
from statuspage.render.rooms.room import Option, Room
from statuspage.service.desks import Desks
from statuspage.service.maintenance_desk import MaintenanceDesk, NewMaintenance, Planned
from statuspage.service.roster import Roster
from statuspage.web.admin.choices import model_options
from statuspage.web.admin.hall import Act, Hall, Sent
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits


@get(AT, opt=admits(Scope.READ))
async def listed(
    request: AnyRequest, hall: NamedDependency[Hall], desks: NamedDependency[Desks], roster: NamedDependency[Roster]
) -> Response[bytes]:
    """Everything announced, and the form that announces more."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _room(desks, roster))


@post(AT, opt=admits(Scope.OPERATE), status_code=303)
async def announce(
    request: AnyRequest, hall: NamedDependency[Hall], desks: NamedDependency[Desks], roster: NamedDependency[Roster]
) -> Response[bytes]:
    """Announces one."""

    async def announcing(sent: Sent, author: str) -> str:
        starts_at_ms, ends_at_ms = sent.moment("starts_at"), sent.moment("ends_at")
        if starts_at_ms is None or ends_at_ms is None:
            raise WrongInputError("When does it begin, and when does it end? Fill in both.")
        rrule = sent.maybe("rrule")
        planned = await desks.maintenance.plan(
            NewMaintenance(
                title=sent.text("title"),
                message=sent.text("message"),
                starts_at_ms=starts_at_ms,
                ends_at_ms=ends_at_ms,
                rrule=rrule,
                zone=sent.maybe("timezone") or "UTC",
                models=sent.each("model"),
                providers=sent.each("provider"),
                author=author,
            )
        )
        await desks.written()
        if not planned.notes or rrule is None:
            return f"{AT}?done=planned"
        return f"{AT}?done={'endless' if never_ends(rrule) else 'moved'}"

    return await hall.take(request, lambda: _room(desks, roster), announcing)


@post(f"{AT}/{{maintenance_id:str}}/end", opt=admits(Scope.OPERATE), status_code=303)
async def end(
    request: AnyRequest,
    maintenance_id: FromPath[str],
    hall: NamedDependency[Hall],
    desks: NamedDependency[Desks],
    roster: NamedDependency[Roster],
) -> Response[bytes]:
    """Ends the window that is under way."""
    return await hall.take(request, lambda: _room(desks, roster), _doing(desks, MaintenanceDesk.end, maintenance_id, "ended"))


@post(f"{AT}/{{maintenance_id:str}}/cancel", opt=admits(Scope.OPERATE), status_code=303)
async def cancel(
    request: AnyRequest,
    maintenance_id: FromPath[str],
    hall: NamedDependency[Hall],
    desks: NamedDependency[Desks],
    roster: NamedDependency[Roster],
) -> Response[bytes]:
    """Takes one back with all its windows."""
    cancelling = _doing(desks, MaintenanceDesk.cancel, maintenance_id, "cancelled")
    return await hall.take(request, lambda: _room(desks, roster), cancelling)


def _doing(desks: Desks, deed: Callable[..., Awaitable[Planned]], maintenance_id: str, code: str) -> Act:
    """Does it to a maintenance as the form's reader saw it, and says so with that code."""

    async def doing(sent: Sent, author: str) -> str:
        await deed(desks.maintenance, maintenance_id, author=author, expected=sent.number("version"))
        await desks.written()
        return f"{AT}?done={code}"

    return doing


async def _room(desks: Desks, roster: Roster) -> Room:
    planned = [PlannedRow(each.maintenance, each.version) for each in await desks.maintenance.known()]
    providers = [Option(name, name) for name in dict.fromkeys(desks.fleet().providers.values())]
    return maintenance_room(planned, model_options(roster), providers)


router: Final = Router(path="/", route_handlers=[listed, announce, end, cancel])
