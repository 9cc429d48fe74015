"""What the request handler needs of a dialect."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from statuspage.client.events import Text, Thought
from statuspage.client.provider import Route
from statuspage.client.question import Question
from statuspage.domain.sample import Tokens
from statuspage.outbound.sse import SseEvent
from statuspage.vendors.wire.calls import ToolCall

Pieces = tuple[Text | Thought, ...]


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request ready to be sent; `optional` are the parameters that could be left out."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    optional: tuple[str, ...]

    def __repr__(self) -> str:
        return "Request(…)"


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer said beside its text. `error` is the object met in it, `malformed` what was wrong with its form."""

    finish_reason: str | None = None
    terminal: bool = False
    calls: tuple[ToolCall, ...] = ()
    tokens: Tokens = Tokens()
    cost_usd: float | None = None
    served_model: str | None = None
    answer_id: str | None = None
    error: object = None
    malformed: str | None = None


class Reader(Protocol):
    """Takes one answer in, event by event or whole."""

    over: bool
    """Nothing more is to be read."""

    def event(self, event: SseEvent) -> Pieces:
        """What one event of the stream brings."""
        ...

    def whole(self, body: bytes) -> Pieces:
        """What an answer brings that came in one piece."""
        ...

    def heard(self) -> Heard:
        """What was said beside the text, so far."""
        ...


class Dialect(Protocol):
    """Puts questions and reads answers."""

    def request(self, route: Route, question: Question, left_out: frozenset[str]) -> Request:
        """The streamed request, without the parameters that this model rejects."""
        ...

    def reader(self) -> Reader:
        """A reader for one answer."""
        ...
