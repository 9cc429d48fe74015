"""One request to a statuspage server, from a thread that may wait."""

import asyncio
import os
import time
from email.utils import parsedate_to_datetime
from typing import Final

import msgspec

from statuspage.client.reference import secret_behind
from statuspage.domain.secret import Secret
from statuspage.outbound.client import Call, Outbound
from statuspage.outbound.failures import TransportFailure
from statuspage.outbound.phases import Phases
from statuspage.vendors.errorbody import ErrorWords, Shape
from statuspage.vendors.retry_after import retry_after_s

TIMEOUT_S: Final = 10.0
_NO_WORDS: Final = ErrorWords(shape=Shape.EMPTY)
_MOST_BYTES: Final = 16 * 1024 * 1024


class ServerAwayError(Exception):
    """The server gave no answer; the text says why in a few words."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the server said; `date_ms` is its own clock, None where it does not tell."""

    status: int
    body: bytes
    etag: str | None
    retry_after_s: float | None
    date_ms: int | None


class Server:
    """A statuspage server by its address, with a token where one is needed."""

    def __init__(self, url: str, token: str | Secret | None = None) -> None:
        """`token` is `env:NAME`, `file:/path` or a `Secret`. Raises `ValueError` in one sentence."""
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"{url!r} is no address of a statuspage server: write https://status.example.")
        self._url = url.rstrip("/")
        self._token = secret_behind(token, os.environ, field="token", what="token")

    def ask(self, path: str, *, body: bytes | None = None, etag: str | None = None) -> Answer:
        """Asks with GET, or sends a JSON body with POST. Raises `ServerAwayError`; not to be called where a loop runs."""
        headers = {"Accept": "application/json"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token.reveal()}"
        if etag is not None:
            headers["If-None-Match"] = etag
        if body is not None:
            headers["Content-Type"] = "application/json"
            headers["Content-Length"] = str(len(body))
        method = "GET" if body is None else "POST"
        call = Call(
            method=method,
            url=self._url + path,
            headers=headers,
            body=body or b"",
            allow_private=True,  # it is the program's own server, and often beside it
            max_body_bytes=_MOST_BYTES,
        )
        return asyncio.run(_ask(call))


async def _ask(call: Call) -> Answer:
    outbound = Outbound(monotonic_s=time.monotonic)
    try:
        async with asyncio.timeout(TIMEOUT_S), outbound.ask(call, Phases(outbound.monotonic_s)) as reply:
            chunks = []
            while (chunk := await reply.chunk()) is not None:
                chunks.append(chunk)
            return Answer(
                status=reply.status,
                body=b"".join(chunks),
                etag=reply.headers.get("etag"),
                retry_after_s=retry_after_s(reply.headers, _NO_WORDS, round(time.time() * 1000)),
                date_ms=_moment_ms(reply.headers.get("date")),
            )
    except TransportFailure as failure:
        raise ServerAwayError(failure.detail) from None
    except TimeoutError:
        raise ServerAwayError(f"no answer within {TIMEOUT_S:g} s") from None


def _moment_ms(date: str | None) -> int | None:
    try:
        return None if date is None else round(parsedate_to_datetime(date).timestamp() * 1000)
    except (ValueError, TypeError, OverflowError):
        return None
