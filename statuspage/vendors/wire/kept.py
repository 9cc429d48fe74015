"""What is kept of an answer's text while it comes."""

from typing import Final

from statuspage.vendors.wire.answer import Beat

_KEPT_CHARS: Final = 4096
_KEPT_REASONING_CHARS: Final = 65_536


class Kept:
    """The beginning of content and reasoning, and how much of each there was."""

    def __init__(self) -> None:
        self.content_chars = 0
        self.reasoning_chars = 0
        self.deltas = 0
        self._content: list[str] = []
        self._reasoning: list[str] = []

    def take(self, content: str, reasoning: str, *, hidden: bool) -> Beat:
        """Takes in what one event brought; reasoning that is not shown counts as one character."""
        if content and self.content_chars < _KEPT_CHARS:
            self._content.append(content)
        if reasoning and self.reasoning_chars < _KEPT_REASONING_CHARS:
            self._reasoning.append(reasoning)
        self.content_chars += len(content)
        self.reasoning_chars += len(reasoning) + hidden
        self.deltas += bool(content or reasoning or hidden)
        return Beat(counts=True, content=content, reasoning=reasoning, hidden=hidden)

    @property
    def content(self) -> str:
        """At most 4,096 characters."""
        return "".join(self._content)[:_KEPT_CHARS]

    @property
    def reasoning(self) -> str:
        """All of it, unless it is very long."""
        return "".join(self._reasoning)
