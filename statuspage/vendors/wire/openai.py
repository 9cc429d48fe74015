"""Reads chat completions as OpenAI defined them and most vendors send them."""

from typing import Final

import msgspec

from statuspage.domain.sample import Tokens
from statuspage.vendors.wire.answer import Answer, Beat, Event
from statuspage.vendors.wire.bare import alone, error_in
from statuspage.vendors.wire.calls import Gathering
from statuspage.vendors.wire.shapes import amount, count, items, mapping, said, short, text

_KEPT_CHARS: Final = 4096
_KEPT_REASONING_CHARS: Final = 65_536
_PING: Final = Beat(counts=False)
_OVER: Final = Beat(counts=True, over=True)
_REASONING_KEYS: Final = ("reasoning_content", "reasoning", "thinking")


class OpenAIReader:
    """Reads `chat.completion.chunk` events, or one `chat.completion`."""

    def __init__(self) -> None:
        self._content: list[str] = []
        self._content_chars = 0
        self._reasoning: list[str] = []
        self._reasoning_field = _REASONING_KEYS[0]
        self._reasoning_chars = 0
        self._deltas = 0
        self._choices_seen = False
        self._finish_reason: str | None = None
        self._native_finish_reason: str | None = None
        self._terminal = False
        self._tool_calls = False
        self._gathering = Gathering()
        self._usage: dict[str, object] = {}
        self._head: dict[str, object] = {}
        self._error: object = None
        self._malformed: str | None = None
        self._cached = False

    def event(self, event: Event) -> Beat:
        data = event.data.strip()
        if not data:
            return _PING
        if data == b"[DONE]":
            self._terminal = True
            return _OVER
        try:
            chunk: object = msgspec.json.decode(data)
        except (ValueError, RecursionError):
            self._malformed = "an event is no JSON"
            return _OVER
        if not isinstance(chunk, dict):
            self._malformed = "an event is no JSON object"
            return _OVER
        error = error_in(chunk) or mapping(chunk.get("x_groq")).get("error")
        if event.name == b"error" or error:
            self._error = error or chunk
            self._choices(chunk, "delta")
            return _OVER
        if event.name == b"ping" and "choices" not in chunk:
            return _PING
        return self._choices(chunk, "delta")

    def whole(self, body: bytes) -> Beat:
        try:
            found: object = alone(msgspec.json.decode(body))
        except (ValueError, RecursionError):
            self._malformed = "the body is no JSON"
            return _OVER
        if found is None:
            return _OVER
        if not isinstance(found, dict):
            self._malformed = "the body is no JSON object"
            return _OVER
        self._terminal = True
        self._error = error_in(found)
        if self._error is None and found and "choices" not in found:
            self._malformed = "the body has no choices"
        return msgspec.structs.replace(self._choices(found, "message"), over=True)

    def answer(self) -> Answer:
        usage = self._usage
        details = mapping(usage.get("completion_tokens_details"))
        reasoning = count(details.get("reasoning_tokens"))
        return Answer(
            content="".join(self._content)[:_KEPT_CHARS],
            content_chars=self._content_chars,
            reasoning="".join(self._reasoning),
            reasoning_field=self._reasoning_field,
            reasoning_chars=self._reasoning_chars,
            deltas=self._deltas,
            choices_seen=self._choices_seen,
            finish_reason=self._finish_reason,
            native_finish_reason=self._native_finish_reason,
            terminal=self._terminal,
            tool_calls=self._tool_calls,
            calls=self._gathering.calls(),
            tokens=Tokens(
                input=count(usage.get("prompt_tokens")),
                output=count(usage.get("completion_tokens")),
                reasoning=reasoning if reasoning is not None else count(usage.get("reasoning_tokens")),
            ),
            served_model=short(self._head.get("model")),
            served_by=short(self._head.get("provider")),
            answer_id=short(self._head.get("id")),
            fingerprint=short(self._head.get("system_fingerprint")),
            cached=self._cached,
            cost_usd=amount(usage.get("cost")),
            error=self._error,
            malformed=self._malformed,
        )

    def _choices(self, chunk: dict[str, object], part: str) -> Beat:
        """Takes in the head and the first choice; a delta counts if it is well formed, even when empty."""
        for name in ("model", "provider", "id", "system_fingerprint"):
            if name not in self._head and chunk.get(name):
                self._head[name] = chunk[name]
        self._take_usage(mapping(chunk.get("x_groq")).get("usage"))
        self._take_usage(chunk.get("usage"))
        self._cached = self._cached or bool(chunk.get("response_cache_source_id"))
        choices = items(chunk.get("choices"))
        if not choices:
            return Beat(counts=True)
        self._choices_seen = True
        choice = mapping(choices[0])
        self._take_usage(choice.get("usage"))
        delta = mapping(choice.get(part) or choice.get("delta") or choice.get("message"))
        words = said(delta.get("content")) or said(choice.get("text")) or said(delta.get("refusal"))
        thoughts = self._thoughts(delta)
        hidden = not thoughts and bool(items(delta.get("reasoning_details")))
        self._content_chars += len(words)
        self._reasoning_chars += len(thoughts) + hidden
        self._deltas += bool(words or thoughts or hidden)
        if words and self._content_chars - len(words) < _KEPT_CHARS:
            self._content.append(words)
        for piece in items(delta.get("tool_calls")):
            self._tool_calls = True
            self._gathering.openai(mapping(piece))
        self._finish_reason = short(choice.get("finish_reason")) or self._finish_reason
        self._native_finish_reason = text(choice.get("native_finish_reason")) or self._native_finish_reason
        return Beat(counts=True, content=words, reasoning=thoughts, hidden=hidden)

    def _thoughts(self, delta: dict[str, object]) -> str:
        """The reasoning of a delta; its beginning is kept under the key it came by."""
        for key in _REASONING_KEYS:
            value = delta.get(key)
            if value and (found := said(value)):
                if self._reasoning_chars < _KEPT_REASONING_CHARS:
                    self._reasoning.append(found)
                    self._reasoning_field = key
                return found
        return ""

    def _take_usage(self, usage: object) -> None:
        if isinstance(usage, dict):
            self._usage.update(usage)
