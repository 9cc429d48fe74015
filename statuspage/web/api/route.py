"""`/api/v1/route`: which model to call now (contract §9)."""

from typing import Final
from urllib.parse import parse_qs

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.domain.selection import Capability, Preference, Question
from statuspage.render.route import NOTHING, rejected_object
from statuspage.service.routing import Routing
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC
from statuspage.web.problems import BadRequest, problem
from statuspage.web.query import amount, choice, names, short_enough

_CAPABILITIES: Final = tuple(each.value for each in Capability)
_PREFERENCES: Final = tuple(each.value for each in Preference)
_LONGEST_USER: Final = 200


@get("/api/v1/route")
async def route(request: AnyRequest, routing: NamedDependency[Routing]) -> Response[bytes]:
    """The choice with its reasons, what comes after it, and why the others were rejected; 503 where nothing is suitable."""
    short_enough(request)
    params = request.query_params
    question = Question(
        capability=Capability(choice(params, "capability", _CAPABILITIES, Capability.CHAT.value)),
        preference=Preference(choice(params, "prefer", _PREFERENCES, Preference.PRICE.value)),
        max_usd=amount(params, "max_price"),
        keys=names(params, "models"),
    )
    user = params.get("user") or None
    if user is not None and len(user) > _LONGEST_USER:
        raise BadRequest(f"user must have at most {_LONGEST_USER} characters, not {len(user)}")
    # Litestar drops a bare `?explain`.
    explain = b"explain" in parse_qs(request.scope["query_string"], keep_blank_values=True)
    found = routing.ask(question, user, explain=explain)
    if found.document is None:
        told = {"rejected": rejected_object(found.selection)}
        return answer(request, problem(503, NOTHING, retry_after_s=routing.poll_after_seconds, more=told))
    return answer(request, found.document)


router: Final = Router(path="/", route_handlers=[route], opt=PUBLIC)
