"""The server side of one connection: reads requests, plays replies byte by byte.

No framework: what is played here (resets, stalls, half chunks, an end without the last chunk) is what
frameworks exist to prevent. A reply costs no task: pauses are timer callbacks.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Generator, Iterator
from typing import Final, cast

from statuspage.zoo.reply import Ending, Pause, Reply, Step, as_json, whole
from statuspage.zoo.request import BadRequestError, Request, read_request

_LINGER_NOT: Final = struct.pack("ii", 1, 0)

Handler = Callable[[Request], Reply]


class Connection(asyncio.Protocol):
    """One client's connection; requests are answered one after another."""

    def __init__(self, handler: Handler, open_connections: set["Connection"]) -> None:
        self._handler = handler
        self._open = open_connections
        self._buffer = bytearray()
        self._transport: asyncio.Transport
        self._steps: Iterator[Step] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._writable = True
        self._waiting_to_write = False
        self._close_after = False
        self._served = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Takes the new connection's transport."""
        self._transport = cast(asyncio.Transport, transport)
        self._open.add(self)

    def data_received(self, data: bytes) -> None:
        """Collects bytes; starts an answer once a request is whole and none is being played."""
        self._buffer += data
        if self._steps is None:
            self._next_request()

    def pause_writing(self) -> None:
        """Stops playing while the client does not read."""
        self._writable = False

    def resume_writing(self) -> None:
        """Plays on once the client reads again."""
        self._writable = True
        if self._waiting_to_write:
            self._waiting_to_write = False
            self._play()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Forgets whatever was being played."""
        self._open.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        self._drop_steps()

    def close(self) -> None:
        """Tears the connection down without a reset."""
        self._transport.abort()

    def reset(self) -> None:
        """Ends the connection with a TCP reset."""
        reset(self._transport)

    def _next_request(self) -> None:
        while self._steps is None and self._buffer and not self._transport.is_closing():
            try:
                request = read_request(self._buffer, self._served)
            except BadRequestError as error:
                self._close_after = True
                self._buffer.clear()
                self._start(whole(error.status, as_json({"error": {"message": str(error), "type": "invalid_request_error"}})))
                return
            if request is None:
                return
            self._served += 1
            self._close_after = request.wants_close
            self._start(self._handler(request))

    def _start(self, reply: Reply) -> None:
        self._steps = iter(reply)
        self._play()

    def _play(self) -> None:
        """Plays steps until a pause, an ending, the reply's end or a full send buffer."""
        steps, transport = self._steps, self._transport
        if steps is None or transport.is_closing():
            return
        pending: list[bytes] = []
        for step in steps:
            if isinstance(step, bytes):
                pending.append(step)
                if len(pending) < 64:
                    continue
            if pending:
                transport.write(b"".join(pending))
                pending.clear()
            if isinstance(step, Pause):
                self._timer = asyncio.get_running_loop().call_later(step.seconds, self._play)
                return
            if isinstance(step, Ending):
                self._end(step)
                return
            if not self._writable:
                self._waiting_to_write = True
                return
        if pending:
            transport.write(b"".join(pending))
        self._drop_steps()
        if self._close_after:
            transport.close()
        elif self._buffer:
            self._next_request()

    def _end(self, ending: Ending) -> None:
        if ending is Ending.HANG:
            return
        self._drop_steps()
        if ending is Ending.RESET:
            self.reset()
        else:
            self._transport.close()

    def _drop_steps(self) -> None:
        steps, self._steps = self._steps, None
        if isinstance(steps, Generator):
            steps.close()


class _BrokenHandshake(asyncio.Protocol):
    """Resets as soon as the client says hello."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:  # noqa: ARG002 - asyncio's signature
        reset(self._transport)


def broken_handshake() -> asyncio.Protocol:
    """A protocol on which every TLS handshake breaks off."""
    return _BrokenHandshake()


def reset(transport: asyncio.Transport) -> None:
    """Ends a connection with a TCP reset: with no lingering, closing sends RST instead of FIN."""
    with contextlib.suppress(OSError):
        plug = cast("socket.socket | None", transport.get_extra_info("socket"))
        if plug is not None:
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    transport.abort()
