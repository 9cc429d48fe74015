"""OpenFeature's remote evaluation protocol 0.3: `/ofrep/v1/evaluate/flags`, one flag or all."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Final

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.flags import Context, Failure
from statuspage.render.headers import EMBEDDABLE, NOSNIFF, REVALIDATE
from statuspage.service.flagcast import INACTIVITY_S, PATH
from statuspage.service.flags import Flags
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import PUBLIC

EVALUATE: Final = "/ofrep/v1/evaluate/flags"
_MOST_BYTES: Final = 64 * 1024
_STATUSES: Final = {"FLAG_NOT_FOUND": 404}
_HEADERS: Final = {name.decode(): value.decode() for name, value in (*EMBEDDABLE, *NOSNIFF)} | {
    "cache-control": REVALIDATE.decode()
}
_JSON: Final = "application/json"


class _WrongContextError(Exception):
    """A body that says nothing usable of whom to evaluate for."""

    def __init__(self, code: str, details: str) -> None:
        super().__init__(details)
        self.said = {"errorCode": code, "errorDetails": details}


@post(EVALUATE + "/{key:path}", status_code=200)
async def evaluate(request: AnyRequest, key: FromPath[str], flags: NamedDependency[Flags]) -> Response[bytes]:
    """One flag for somebody."""
    key = key.removeprefix("/")
    try:
        context = await _context(request)
    except _WrongContextError as error:
        return _answer(400, {"key": key, **error.said})
    found = flags.now.evaluate(key, context)
    if isinstance(found, Failure):
        return _answer(_STATUSES.get(found.error_code, 400), found)
    return _answer(200, found)


@post(EVALUATE, status_code=200)
async def evaluate_all(
    request: AnyRequest, flags: NamedDependency[Flags], questions: NamedDependency[Questions]
) -> Response[bytes]:
    """All flags for somebody, under a tag over flags and context; 304 to whoever has that."""
    try:
        context = await _context(request)
    except _WrongContextError as error:
        return _answer(400, error.said)
    now = flags.now
    seen = blake2b(msgspec.json.encode([now.tag, context], order="sorted"), digest_size=9).hexdigest()
    tag = {"etag": f'"{seen}"'}
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if known & {tag["etag"], "*"}:
        return Response(b"", status_code=304, headers=_HEADERS | tag)
    site = questions.page().site.url
    body = {
        "flags": now.evaluate_all(context),
        "metadata": now.metadata,
        "eventStreams": [{"type": "sse", "url": f"{site}{PATH}", "inactivityDelaySec": INACTIVITY_S}],
    }
    return _answer(200, body, tag)


async def _context(request: AnyRequest) -> Context:
    """Whom to evaluate for; nobody is named by no body, `{}` and a `context` of null. Raises `_WrongContextError`."""
    raw = await request.body()
    if len(raw) > _MOST_BYTES:
        raise _WrongContextError("INVALID_CONTEXT", f"The body has {len(raw)} bytes; at most {_MOST_BYTES} are taken.")
    try:
        body = msgspec.json.decode(raw or b"{}")
    except (msgspec.DecodeError, RecursionError) as error:
        raise _WrongContextError("PARSE_ERROR", f"The body is no JSON: {error}") from None
    context = body.get("context") if isinstance(body, dict) else body
    if context is None:
        return {}
    if not isinstance(context, dict):
        raise _WrongContextError("INVALID_CONTEXT", "The body must be an object whose `context` is an object.")
    if not isinstance(context.get("targetingKey") or "", str):
        raise _WrongContextError("INVALID_CONTEXT", "`targetingKey` must be text.")
    return context


def _answer(status: int, said: object, more: Mapping[str, Any] = {}) -> Response[bytes]:
    return Response(msgspec.json.encode(said), status_code=status, media_type=_JSON, headers=_HEADERS | dict(more))


router: Final = Router(path="/", route_handlers=[evaluate_all, evaluate], opt=PUBLIC)
