"""`POST /api/v1/samples`: programs tell of their own calls, behind a token (docs/access.md)."""

from typing import Final

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.exceptions import PermissionDeniedException
from litestar.response import Response

from statuspage.domain.passive import MOST_CALLS, Call, wrong_with
from statuspage.domain.sample import Tokens
from statuspage.service.hearsay import Hearsay, TooMany
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC, Gate, Scope, admits
from statuspage.web.problems import BadRequest, problem
from statuspage.web.written import body_of, told


class Used(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tokens of a call."""

    input: int | None = None
    output: int | None = None
    reasoning: int | None = None


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"class_name": "class"}):
    """One call of the body."""

    id: str
    model: str
    age_ms: int
    class_name: str
    http_status: int | None = None
    first_content_ms: float | None = None
    total_ms: float | None = None
    tokens: Used | None = None
    cost_usd: float | None = None

    def call(self) -> Call:
        """The same for the inside."""
        used = self.tokens or Used()
        return Call(
            id=self.id,
            model=self.model,
            age_ms=self.age_ms,
            class_name=self.class_name,
            http_status=self.http_status,
            first_content_ms=self.first_content_ms,
            total_ms=self.total_ms,
            tokens=Tokens(input=used.input, output=used.output, reasoning=used.reasoning),
            cost_usd=self.cost_usd,
        )


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body."""

    calls: list[Told]


@post("/api/v1/samples", opt=admits(Scope.OPERATE), status_code=200)
async def tell(request: AnyRequest, hearsay: NamedDependency[Hearsay], gate: NamedDependency[Gate]) -> Response[bytes]:
    """Takes a batch whole or, where anything in it cannot be used, not at all."""
    # Not in the audit book: the ledger says who told what, and a program tells every few seconds.
    scope = hearsay.scope_of(await gate.principal(request))
    teller = await gate.admit(request, scope, booked=False)
    who = teller.name if teller.token is None else teller.token
    if not hearsay.accepts:
        raise PermissionDeniedException("This server takes no calls of programs; its configuration needs `passive.accept: true`.")
    calls = [each.call() for each in (await body_of(request, Batch)).calls]
    _check(calls)
    try:
        taken = await hearsay.take(who, calls)
    except TooMany as error:
        return answer(request, problem(429, str(error), retry_after_s=error.retry_after_s))
    return told(request, {"accepted": taken.accepted, "repeated": taken.repeated, "unknown": list(taken.unknown)})


def _check(calls: list[Call]) -> None:
    """Raises `BadRequest` naming the place."""
    if len(calls) > MOST_CALLS:
        raise BadRequest(f"calls has {len(calls)} entries; at most {MOST_CALLS} are taken at once")
    for number, call in enumerate(calls):
        wrong = wrong_with(call)
        if wrong is not None:
            raise BadRequest(f"calls[{number}].{wrong[0]} {wrong[1]}")


router: Final = Router(path="/", route_handlers=[tell], opt=PUBLIC)
