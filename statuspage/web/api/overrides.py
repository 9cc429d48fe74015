"""What is shown of a model by hand: `/api/v1/models/{slug}/override` behind the scope `operate`."""

from typing import Final

import msgspec
from litestar import Router, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from statuspage.render.overrides import override_object
from statuspage.service.desks import Desks
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import PUBLIC, Gate, Scope, admits
from statuspage.web.problems import BadRequest
from statuspage.web.written import body_of, key_of, time_of, told


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that sets one."""

    reason: str
    until: str
    status: str | None = None
    use_instead: str | None = None


@get("/api/v1/overrides", opt=admits(Scope.OPERATE))
async def read(request: AnyRequest, desks: NamedDependency[Desks], gate: NamedDependency[Gate]) -> Response[bytes]:
    """Those that have not expired, for whoever may set them."""
    await gate.admit(request, Scope.OPERATE)
    return told(request, {"overrides": [override_object(each) for each in await desks.overrides.known()]})


@put("/api/v1/models/{slug:str}/override", opt=admits(Scope.OPERATE))
async def set_override(
    request: AnyRequest, slug: FromPath[str], desks: NamedDependency[Desks], gate: NamedDependency[Gate]
) -> Response[bytes]:
    """Sets what is shown; an earlier override is replaced."""
    author = (await gate.admit(request, Scope.OPERATE)).name
    body = await body_of(request, Setting)
    until_ms = time_of("until", body.until)
    if until_ms is None:
        raise BadRequest("until is needed")
    written = await desks.overrides.set(
        key_of(slug, desks),
        status=body.status,
        use_instead=body.use_instead,
        reason=body.reason,
        until_ms=until_ms,
        author=author,
    )
    await desks.written()
    return told(request, override_object(written))


@delete("/api/v1/models/{slug:str}/override", opt=admits(Scope.OPERATE), status_code=200)
async def clear(
    request: AnyRequest, slug: FromPath[str], desks: NamedDependency[Desks], gate: NamedDependency[Gate]
) -> Response[bytes]:
    """Has the model shown as it is measured."""
    await gate.admit(request, Scope.OPERATE)
    cleared = await desks.overrides.clear(key_of(slug, desks))
    await desks.written()
    return told(request, override_object(cleared))


router: Final = Router(path="/", route_handlers=[read, set_override, clear], opt=PUBLIC)
