"""Server-sent events, bytes in and events out (WHATWG HTML § 9.2.6), wherever the bytes are split."""

import re
from typing import Final

import msgspec

from statuspage.outbound.failures import MalformedError

MAX_LINE_BYTES: Final = 256 * 1024
MAX_EVENT_BYTES: Final = 512 * 1024
_BOM: Final = b"\xef\xbb\xbf"
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")


class SseEvent(msgspec.Struct, frozen=True):
    """One event; `name` is empty where the stream gave none, `data` is undecoded."""

    name: bytes
    data: bytes


class SseParser:
    """Feed it bytes, take events; comments are counted in `comments` and are no events.

    What is pending at the end is an event too (`finish`), unlike in a browser: some vendors leave out the last blank
    line. Raises `MalformedError` when a line or an event exceeds its bound.
    """

    def __init__(self) -> None:
        self.comments = 0
        self._tail = bytearray()
        self._begun = False
        self._skip_newline = False
        self._name = b""
        self._data: list[bytes] = []
        self._data_bytes = 0

    def feed(self, data: bytes) -> list[SseEvent]:
        """The events that these bytes complete."""
        if self._skip_newline and data:
            self._skip_newline = False
            data = data.removeprefix(b"\n")
        if b"\n" not in data and b"\r" not in data:
            self._tail += data
            self._bound_tail()
            return []
        text = bytes(self._tail) + data
        lines = _LINE_END.split(text) if b"\r" in text else text.split(b"\n")
        self._skip_newline = text.endswith(b"\r")
        self._tail = bytearray(lines.pop())
        self._bound_tail()
        return [event for line in lines if (event := self._line(line)) is not None]

    def finish(self) -> list[SseEvent]:
        """The event that the end of the stream completes, if any."""
        events = [self._line(bytes(self._tail)), self._line(b"")]
        self._tail.clear()
        return [event for event in events if event is not None]

    def _bound_tail(self) -> None:
        if len(self._tail) > MAX_LINE_BYTES:
            raise MalformedError("a line of the stream exceeds its bound")

    def _line(self, line: bytes) -> SseEvent | None:
        if not self._begun:
            self._begun = True
            line = line.removeprefix(_BOM)
        if not line:
            return self._dispatch()
        if line.startswith(b":"):
            self.comments += 1
            return None
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            self._data_bytes += len(value) + 1
            if len(value) > MAX_LINE_BYTES or self._data_bytes > MAX_EVENT_BYTES:
                raise MalformedError("an event of the stream exceeds its bound")
            self._data.append(value)
        elif field == b"event":
            self._name = value[:64]
        return None

    def _dispatch(self) -> SseEvent | None:
        name, data = self._name, self._data
        self._name, self._data, self._data_bytes = b"", [], 0
        return SseEvent(name, b"\n".join(data)) if data else None
