"""Every error as its reader expects it: a problem, OpenAI's shape, a page or a grey badge."""

from collections.abc import Callable
from typing import Any, Final

import structlog
from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response import Response

from statuspage.domain.errors import StorageError
from statuspage.render.badge_svg import badge_svg, dot_svg
from statuspage.render.badge_text import unknown_badge
from statuspage.render.encoded import Document, encode
from statuspage.render.headers import BADGE, NO_STORE, headers_for
from statuspage.web.answer import answer
from statuspage.web.problems import BadRequest, UnknownModel, flag_error, openai_error, problem

ErrorPage = Callable[[int, str], bytes]
"""The page of a status code, 400, 404 or 500, and what was wrong in words."""
Ready = Callable[[str], bool]
"""Whether a document of this path lies ready for readers."""

_NO_SUCH_MODEL: Final = "No such model is published here; /api/v1/models lists what is."
_READS: Final = ("GET", "HEAD")
_ALLOWED: Final = "GET, HEAD, OPTIONS"
_ASKED: Final = "POST, OPTIONS"
_FLAGS: Final = "/ofrep/"
_OPENAI_CODES: Final = {404: "model_not_found", 500: "internal_error"}
_PAGES: Final = ("/compare", "/history", "/models/")
"""Addresses for people that take a question."""
_ROOMS: Final = "/admin"
_MODEL_ADDRESSES: Final = ("/api/v1/models/", "/v1/models/", "/models/", "/badge/")

log = structlog.get_logger()


class Errors:
    """Turns exceptions into answers."""

    def __init__(self, error_page: ErrorPage, ready: Ready) -> None:
        self._error_page = error_page
        self._ready = ready

    def bad_request(self, request: Request[Any, Any, Any], error: BadRequest) -> Response[bytes]:
        """400 with the choices."""
        return answer(request, self._shaped(request, 400, str(error)))

    def unknown_model(self, request: Request[Any, Any, Any], _error: UnknownModel) -> Response[bytes]:
        """404, the same for a model that is private and one that does not exist."""
        return answer(request, self._shaped(request, 404, _NO_SUCH_MODEL))

    def http(self, request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
        """What Litestar itself refuses: unknown addresses, wrong methods, bad bodies."""
        status, detail, path = error.status_code, error.detail, request.scope["path"]
        if status == 404 and request.method not in _READS and self._ready(path):
            status = 405  # Litestar does not know the addresses of ready documents
        allowed = _ASKED if path.startswith(_FLAGS) else _ALLOWED
        if status == 404:
            detail = _NO_SUCH_MODEL if path.startswith(_MODEL_ADDRESSES) else "There is nothing at this address."
        elif status == 405:
            detail = f"This address is read with {allowed}."
        response = answer(request, self._shaped(request, status, detail))
        for name, value in (error.headers or {}).items():
            response.headers[name] = value
        if status == 405:
            response.headers["allow"] = allowed
        return response

    def storage(self, request: Request[Any, Any, Any], error: StorageError) -> Response[bytes]:
        """503: history cannot be read for the moment."""
        log.error("storage failed", path=request.url.path, error=str(error))
        return answer(request, problem(503, "The history cannot be read at the moment.", retry_after_s=30))

    def unexpected(self, request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
        """500 without a word of what happened, which goes to the log."""
        log.error("request failed", path=request.url.path, exc_info=error)
        return answer(request, self._shaped(request, 500, "Something went wrong here; the operator can see what in the log."))

    def _shaped(self, request: Request[Any, Any, Any], status: int, detail: str) -> Document:
        path = request.url.path
        if path.startswith(_FLAGS):
            return flag_error(status, detail)
        if path.startswith("/v1/"):
            return openai_error(status, detail, _OPENAI_CODES.get(status, "invalid_request"))
        if path.startswith("/badge/") and path.endswith(".svg") and status == 404:
            drawn = dot_svg(None, "unknown") if path.endswith(".dot.svg") else badge_svg(unknown_badge())
            return encode(drawn, headers_for(b"image/svg+xml", BADGE), status=404)
        pages_answer = (
            status in (404, 500)
            or (status == 400 and path.startswith(_PAGES))
            or (status == 403 and path.startswith(_ROOMS) and "text/html" in request.headers.get("accept", ""))
        )
        if path.startswith(("/api/", "/badge/", "/probe", "/oembed")) or not pages_answer:
            return problem(status, detail)
        return encode(self._error_page(status, detail), headers_for(b"text/html; charset=utf-8", NO_STORE), status=status)
