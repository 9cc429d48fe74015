"""Takes one answer off the wire: an event stream, a JSON body, a web page, or something else."""

from enum import StrEnum
from typing import Final

from statuspage.outbound.client import Reply
from statuspage.outbound.failures import failure_of
from statuspage.outbound.phases import Phases
from statuspage.outbound.sse import SseParser
from statuspage.vendors.wire.answer import Answer, Beat, Reader

MAX_KEPT_BYTES: Final = 64 * 1024
"""So much of an error, a web page or nonsense is read."""
KEPT_EVIDENCE_BYTES: Final = 4096
_SSE_STARTS: Final = (b"data", b"event", b"id", b"retry", b":")


class Form(StrEnum):
    """What the body turned out to be."""

    NOTHING = "nothing"
    STREAM = "stream"
    JSON = "json"
    PAGE = "page"
    OTHER = "other"


class Intake:
    """One answer as far as it was read; stays readable when the reading is cut off by a failure or the deadline.

    `max_output_chars` bounds what the model may say; None where the request bounds nothing.
    """

    def __init__(self, reader: Reader, *, max_output_chars: int | None) -> None:
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.form = Form.NOTHING
        self.size = 0
        self.beginning = b""
        """The first bytes of the body: all of an error's, evidence otherwise."""
        self.events = 0
        self.over = False
        """The answer said that it is over."""
        self.ended = False
        """The body ended."""
        self.ended_early = False
        self.too_much = False
        self._reader = reader
        self._max_output_chars = max_output_chars
        self._sse = SseParser()
        self._body = bytearray()
        self._output_chars = 0
        self._deltas = 0

    @property
    def is_error(self) -> bool:
        """The HTTP status is no success."""
        return self.status is not None and not 200 <= self.status < 300

    def answer(self) -> Answer:
        """What the model said so far."""
        return self._reader.answer()

    async def read(self, reply: Reply, phases: Phases) -> None:
        """Reads until the answer is over. Raises `TransportFailure`."""
        self.status = reply.status
        self.headers = reply.headers
        while (data := await reply.chunk()) is not None:
            self.size += len(data)
            if len(self.beginning) < MAX_KEPT_BYTES:
                self.beginning += data[: MAX_KEPT_BYTES - len(self.beginning)]
            if self._take(data, phases):
                return
        self.ended = True
        self.ended_early = reply.ended_early
        self._finish(phases)

    def _take(self, data: bytes, phases: Phases) -> bool:
        """Takes one piece in; True when nothing more is to be read."""
        if self.is_error:
            return self.size >= MAX_KEPT_BYTES
        if self.form is Form.NOTHING:
            self._body += data
            self.form = _form(self.beginning, self.headers.get("content-type", ""))
            return self._stream(bytes(self._body), phases) if self.form is Form.STREAM else False
        if self.form is Form.STREAM:
            return self._stream(data, phases)
        if self.form is Form.JSON:
            self._body += data
            return False
        return self.size >= MAX_KEPT_BYTES

    def _stream(self, data: bytes, phases: Phases) -> bool:
        try:
            events = self._sse.feed(data)
        except Exception as error:
            raise failure_of(error, phases.reached) from error
        return any(self._beat(self._reader.event(event), phases) for event in events)

    def _beat(self, beat: Beat, phases: Phases) -> bool:
        if not beat.counts:
            return False
        self.events += 1
        phases.event()
        if beat.reasoning or beat.hidden:
            phases.thought()
        if beat.content:
            phases.content()
        self.over = self.over or beat.over
        self._count(beat)
        return beat.over or self.too_much

    def _finish(self, phases: Phases) -> None:
        if self.is_error:
            return
        if self.form is Form.STREAM:
            for event in self._sse.finish():
                if not event.data.rstrip().endswith((b"}", b"[DONE]")):
                    self.ended_early = True
                elif self._beat(self._reader.event(event), phases):
                    return
        elif self.form is Form.JSON:
            beat = self._reader.whole(bytes(self._body))
            self.over = beat.over
            self._count(beat)

    def _count(self, beat: Beat) -> None:
        """Output beyond its bound ends the reading: a token is taken as 4 characters, or as a delta of at least 2."""
        chars = len(beat.content) + len(beat.reasoning) + beat.hidden
        if not chars:
            return
        self._output_chars += chars
        self._deltas += 1
        spoken = max(self._output_chars, 4 * min(self._deltas, self._output_chars // 2))
        self.too_much = self._max_output_chars is not None and spoken > self._max_output_chars


def _form(beginning: bytes, content_type: str) -> Form:
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return Form.NOTHING
    mislabelled = start[:1] in b"{[" or start.startswith((b"data:", b"event:"))
    if start.startswith(b"<") or (content_type.startswith("text/html") and not mislabelled):
        return Form.PAGE
    if content_type.startswith("text/event-stream") and not start.startswith(b"{"):
        return Form.STREAM
    if start[:1] in b"{[" or content_type.partition(";")[0].endswith("json"):
        return Form.JSON
    if any(start.startswith(name) for name in _SSE_STARTS):
        return Form.STREAM
    return Form.NOTHING if any(name.startswith(start) for name in _SSE_STARTS) else Form.OTHER
