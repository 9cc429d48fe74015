"""`POST /api/v1/models/{slug}/check`: a check out of turn, behind the scope `operate`."""

from typing import Final

from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from statuspage.service.by_hand import ByHand, TooSoon
from statuspage.service.desks import Desks
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC, Gate, Scope, admits
from statuspage.web.problems import problem
from statuspage.web.written import key_of, told


@post("/api/v1/models/{slug:str}/check", opt=admits(Scope.OPERATE), status_code=202)
async def check(
    request: AnyRequest,
    slug: FromPath[str],
    desks: NamedDependency[Desks],
    by_hand: NamedDependency[ByHand],
    gate: NamedDependency[Gate],
) -> Response[bytes]:
    """Has the model checked at once: 202, and its document shows what came of it; 429 within ten seconds of the last time."""
    await gate.admit(request, Scope.OPERATE)
    key = key_of(slug, desks)
    by_hand.ask(key)
    return told(request, {"model": key, "url": f"{desks.site_url}/api/v1/models/{slug}"}, 202)


def too_soon(request: AnyRequest, error: TooSoon) -> Response[bytes]:
    """429 that says when."""
    return answer(request, problem(429, str(error), retry_after_s=error.retry_after_s))


router: Final = Router(path="/", route_handlers=[check], opt=PUBLIC)
