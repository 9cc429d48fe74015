"""`/admin/incidents`: incidents steered from a browser."""

from typing import Final

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.errors import UnknownNameError
from statuspage.render.rooms.incidents import AT, incident_room, incidents_room
from statuspage.render.rooms.room import Room
from statuspage.service.desks import Desks
from statuspage.service.incident_desk import IncidentUpdating, NewIncident
from statuspage.service.roster import Roster
from statuspage.web.admin.choices import model_options
from statuspage.web.admin.hall import Hall, Sent
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits


@get(AT, opt=admits(Scope.READ))
async def listed(
    request: AnyRequest, hall: NamedDependency[Hall], desks: NamedDependency[Desks], roster: NamedDependency[Roster]
) -> Response[bytes]:
    """Every known incident, and the form that opens one."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _all(desks, roster))


@post(AT, opt=admits(Scope.OPERATE), status_code=303)
async def open_one(
    request: AnyRequest, hall: NamedDependency[Hall], desks: NamedDependency[Desks], roster: NamedDependency[Roster]
) -> Response[bytes]:
    """Opens one and leads to it."""

    async def opening(sent: Sent, author: str) -> str:
        opened = await desks.incidents.open(
            NewIncident(
                title=sent.text("title"),
                message=sent.text("message"),
                impact=sent.text("impact"),
                status=sent.text("status"),
                models=sent.each("model"),
                started_at_ms=sent.moment("started_at"),
                author=author,
            )
        )
        await desks.written()
        return f"{AT}/{opened.id}?done=opened"

    return await hall.take(request, lambda: _all(desks, roster), opening)


@get(f"{AT}/{{incident_id:str}}", opt=admits(Scope.READ))
async def one(
    request: AnyRequest,
    incident_id: FromPath[str],
    hall: NamedDependency[Hall],
    desks: NamedDependency[Desks],
    roster: NamedDependency[Roster],
) -> Response[bytes]:
    """One incident with its forms."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _one(incident_id, desks, roster))


@post(f"{AT}/{{incident_id:str}}", opt=admits(Scope.OPERATE), status_code=303)
async def say(
    request: AnyRequest,
    incident_id: FromPath[str],
    hall: NamedDependency[Hall],
    desks: NamedDependency[Desks],
    roster: NamedDependency[Roster],
) -> Response[bytes]:
    """Adds an update."""

    async def saying(sent: Sent, author: str) -> str:
        update = IncidentUpdating(message=sent.text("message"), status=sent.text("status"), author=author)
        await desks.incidents.update(incident_id, update, sent.number("version"))
        await desks.written()
        return f"{AT}/{incident_id}?done=said"

    return await hall.take(request, lambda: _one(incident_id, desks, roster), saying)


@post(f"{AT}/{{incident_id:str}}/head", opt=admits(Scope.OPERATE), status_code=303)
async def correct(
    request: AnyRequest,
    incident_id: FromPath[str],
    hall: NamedDependency[Hall],
    desks: NamedDependency[Desks],
    roster: NamedDependency[Roster],
) -> Response[bytes]:
    """Changes title, impact or models without a word in the timeline."""

    async def correcting(sent: Sent, author: str) -> str:
        known = (await desks.incidents.find(incident_id)).models
        models = sent.each("model")
        update = IncidentUpdating(
            title=sent.text("title"),
            impact=sent.text("impact"),
            models=None if set(models) == set(known) else models,
            author=author,
        )
        await desks.incidents.update(incident_id, update, sent.number("version"))
        await desks.written()
        return f"{AT}/{incident_id}?done=changed"

    return await hall.take(request, lambda: _one(incident_id, desks, roster), correcting)


async def _all(desks: Desks, roster: Roster) -> Room:
    return incidents_room(await desks.incidents.known(), model_options(roster))


async def _one(incident_id: str, desks: Desks, roster: Roster) -> Room:
    try:
        found = await desks.incidents.find(incident_id)
    except UnknownNameError:
        raise NotFoundException from None
    return incident_room(found, model_options(roster))


router: Final = Router(path="/", route_handlers=[listed, open_one, one, say, correct])
