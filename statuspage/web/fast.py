"""The front door: hands out ready bytes, and passes the rest to Litestar.

A Litestar handler costs three times as much CPU, rendering in a request a thousand times (docs/decisions/0005).
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from statuspage.domain.languages import ENGLISH
from statuspage.render.encoded import Document
from statuspage.render.headers import CORS, PREFLIGHT, PREFLIGHT_OF_FLAGS, SECURITY
from statuspage.render.language import speaking
from statuspage.web.languages import asked_by_query, asked_language
from statuspage.web.negotiation import is_unchanged, request_conditions, variant_for

if TYPE_CHECKING:
    from statuspage.service.shelf import Shelf

Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_READS: Final = ("GET", "HEAD")
_FOR_MACHINES: Final = ("/api/", "/v1/", "/badge/", "/ofrep/", "/metrics", "/probe", "/sd/", "/oembed")
_EMPTY: Final[Message] = {"type": "http.response.body", "body": b""}


class FrontDoor:
    """The outermost ASGI application; `live` are those that answer an address's reads by themselves."""

    def __init__(self, shelf: "Shelf", behind: Application, live: Mapping[str, Application] | None = None) -> None:
        self._shelf = shelf
        self._behind = behind
        self._live = live or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._behind(scope, receive, send)
            return
        method = scope["method"]
        shelf = self._shelf
        if method in _READS:
            if time.time() >= shelf.fresh_until_s:
                await shelf.refresh()
            document = shelf.documents.get(scope["path"])
            if document is not None and not (document.takes_query and _asks(document, scope["query_string"])):
                await _hand_out(await self._spoken(document, scope), method, scope, send)
                return
            if (live := self._live.get(scope["path"])) is not None:
                await live(scope, receive, send)
                return
            with speaking(self._language(scope)):
                await self._behind(*_read_through(method, scope, receive, send))
        elif method == "OPTIONS":
            allowed = PREFLIGHT_OF_FLAGS if scope["path"].startswith("/ofrep/") else PREFLIGHT
            await send({"type": "http.response.start", "status": 204, "headers": allowed})
            await send(_EMPTY)
        else:
            with speaking(self._language(scope)):
                await self._behind(scope, receive, _with_common_headers(send))

    async def _spoken(self, document: Document, scope: Scope) -> Document:
        """The document in the reader's language, where it speaks one."""
        if document.language is None:
            return document
        language = asked_language(scope, document.language)
        if language == document.language:
            return document
        await self._shelf.speak(language)
        return self._shelf.documents.get(f"{scope['path']} {language}", document)

    def _language(self, scope: Scope) -> str:
        """What an answer that is made for this request speaks; machines are answered in English unless they ask."""
        if scope["path"].startswith(_FOR_MACHINES):
            return asked_by_query(scope["query_string"]) or ENGLISH
        front = self._shelf.documents.get("/")
        return asked_language(scope, front.language if front is not None and front.language else ENGLISH)


def _asks(document: Document, query: bytes) -> bool:
    """Whether a query asks for more than a language, which every page has."""
    return bool(query) and (document.language is None or any(not part.startswith(b"lang=") for part in query.split(b"&")))


async def _hand_out(document: Document, method: str, scope: Scope, send: Send) -> None:
    accept_encoding, if_none_match, if_modified_since = request_conditions(scope["headers"])
    variant = variant_for(document, accept_encoding)
    if document.status == 200 and is_unchanged(variant, if_none_match, if_modified_since):
        await send({"type": "http.response.start", "status": 304, "headers": variant.unchanged_headers})
        await send(_EMPTY)
        return
    await send({"type": "http.response.start", "status": document.status, "headers": variant.headers})
    await send({"type": "http.response.body", "body": variant.body if method == "GET" else b""})


def _read_through(method: str, scope: Scope, receive: Receive, send: Send) -> tuple[Scope, Receive, Send]:
    """The same request for Litestar, which knows no HEAD: asked as GET, its body kept back."""
    send = _with_common_headers(send)
    if method == "GET":
        return scope, receive, send

    async def send_head(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return {**scope, "method": "GET"}, receive, send_head


def _with_common_headers(send: Send) -> Send:
    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name for name, _ in message["headers"]}
            added = [header for header in (*CORS, *SECURITY) if header[0] not in present]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return send_with
