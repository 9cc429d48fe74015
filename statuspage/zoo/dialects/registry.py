"""The visible map of dialects."""

from collections.abc import Callable
from typing import Final, Protocol

import msgspec

from statuspage.zoo.answer import Answer
from statuspage.zoo.dialects import anthropic, openai
from statuspage.zoo.dialects.written import Stream
from statuspage.zoo.vendor import SimulatedVendor


class _Streams(Protocol):
    def __call__(self, answer: Answer, vendor: SimulatedVendor, *, include_usage: bool) -> Stream: ...


class Dialect(msgspec.Struct, frozen=True, kw_only=True):
    """Writes an answer whole or as a stream."""

    name: str
    whole_answer: Callable[[Answer, SimulatedVendor], dict[str, object]]
    stream: _Streams


DIALECTS: Final[dict[str, Dialect]] = {
    "openai": Dialect(name="openai", whole_answer=openai.whole_answer, stream=openai.stream),
    "anthropic": Dialect(name="anthropic", whole_answer=anthropic.whole_answer, stream=anthropic.stream),
}
