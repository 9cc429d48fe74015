"""What is asked: messages and tools in OpenAI's shape, whatever dialect the vendor speaks."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

Message = Mapping[str, Any]
"""`{"role", "content", …}` as OpenAI's chat completions define it."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One call. `tools` are OpenAI's `{"type": "function", "function": {…}}`; `parameters` go into the request as they are."""

    messages: tuple[Message, ...]
    tools: tuple[Mapping[str, Any], ...] = ()
    max_output_tokens: int | None = None
    parameters: Mapping[str, Any] = {}

    @property
    def offered(self) -> frozenset[str]:
        """The names of the tools."""
        return frozenset(str(tool.get("function", {}).get("name", "")) for tool in self.tools) - {""}

    def __repr__(self) -> str:
        return f"Question({len(self.messages)} messages)"


def messages_of(given: str | Sequence[Message]) -> tuple[Message, ...]:
    """The messages; a text alone is the user's."""
    return ({"role": "user", "content": given},) if isinstance(given, str) else tuple(given)
