"""A question with tools on offer, in neutral words."""

from collections.abc import Mapping

import msgspec

from statuspage.probes.dialects.dialect import NO_BOUND
from statuspage.vendors.vendor import Vendor
from statuspage.vendors.wire.calls import ToolCall

AUTO = "auto"
REQUIRED = "required"


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A function on offer; `schema` is the JSON Schema of its arguments."""

    name: str
    description: str
    schema: Mapping[str, object]


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked. `choice` is `auto`, `required` or the name of the one tool to call."""

    prompt: str
    tools: tuple[Tool, ...] = ()
    choice: str = AUTO
    streamed: bool = False


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What came back; `reasoning_field` is where reasoning stood, and `signature` what proves it to its vendor."""

    content: str = ""
    reasoning: str = ""
    calls: tuple[ToolCall, ...] = ()
    finish_reason: str | None = None
    reasoning_field: str = "reasoning_content"
    signature: str | None = None

    @property
    def cut(self) -> bool:
        """The budget was spent before the answer was whole."""
        return self.finish_reason in ("length", "max_tokens", "model_length", "max_output_tokens")


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that called tools, and what the tools returned, one text a call."""

    said: Said
    results: tuple[str, ...]


class ToolAsk(msgspec.Struct, frozen=True, kw_only=True):
    """One question with tools, the exchange so far included. `left_out` are parameters that this model is known to reject."""

    vendor: Vendor
    base_url: str
    model_id: str
    key: str | None
    turn: Turn
    earlier: tuple[Earlier, ...] = ()
    max_output_tokens: int
    left_out: frozenset[str] = NO_BOUND
    route_only: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"ToolAsk({self.model_id!r} …)"
