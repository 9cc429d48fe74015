"""An answer as bytes: whole, or as the parts of a stream that faults take apart."""

import msgspec

from statuspage.zoo.reply import as_json


class Stream(msgspec.Struct, frozen=True, kw_only=True):
    """The events of a stream, each as the bytes of one server-sent event.

    `opening` carries no content; `body` carries reasoning, content and calls; `finish` says how the answer ended;
    `closing` is the terminal event.
    """

    opening: tuple[bytes, ...]
    body: tuple[bytes, ...]
    finish: tuple[bytes, ...]
    closing: tuple[bytes, ...]

    @property
    def events(self) -> tuple[bytes, ...]:
        """All events in order."""
        return self.opening + self.body + self.finish + self.closing


def sse(data: object, event: str | None = None) -> bytes:
    """One server-sent event with JSON data."""
    payload = b"data: " + as_json(data) + b"\n\n"
    return payload if event is None else b"event: " + event.encode() + b"\n" + payload
