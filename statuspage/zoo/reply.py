"""What the zoo puts on the wire: an answer is a run of bytes, pauses and one way to end."""

from collections.abc import Iterable, Sequence
from enum import Enum
from http import HTTPStatus
from typing import Final, TypeAlias

import msgspec


class Ending(Enum):
    """Ways to end a connection other than a whole answer."""

    RESET = "reset"
    """A TCP reset (RST)."""
    CLOSE = "close"
    """An orderly end of the connection (FIN), wherever the answer stands."""
    HANG = "hang"
    """Nothing more, with the socket alive, until the client leaves."""


class Pause(msgspec.Struct, frozen=True):
    """Silence of so many seconds."""

    seconds: float


Step: TypeAlias = bytes | Pause | Ending
Reply: TypeAlias = Iterable[Step]
"""Steps in order; without an `Ending` the answer is whole and the connection may serve the next request."""
Headers: TypeAlias = Sequence[tuple[str, str]]

JSON: Final = "application/json"
HTML: Final = "text/html; charset=utf-8"
SSE: Final = "text/event-stream; charset=utf-8"
LAST_CHUNK: Final = b"0\r\n\r\n"
FLUSH: Final = Pause(0.02)
"""Long enough for what was sent to be read before the connection is torn down."""

_REASONS: Final = {status.value: status.phrase for status in HTTPStatus} | {
    498: "Custom",
    499: "Client Closed Request",
    524: "A Timeout Occurred",
    529: "Overloaded",
}


def head(status: int, content_type: str | None, headers: Headers = (), *, length: int | None = None) -> bytes:
    """The status line and headers; without `length` the body that follows is chunked."""
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Unknown')}"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines.append("Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}")
    lines += [f"{name}: {value}" for name, value in headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def chunk(data: bytes) -> bytes:
    """One chunk of a chunked body."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def whole(status: int, body: bytes, content_type: str = JSON, headers: Headers = ()) -> tuple[Step, ...]:
    """A complete answer in one write."""
    return (head(status, content_type, headers, length=len(body)) + body,)


def empty(status: int, headers: Headers = ()) -> tuple[Step, ...]:
    """A complete answer without a body; 204 and 304 carry no length."""
    if status in {204, 304}:
        lines = [f"HTTP/1.1 {status} {_REASONS[status]}", *(f"{name}: {value}" for name, value in headers)]
        return (("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"),)
    return (head(status, None, headers, length=0),)


def as_json(value: object) -> bytes:
    """Compact JSON."""
    return msgspec.json.encode(value)
