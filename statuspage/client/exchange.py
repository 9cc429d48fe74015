"""One request to one route: its pieces as they come, then what it was worth."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from statuspage.client.dialects.dialect import Request
from statuspage.client.errors import Failure, RouteFailedError
from statuspage.client.events import Text, Thought
from statuspage.client.provider import Route
from statuspage.domain.classes import CLASSES
from statuspage.domain.redact import redact
from statuspage.domain.words import Fault
from statuspage.outbound.client import Call, Outbound, Reply
from statuspage.outbound.failures import LATE, MalformedError, TransportFailure, failure_of
from statuspage.outbound.phases import Phases
from statuspage.outbound.sse import SseEvent, SseParser
from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import ErrorWords, Shape, error_words, read_error
from statuspage.vendors.evidence import Classified, Evidence, Where
from statuspage.vendors.wire.answer import Answer, Beat, Reader

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
_MAX_ERROR_BYTES: Final = 64 * 1024
_MAX_DETAIL_CHARS: Final = 300
_STREAMS: Final = (b"data:", b"event:", b":", b"id:", b"retry:")
_REQUEST_IDS: Final = ("x-request-id", "request-id", "msh-request-id", "x-generation-id", "cf-ray")

_OF_A_CALL: Final = {
    "content_filtered": "filters this prompt",
    "contract_changed": "rejects this request",
    "parameter_rejected": "rejects a parameter of this request",
    "waf_blocked": "is behind a firewall that blocks us",
}
"""Where the words for a probe do not fit a program's own call."""

Piece = Text | Thought


class Exchange:
    """Read `pieces` to the end; `heard` then says the rest. Raises `RouteFailedError` only."""

    def __init__(
        self,
        route: Route,
        request: Request,
        reader: Reader,
        outbound: Outbound,
        *,
        now_ms: int,
        left_s: Callable[[], float],
        silence_s: float,
    ) -> None:
        """`left_s` is how long the whole call may still take, `silence_s` how long nothing at all may come."""
        self.status: int | None = None
        self.phases = Phases(outbound.monotonic_s)
        self._route = route
        self._request = request
        self._reader = reader
        self._outbound = outbound
        self._now_ms = now_ms
        self._left_s = left_s
        self._silence_s = silence_s
        self._headers: dict[str, str] = {}
        self._sse: SseParser | None = None
        self._body = bytearray()
        self._empty = True
        self._over = False

    async def pieces(self) -> AsyncIterator[Piece]:
        """Text and reasoning, as they come."""
        request = self._request
        call = Call(
            method="POST",
            url=request.url,
            headers=request.headers,
            body=request.body,
            allow_private=self._route.allow_private,
            max_body_bytes=MAX_BODY_BYTES,
        )
        try:
            async with AsyncExitStack() as stack:
                async with self._in_time():
                    reply = await stack.enter_async_context(self._outbound.ask(call, self.phases))
                self.status, self._headers = reply.status, reply.headers
                async for piece in self._read(reply):
                    yield piece
        except (TransportFailure, MalformedError) as error:
            failure = failure_of(error, self.phases.reached)
            raise self._broken(failure.class_name, failure.detail) from None
        finally:
            self.phases.stop()

    def heard(self) -> Answer:
        """What was said so far, the text but in part."""
        return self._reader.answer()

    @property
    def request_id(self) -> str | None:
        """What the vendor calls this request."""
        named = next((value for name in _REQUEST_IDS if (value := self._headers.get(name))), None)
        return named or self._reader.answer().answer_id

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        """Whatever waits within the block has as long as the call has, and as a silence may last."""
        left_s = max(0.0, self._left_s())
        try:
            async with asyncio.timeout(min(left_s, self._silence_s)):
                yield
        except TimeoutError:
            why = f"silent for {self._silence_s:g} s" if self._silence_s < left_s else "the time for the whole call was up"
            raise self._broken(LATE[self.phases.reached], why) from None

    async def _read(self, reply: Reply) -> AsyncIterator[Piece]:
        while not self._over:
            async with self._in_time():
                data = await reply.chunk()
            if data is None:
                break
            for piece in self._take(data):
                yield piece
        if not self._over:
            for piece in self._finish():
                yield piece
        self._judge(ended_early=reply.ended_early)

    def _take(self, data: bytes) -> list[Piece]:
        if self._sse is not None:
            return self._events(self._sse.feed(data))
        self._body += data
        if self._is_error or not self._body.strip():
            if len(self._body) > _MAX_ERROR_BYTES:
                self._judge(ended_early=False)
            return []
        if self._body.lstrip().startswith(_STREAMS) or "text/event-stream" in self._headers.get("content-type", ""):
            self._sse = SseParser()
            return self._events(self._sse.feed(bytes(self._body)))
        return []

    def _events(self, events: list[SseEvent]) -> list[Piece]:
        found: list[Piece] = []
        for event in events:
            self.phases.event()
            found += self._pieces(self._reader.event(event))
            if self._over:
                break
        return found

    def _finish(self) -> list[Piece]:
        """What the end of the body completes."""
        if self._is_error:
            return []
        if self._sse is not None:
            return self._events(self._sse.finish())
        body = bytes(self._body).strip()
        if not body or body.startswith(b"<"):
            return []
        self.phases.event()
        return self._pieces(self._reader.whole(body))

    def _pieces(self, beat: Beat) -> list[Piece]:
        """What is handed out of a beat; of an answer that holds an error nothing."""
        self._over = beat.over
        if beat.over and self._reader.answer().error is not None:
            return []
        found: list[Piece] = []
        if beat.reasoning or beat.hidden:
            self.phases.thought()
        if beat.reasoning:
            found.append(Thought(beat.reasoning))
        if beat.content:
            self._empty = self._empty and not beat.content.strip()
            self.phases.content()
            found.append(Text(beat.content))
        return found

    @property
    def _is_error(self) -> bool:
        return self.status is not None and not 200 <= self.status < 300

    def _judge(self, *, ended_early: bool) -> None:
        """Raises where the answer was none."""
        if self._is_error:
            raise self._refused(read_error(bytes(self._body), self._headers.get("content-type", "")), Where.STATUS)
        heard = self._reader.answer()
        if heard.error is not None:
            raise self._refused(error_words(heard.error), Where.STREAM if self._sse is not None else Where.BODY)
        name = self._wrong(heard, ended_early=ended_early)
        if name is not None:
            raise self._broken(name, heard.malformed or "")
        self.phases.done()

    def _wrong(self, heard: Answer, *, ended_early: bool) -> str | None:
        """The class of an answer that came with a good status and is no answer."""
        body = bytes(self._body).strip()
        if self._sse is None and not body:
            return "empty_body"
        if self._sse is None and body.startswith(b"<"):
            return "html_in_200"
        if heard.malformed is not None:
            return "malformed_stream"
        if self._sse is None and not heard.choices_seen:
            return "empty_body"
        if heard.finish_reason is None and not heard.terminal:
            return "stream_reset" if ended_early else "truncated_stream"
        if self._empty and not heard.calls and heard.finish_reason not in ("length", "content_filter"):
            return "empty_completion"
        return None

    def _refused(self, words: ErrorWords, where: Where) -> RouteFailedError:
        evidence = Evidence(
            status=self.status if where is Where.STATUS else None,
            words=words,
            headers=self._headers,
            where=where,
            sent=self._request.optional,
            now_ms=self._now_ms,
        )
        found = classify(evidence, self._route.vendor)
        secret = self._route.secret
        text = "" if words.shape is Shape.HTML else " ".join(words.text.split())
        detail = redact(text, () if secret is None else (secret.reveal(),))[:_MAX_DETAIL_CHARS]
        return RouteFailedError(_failure(found, self._route, self.status, detail))

    def _broken(self, class_name: str, detail: str) -> RouteFailedError:
        row = CLASSES[class_name]
        fault = Fault.MONITOR if class_name == "unclassified" else row.fault
        found = Classified(class_name=class_name, fault=fault, retry=row.retry)
        return RouteFailedError(_failure(found, self._route, self.status, detail))


def _failure(found: Classified, route: Route, status: int | None, detail: str) -> Failure:
    says = _OF_A_CALL.get(found.class_name, CLASSES[found.class_name].says)
    cause = says.partition(": ")[2]
    # What a probe calls «not measured» has its reason behind the colon.
    said = f"{route.name}: {cause}" if cause and found.fault is Fault.MONITOR else f"{route.name} {says}"
    return Failure(
        class_name=found.class_name,
        fault=found.fault,
        retry=found.retry,
        retry_after_s=found.retry_after_s,
        http_status=status,
        parameter=found.parameter,
        message=f"{said} ({detail})" if detail else said,
    )
