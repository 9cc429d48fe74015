"""One request to a statuspage server, from a thread that may wait."""

import asyncio
import os
import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import msgspec

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
        self._token = secret_of(token)

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


def secret_of(token: str | Secret | None) -> Secret | None:
    """The token behind a reference. Raises `ValueError`; a token that is written out would end in somebody's repository."""
    if token is None or isinstance(token, Secret):
        return token
    kind, _, where = token.partition(":")
    if kind == "env" and where:
        found = os.environ.get(where, "")
    elif kind == "file" and where:
        try:
            found = Path(where).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"The token's file {where} cannot be read ({type(error).__name__}).") from None
    else:
        raise ValueError("The token is no reference: write env:NAME or file:/path, or hand over a Secret.")
    if not found:
        raise ValueError(f"There is no token: {'the variable' if kind == 'env' else 'the file'} {where} is empty or not there.")
    return Secret(found)


def _moment_ms(date: str | None) -> int | None:
    try:
        return None if date is None else round(parsedate_to_datetime(date).timestamp() * 1000)
    except (ValueError, TypeError, OverflowError):
        return None
