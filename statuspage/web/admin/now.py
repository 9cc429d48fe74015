"""`/admin`: this moment."""

from typing import Final

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.render.rooms.now import now_room
from statuspage.service.backroom import Backroom
from statuspage.service.desks import Desks
from statuspage.service.questions import Questions
from statuspage.service.roster import Roster
from statuspage.web.admin.hall import Hall
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits


@get("/admin", opt=admits(Scope.READ))
async def now(
    request: AnyRequest,
    hall: NamedDependency[Hall],
    backroom: NamedDependency[Backroom],
    roster: NamedDependency[Roster],
    desks: NamedDependency[Desks],
    questions: NamedDependency[Questions],
) -> Response[bytes]:
    """What is not well, and what people have under way."""
    principal = await hall.enter(request)
    room = now_room(
        questions.page(),
        roster.views(),
        await backroom.doubts(),
        incidents=await desks.incidents.known(),
        maintenances=[each.maintenance for each in await desks.maintenance.known()],
        overrides=await desks.overrides.known(),
        waiting=sum(each.waiting for each in await backroom.channels()),
    )
    return hall.show(request, principal, room)


router: Final = Router(path="/", route_handlers=[now])
