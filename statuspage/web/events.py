"""`/api/v1/events`: one stream of server-sent events, written to thousands of connections.

The head of an answer goes the ordinary way. Events are written straight to the connections, in the form they have on the
wire, because a queue and a task for every client would cost more than the rest of the server.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import parse_qsl

from statuspage.render.encoded import IDENTITY
from statuspage.render.events import PING
from statuspage.render.headers import CORS, EMBEDDABLE, NO_STORE, NOSNIFF
from statuspage.web.problems import problem

if TYPE_CHECKING:
    from statuspage.web.fast import Receive, Scope, Send

PATH: Final = "/api/v1/events"
WIRE: Final = "statuspage.wire"
"""The extension of the ASGI scope under which a server hands over a connection's transport."""
HEADERS: Final = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", NO_STORE),
    (b"x-accel-buffering", b"no"),
    *CORS,
    *EMBEDDABLE,
    *NOSNIFF,
]
PING_S: Final = 15.0
STREAM_S: Final = 1800.0
"""How long a stream lasts, give or take a tenth, before its client is asked to come again."""
UNREAD_BYTES: Final = 256 * 1024
"""What a client may leave unread of what it was told beyond its first frames."""
MOST: Final = 10_000
"""More listeners than these are refused, so that the page itself stays within reach."""
_AT_ONCE: Final = 250
"""After so many writes others get their turn, so that no probe's time is measured wrongly."""
_SHARED: Final = 4
"""So many first frames are kept ready, as many clients come at the same time after a restart."""
_END: Final = b"0\r\n\r\n"
_ID_QUERIES: Final = ("lastEventId", "last-event-id")
"""What polyfills that cannot set headers ask with."""


class Told(Protocol):
    """What listeners are told."""

    tell: Callable[[bytes], None]
    """Called with frames for everybody who listens; whoever keeps the connections puts itself here."""

    def since(self, last_event_id: str | None) -> bytes:
        """A newcomer's first frames, after the last event that it knows."""
        ...

    def from_now_on(self) -> bytes:
        """The first frames of a newcomer who knows everything so far."""
        ...


class _Listener:
    """One connection."""

    __slots__ = ("patience_bytes", "until_s", "wire")

    def __init__(self, wire: asyncio.Transport, patience_bytes: int) -> None:
        self.wire = wire
        self.patience_bytes = patience_bytes
        self.until_s = time.monotonic() + STREAM_S * random.uniform(0.9, 1.1)  # noqa: S311 - no secret


class EventStreams:
    """Everybody who listens; `run` is what keeps talking to them."""

    def __init__(self, broadcast: Told, *, ping_s: float = PING_S) -> None:
        self._broadcast = broadcast
        self._ping_s = ping_s
        self._listeners: set[_Listener] = set()
        self._untold: deque[tuple[bytes, tuple[_Listener, ...]]] = deque()
        self._wake = asyncio.Event()
        self._closed = False
        self._shared: dict[bytes, bytes] = {}
        broadcast.tell = self._tell

    def __len__(self) -> int:
        return len(self._listeners)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answers one request; a GET stays until the client goes or is told to come again."""
        if scope["method"] == "HEAD" or self._closed:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await send({"type": "http.response.body", "body": b""})
            return
        if len(self._listeners) >= MOST:
            await _refuse(send)
            return
        wire = scope["extensions"][WIRE]
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        first = self._first(scope)
        listener = _Listener(wire, len(first) + UNREAD_BYTES)
        wire.write(first)
        self._listeners.add(listener)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self._listeners.discard(listener)

    async def run(self) -> None:
        """Writes what is told to all, and a ping where nothing else keeps a connection alive."""
        ping_at_s = time.monotonic() + self._ping_s
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(0.0, ping_at_s - time.monotonic())):
                    await self._wake.wait()
            self._wake.clear()
            while self._untold:
                await self._write(*self._untold.popleft())
            if time.monotonic() >= ping_at_s:
                ping_at_s = time.monotonic() + self._ping_s
                await self._write(_PING, tuple(self._listeners))
                self._let_go(time.monotonic())

    def close(self) -> None:
        """Ends every stream; clients come again when somebody is there."""
        self._closed = True
        self._let_go(float("inf"))

    def _tell(self, frames: bytes) -> None:
        # To those who listen now: whoever comes later is told of it first thing.
        self._untold.append((_chunk(frames), tuple(self._listeners)))
        self._wake.set()

    def _first(self, scope: "Scope") -> bytes:
        """A newcomer's first frames on the wire, which many newcomers share."""
        asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        last = _last_event_id(scope, asked)
        from_now_on = last is None and asked.get("from") == "now"
        frames = self._broadcast.from_now_on() if from_now_on else self._broadcast.since(last)
        chunk = self._shared.get(frames)
        if chunk is None:
            if len(self._shared) >= _SHARED:
                self._shared.clear()
            chunk = self._shared[frames] = _chunk(frames)
        return chunk

    async def _write(self, chunk: bytes, listeners: tuple[_Listener, ...]) -> None:
        for count, listener in enumerate(listeners, 1):
            wire = listener.wire
            if wire.get_write_buffer_size() > listener.patience_bytes:
                wire.abort()
            elif not wire.is_closing():
                wire.write(chunk)
            if count % _AT_ONCE == 0:
                await asyncio.sleep(0)

    def _let_go(self, now_s: float) -> None:
        for listener in [each for each in self._listeners if each.until_s <= now_s]:
            self._listeners.discard(listener)
            if listener.wire.get_write_buffer_size():
                listener.wire.abort()  # it would not read the end either
            elif not listener.wire.is_closing():
                listener.wire.write(_END)
                listener.wire.close()


async def _refuse(send: "Send") -> None:
    full = problem(503, "Too many clients listen at the moment; /api/v1/models says the same.", retry_after_s=30)
    variant = full.variants[IDENTITY]
    await send({"type": "http.response.start", "status": full.status, "headers": variant.headers})
    await send({"type": "http.response.body", "body": variant.body})


def _chunk(frames: bytes) -> bytes:
    """As one chunk of a chunked body (RFC 9112 §7.1)."""
    return b"%x\r\n%b\r\n" % (len(frames), frames)


_PING: Final = _chunk(PING)


def _last_event_id(scope: "Scope", asked: Mapping[str, str]) -> str | None:
    for name, value in scope["headers"]:
        if name == b"last-event-id":
            return str(value.decode("latin-1"))
    return next((asked[name] for name in _ID_QUERIES if name in asked), None)
