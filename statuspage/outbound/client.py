"""Asks one question of one host and hands out the answer piece by piece."""

import functools
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final

import httpx
import msgspec

from statuspage import __version__
from statuspage.outbound.decoding import Decoder, decoder_for
from statuspage.outbound.failures import MalformedError, TransportFailure, failure_of
from statuspage.outbound.phases import Phases
from statuspage.outbound.tls import shared_context
from statuspage.outbound.transport import MAX_BODY_BYTES, Body, FreshTransport, body_of

USER_AGENT: Final = f"statuspage/{__version__} (model status monitor)"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One request. `headers` may hold a key, so a call is never logged."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""
    allow_private: bool = False
    max_body_bytes: int = MAX_BODY_BYTES

    def __repr__(self) -> str:
        return f"Call({self.method} …)"


class Reply:
    """Status and headers (lower-case names), and the body as it comes; raises `TransportFailure` only."""

    def __init__(self, response: httpx.Response, body: Body, phases: Phases, max_body_bytes: int) -> None:
        self.status = response.status_code
        self.headers: dict[str, str] = dict(response.headers.items())
        self._body = body
        self._phases = phases
        self._max_body_bytes = max_body_bytes
        self._decoder: Decoder | None = None

    @property
    def ended_early(self) -> bool:
        """The other side hung up before the body was whole; known once `chunk` answered None."""
        return self._body.ended_early

    async def chunk(self) -> bytes | None:
        """The next piece of the body, decoded and bounded; None at its end."""
        data = await self._body.chunk()
        if data is None:
            return None
        try:
            if self._decoder is None:
                self._decoder = decoder_for(self.headers.get("content-encoding", ""), self._max_body_bytes)
            return self._decoder.feed(data)
        except MalformedError as error:
            raise failure_of(error, self._phases.reached) from error


class Outbound:
    """The way out: every call on a fresh connection, guarded and timed; the deadline is the caller's."""

    def __init__(
        self,
        *,
        monotonic_s: Callable[[], float],
        context: Callable[[], ssl.SSLContext] = shared_context,
        heard: Callable[[str, str | None], None] | None = None,
    ) -> None:
        """`heard` is told the host and the `Date` header of every answer."""
        self.monotonic_s = monotonic_s
        self._heard = heard
        self._transport = FreshTransport(monotonic_s=monotonic_s, context=context)

    @asynccontextmanager
    async def ask(self, call: Call, phases: Phases) -> AsyncIterator[Reply]:
        """Sends the request and hands out the reply; leaving the block hangs up. Raises `TransportFailure`."""
        request = _request(call, phases)
        response = await self._transport.handle_async_request(request)
        if self._heard is not None:
            self._heard(request.url.host, response.headers.get("date"))
        body = body_of(response)
        try:
            yield Reply(response, body, phases, call.max_body_bytes)
        finally:
            await body.aclose()


def _request(call: Call, phases: Phases) -> httpx.Request:
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Connection": "close", **call.headers}
    extensions = {"phases": phases, "allow_private": call.allow_private, "max_body_bytes": call.max_body_bytes}
    try:
        return httpx.Request(call.method, _parsed(call.url), headers=headers, content=call.body, extensions=extensions)
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError) as error:
        raise _cannot_send(error) from error


@functools.lru_cache(maxsize=4096)
def _parsed(url: str) -> httpx.URL:
    """Parsing costs 20 µs and every probe of a provider asks the same address."""
    return httpx.URL(url)


def _cannot_send(error: Exception) -> TransportFailure:
    if isinstance(error, httpx.InvalidURL):
        return TransportFailure("not_configured", "the address is no proper URL")
    return TransportFailure("not_configured", "a header holds what cannot be sent")
