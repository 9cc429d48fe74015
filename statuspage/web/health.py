"""Is the process alive, is it ready, which version is it."""

from typing import Final

from litestar import Request, Router, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage import __version__
from statuspage.service.health import Health
from statuspage.web.gate import PUBLIC

_NO_STORE: Final = {"cache-control": "no-store"}


@get("/livez")
async def livez() -> Response[str]:
    """The process answers."""
    return Response("ok\n", media_type="text/plain", headers=_NO_STORE)


@get("/readyz")
async def readyz(health: NamedDependency[Health], request: Request[None, None, State]) -> Response[str]:
    """503 with the reasons when the newest scheduled round is overdue or the database cannot be written.

    With `?verbose` also what the monitor doubts of itself, which alone makes it no less ready.
    """
    reasons = await health.reasons()
    headers = {**_NO_STORE, "retry-after": "30"} if reasons else _NO_STORE
    text = "".join(f"{reason}\n" for reason in reasons) or "ok\n"
    if b"verbose" in request.scope["query_string"]:  # Litestar drops a bare `?verbose`
        text += "".join(f"note: {note}\n" for note in health.notes())
    return Response(text, status_code=503 if reasons else 200, media_type="text/plain", headers=headers)


@get("/version")
async def version() -> Response[dict[str, str]]:
    """The product's name and version."""
    headers = {**_NO_STORE, "cross-origin-resource-policy": "cross-origin"}
    return Response({"name": "statuspage", "version": __version__}, headers=headers)


router: Final = Router(path="/", route_handlers=[livez, readyz, version], opt=PUBLIC)
