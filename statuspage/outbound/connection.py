"""One HTTP/1.1 exchange on one fresh connection: bytes in, head and body out, everything bounded."""

import asyncio
from collections import deque
from typing import Final

import httptools

from statuspage.outbound.failures import DisconnectedError, MalformedError
from statuspage.outbound.phases import Phases

MAX_HEAD_BYTES: Final = 64 * 1024
"""Status line and headers, interim answers included."""
HIGH_WATER_BYTES: Final = 256 * 1024
"""So much may wait for its reader; beyond it the socket is not read."""


class Connection(asyncio.Protocol):
    """Parses what arrives, notes when it did, and hands it to one reader.

    `max_body_bytes` bounds the body as it is on the wire. Waiting methods raise `MalformedError` for what is no
    proper HTTP or too much of it, `DisconnectedError` for a hang-up before the head, and the socket's own `OSError`.
    """

    def __init__(self, *, phases: Phases, max_body_bytes: int, bodyless: bool = False) -> None:
        self._phases = phases
        self._arrival_ms = 0.0
        self._head_ms = 0.0
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.ended_early = False
        """The other side hung up before the body was whole."""
        self._max_body_bytes = max_body_bytes
        self._bodyless = bodyless
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._chunks: deque[tuple[bytes, float]] = deque()
        self._waiting_bytes = 0
        self._paused = False
        self._head_bytes = 0
        self._body_bytes = 0
        self._head_done = False
        self._delimited = False
        self._whole = False
        self._closed = False
        self._error: BaseException | None = None

    async def head(self) -> None:
        """Waits for status and headers."""
        while not self._head_done:
            if self._error is not None:
                raise self._error
            if self._closed:
                raise DisconnectedError("the connection was closed without an answer")
            await self._change()
        self._phases.arrived(self._head_ms)

    async def chunk(self) -> bytes | None:
        """The next piece of the body; None when there is no more, then `ended_early` tells how it ended."""
        while not self._chunks:
            if self._whole:
                self._phases.arrived(self._arrival_ms)
                return None
            if self._error is not None:
                raise self._error
            if self._closed:
                self.ended_early = self._delimited
                self._phases.arrived(self._arrival_ms)
                return None
            await self._change()
        data, arrival_ms = self._chunks.popleft()
        self._phases.arrived(arrival_ms)
        self._waiting_bytes -= len(data)
        if self._paused and self._waiting_bytes < HIGH_WATER_BYTES and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return data

    def close(self) -> None:
        """Hangs up: politely after a whole answer, at once otherwise."""
        if self._transport is None:
            return
        if self._whole and self._transport.get_extra_info("sslcontext") is None:
            self._transport.close()
        else:
            self._transport.abort()

    # asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # a stream's transport is a Transport

    def data_received(self, data: bytes) -> None:
        if self._whole or self._error is not None:
            return
        self._arrival_ms = self._phases.elapsed_ms()
        if not self._head_done:
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except MalformedError as error:
            self._fail(error)
        except httptools.HttpParserCallbackError as error:
            # The parser wraps what a callback raised.
            inner = error.__context__
            self._fail(inner if isinstance(inner, MalformedError) else MalformedError("the answer is no proper HTTP"))
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail(MalformedError("the answer is no proper HTTP"))
        if not self._head_done and self._head_bytes > MAX_HEAD_BYTES:
            self._fail(MalformedError(f"the headers exceed {MAX_HEAD_BYTES // 1024} KiB"))
        self._wake()

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: BaseException | None) -> None:
        self._closed = True
        if not self._whole:
            self._arrival_ms = self._phases.elapsed_ms()
        if exc is not None and self._error is None:
            self._error = exc
        self._wake()

    # the parser's side

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        if 100 <= self.status < 200:
            return
        self._head_done = True
        self._head_ms = self._arrival_ms
        self._delimited = any(name in (b"content-length", b"transfer-encoding") for name, _ in self.headers)
        self._whole = self._bodyless

    def on_body(self, data: bytes) -> None:
        self._body_bytes += len(data)
        if self._body_bytes > self._max_body_bytes:
            raise MalformedError(f"the body exceeds {self._max_body_bytes // 1024} KiB")
        self._chunks.append((data, self._arrival_ms))
        self._waiting_bytes += len(data)
        if self._waiting_bytes > HIGH_WATER_BYTES and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()

    def on_message_complete(self) -> None:
        if 100 <= self.status < 200:
            self.headers.clear()
            return
        self._whole = True

    async def _change(self) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _fail(self, error: MalformedError) -> None:
        if self._error is None:
            self._error = error
        if self._transport is not None:
            self._transport.abort()
