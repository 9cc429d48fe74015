"""`/admin/models`: how everything is watched, and checks out of turn."""

from typing import Final

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.errors import WrongInputError
from statuspage.render.rooms.models import AT, model_room, models_room
from statuspage.render.rooms.room import Room
from statuspage.service.by_hand import ByHand, TooSoon
from statuspage.service.desks import Desks
from statuspage.service.watchroom import Watchroom
from statuspage.web.admin.hall import Hall, Sent
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import Scope, admits


@get(AT, opt=admits(Scope.READ))
async def listed(request: AnyRequest, hall: NamedDependency[Hall], watchroom: NamedDependency[Watchroom]) -> Response[bytes]:
    """Every model and every account."""
    principal = await hall.enter(request)
    return hall.show(request, principal, models_room(watchroom.models(), watchroom.accounts()))


@get(f"{AT}/{{slug:str}}", opt=admits(Scope.READ))
async def one(
    request: AnyRequest,
    slug: FromPath[str],
    hall: NamedDependency[Hall],
    watchroom: NamedDependency[Watchroom],
    desks: NamedDependency[Desks],
) -> Response[bytes]:
    """One model with its newest probes."""
    principal = await hall.enter(request)
    return hall.show(request, principal, await _room(slug, watchroom, desks))


@post(f"{AT}/{{slug:str}}/check", opt=admits(Scope.OPERATE), status_code=303)
async def check(
    request: AnyRequest,
    slug: FromPath[str],
    hall: NamedDependency[Hall],
    watchroom: NamedDependency[Watchroom],
    desks: NamedDependency[Desks],
    by_hand: NamedDependency[ByHand],
) -> Response[bytes]:
    """Has a model checked at once."""

    async def checking(_sent: Sent, _author: str) -> str:
        found = watchroom.model(slug)
        if found is None:
            raise NotFoundException
        try:
            by_hand.ask(found.model.key)
        except TooSoon as error:
            raise WrongInputError(str(error)) from None
        return f"{AT}/{slug}?done=checking"

    return await hall.take(request, lambda: _room(slug, watchroom, desks), checking)


async def _room(slug: str, watchroom: Watchroom, desks: Desks) -> Room:
    found = watchroom.model(slug)
    if found is None:
        raise NotFoundException
    override = next((each for each in await desks.overrides.known() if each.key == found.model.key), None)
    return model_room(found, override)


router: Final = Router(path="/", route_handlers=[listed, one, check])
