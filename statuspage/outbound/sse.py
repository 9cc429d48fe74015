"""Server-sent events, bytes in and events out (WHATWG HTML § 9.2.6), wherever the bytes are split."""

from typing import Final

import msgspec

from statuspage.outbound.failures import MalformedError

MAX_LINE_BYTES: Final = 256 * 1024
MAX_EVENT_BYTES: Final = 512 * 1024
_BOM: Final = b"\xef\xbb\xbf"
_COLON: Final = ord(":")


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
        lines = text.splitlines()
        self._skip_newline = text.endswith(b"\r")
        self._tail = bytearray() if text.endswith((b"\n", b"\r")) else bytearray(lines.pop())
        self._bound_tail()
        return self._lines(lines)

    def finish(self) -> list[SseEvent]:
        """The event that the end of the stream completes, if any."""
        events = self._lines([bytes(self._tail), b""])
        self._tail.clear()
        return events

    def _bound_tail(self) -> None:
        if len(self._tail) > MAX_LINE_BYTES:
            raise MalformedError("a line of the stream exceeds its bound")

    def _lines(self, lines: list[bytes]) -> list[SseEvent]:
        """The events that these lines complete; a flood of comments or empty lines costs next to nothing."""
        if lines and not self._begun:
            self._begun = True
            lines[0] = lines[0].removeprefix(_BOM)
        events: list[SseEvent] = []
        comments = 0
        for line in lines:
            if not line:
                if (self._data or self._name) and (event := self._dispatch()) is not None:
                    events.append(event)
            elif line[0] == _COLON:
                comments += 1
            else:
                self._field(line)
        self.comments += comments
        return events

    def _field(self, line: bytes) -> None:
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            self._data_bytes += len(value) + 1
            if len(value) > MAX_LINE_BYTES or self._data_bytes > MAX_EVENT_BYTES:
                raise MalformedError("an event of the stream exceeds its bound")
            self._data.append(value)
        elif field == b"event":
            self._name = value[:64]

    def _dispatch(self) -> SseEvent | None:
        name, data = self._name, self._data
        self._name, self._data, self._data_bytes = b"", [], 0
        return SseEvent(name, b"\n".join(data)) if data else None
