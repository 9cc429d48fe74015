"""What a model answers, whoever speaks, and how a reader takes it in."""

from typing import Protocol

import msgspec

from statuspage.domain.sample import Tokens
from statuspage.vendors.wire.calls import ToolCall


class Event(Protocol):
    """One event of a stream."""

    @property
    def name(self) -> bytes:
        """What it is called; empty where it has no name."""
        ...

    @property
    def data(self) -> bytes:
        """What it carries."""
        ...


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came, whoever spoke. `finish_reason` is in OpenAI's words as far as they reach; the rest is as it came."""

    content: str = ""
    """The beginning of it, at most 4,096 characters."""
    content_chars: int = 0
    reasoning: str = ""
    """All of it, as far as a client would send it back."""
    reasoning_field: str = "reasoning_content"
    """The key it stood under, where a dialect has several."""
    signature: str | None = None
    """What proves the reasoning to its vendor."""
    reasoning_chars: int = 0
    deltas: int = 0
    choices_seen: bool = False
    finish_reason: str | None = None
    native_finish_reason: str | None = None
    terminal: bool = False
    """`[DONE]` or `message_stop` was seen, or a whole JSON body."""
    tool_calls: bool = False
    calls: tuple[ToolCall, ...] = ()
    """The calls of tools, put together."""
    tokens: Tokens = Tokens()
    served_model: str | None = None
    served_by: str | None = None
    answer_id: str | None = None
    fingerprint: str | None = None
    """What the vendor calls the build that answered."""
    cached: bool = False
    cost_usd: float | None = None
    """What the vendor says it charged."""
    error: object = None
    """The error object met in the body or the stream."""
    malformed: str | None = None
    """What was wrong with the form of it, in words of ours."""


class Beat(msgspec.Struct, frozen=True):
    """What one event brought."""

    counts: bool
    """False for pings and the like."""
    content: str = ""
    reasoning: str = ""
    hidden: bool = False
    """There was reasoning that is not shown."""
    over: bool = False
    """Nothing more is to be read: the end, an error, or nonsense."""


class Reader(Protocol):
    """Takes one answer in, event by event or whole."""

    def event(self, event: Event) -> Beat:
        """Takes in one event of the stream."""
        ...

    def whole(self, body: bytes) -> Beat:
        """Takes in an answer that came in one piece."""
        ...

    def answer(self) -> Answer:
        """What has come so far."""
        ...
