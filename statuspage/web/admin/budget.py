"""`/admin/budget`: what probing cost this month."""

from typing import Final

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.render.rooms.budget import AT, budget_room
from statuspage.service.purser import Purser
from statuspage.web.admin.hall import Hall
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits


@get(AT, opt=admits(Scope.READ))
async def listed(request: AnyRequest, hall: NamedDependency[Hall], purser: NamedDependency[Purser]) -> Response[bytes]:
    """The month so far, its caps, and whom it was spent on."""
    principal = await hall.enter(request)
    return hall.show(request, principal, budget_room(await purser.month(), purser.standings()))


router: Final = Router(path="/", route_handlers=[listed])
