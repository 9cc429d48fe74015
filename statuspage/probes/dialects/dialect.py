"""What a dialect must be able to do, and the neutral words it is done in."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from statuspage.domain.sample import Tokens
from statuspage.outbound.sse import SseEvent
from statuspage.vendors.vendor import Vendor
from statuspage.vendors.wire.calls import ToolCall

if TYPE_CHECKING:
    from statuspage.probes.dialects.toolask import ToolAsk

NO_BOUND: Final = frozenset[str]()


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One short question. `left_out` are parameters that this model is known to reject."""

    vendor: Vendor
    base_url: str
    model_id: str
    key: str | None
    prompt: str
    max_output_tokens: int
    left_out: frozenset[str] = NO_BOUND
    route_only: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Ask({self.model_id!r} …)"


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A request ready to be sent; `optional` are the parameters that could be left out or renamed."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    optional: tuple[str, ...] = ()
    bounded: bool = True
    """The request bounds the output."""

    def __repr__(self) -> str:
        return f"Outgoing({self.method} …)"


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
    content: int = 0
    """Characters of content."""
    reasoning: int = 0
    """Characters of reasoning."""
    over: bool = False
    """Nothing more is to be read: the end, an error, or nonsense."""


class Reader(Protocol):
    """Takes one answer in, event by event or whole."""

    def event(self, event: SseEvent) -> Beat:
        """Takes in one event of the stream."""
        ...

    def whole(self, body: bytes) -> Beat:
        """Takes in an answer that came in one piece."""
        ...

    def answer(self) -> Answer:
        """What has come so far."""
        ...


class Dialect(Protocol):
    """Builds requests and reads answers."""

    name: str

    def chat(self, ask: Ask) -> Outgoing:
        """The streamed, bounded question."""
        ...

    def tools(self, ask: "ToolAsk") -> Outgoing:
        """A question with tools on offer."""
        ...

    def models(self, vendor: Vendor, base_url: str, key: str | None) -> Outgoing:
        """The question which models there are."""
        ...

    def reader(self) -> Reader:
        """A reader for one answer."""
        ...
