"""`/api/v1/flags`: feature flags behind the scope `operate`."""

from typing import Final

import msgspec
from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from statuspage.service.flag_desk import FlagDesk
from statuspage.service.flags import Flags
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import PUBLIC, Gate, Scope, admits
from statuspage.web.written import body_of, told


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that sets one: `state` is `on` or `off`, `percent` from 0 to 100."""

    state: str | None = None
    percent: int | None = None


@get("/api/v1/flags", opt=admits(Scope.OPERATE))
async def read(
    request: AnyRequest, flag_desk: NamedDependency[FlagDesk], flags: NamedDependency[Flags], gate: NamedDependency[Gate]
) -> Response[bytes]:
    """Every flag of the file, for whoever may set them; `error` is why the file cannot be used."""
    await gate.admit(request, Scope.OPERATE)
    known = [] if flags.error is not None else [line.told() for line in flag_desk.known()]
    return told(request, {"flags": known, "error": flags.error})


@put("/api/v1/flags/{key:path}", opt=admits(Scope.OPERATE))
async def set_flag(
    request: AnyRequest, key: FromPath[str], flag_desk: NamedDependency[FlagDesk], gate: NamedDependency[Gate]
) -> Response[bytes]:
    """Switches a flag on or off, or deals it to so many percent of users."""
    await gate.admit(request, Scope.OPERATE)
    body = await body_of(request, Setting)
    return told(request, flag_desk.set(key.removeprefix("/"), state=body.state, percent=body.percent).told())


router: Final = Router(path="/", route_handlers=[read, set_flag], opt=PUBLIC)
