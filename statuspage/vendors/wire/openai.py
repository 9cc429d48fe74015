"""Reads chat completions as OpenAI defined them and most vendors send them."""

from typing import Final

import msgspec

from statuspage.domain.sample import Tokens
from statuspage.vendors.wire.answer import Answer, Beat, Event
from statuspage.vendors.wire.bare import error_in
from statuspage.vendors.wire.calls import Gathering
from statuspage.vendors.wire.decoded import NoObjectError, body_in, event_in
from statuspage.vendors.wire.kept import Kept
from statuspage.vendors.wire.shapes import amount, count, items, mapping, said, short, text

_PING: Final = Beat(counts=False)
_OVER: Final = Beat(counts=True, over=True)
_REASONING_KEYS: Final = ("reasoning_content", "reasoning", "thinking")


class OpenAIReader:
    """Reads `chat.completion.chunk` events, or one `chat.completion`."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._reasoning_field = _REASONING_KEYS[0]
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
            chunk = event_in(data)
        except NoObjectError as error:
            return self._wrong(str(error))
        failed = error_in(chunk) or mapping(chunk.get("x_groq")).get("error")
        if event.name == b"error" or failed:
            self._error = failed or chunk
            self._choices(chunk, "delta")
            return _OVER
        if event.name == b"ping" and "choices" not in chunk:
            return _PING
        return self._choices(chunk, "delta")

    def whole(self, body: bytes) -> Beat:
        try:
            found = body_in(body)
        except NoObjectError as error:
            return self._wrong(str(error))
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
            content=self._kept.content,
            content_chars=self._kept.content_chars,
            reasoning=self._kept.reasoning,
            reasoning_field=self._reasoning_field,
            reasoning_chars=self._kept.reasoning_chars,
            deltas=self._kept.deltas,
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
        for piece in items(delta.get("tool_calls")):
            self._tool_calls = True
            self._gathering.openai(mapping(piece))
        self._finish_reason = short(choice.get("finish_reason")) or self._finish_reason
        self._native_finish_reason = text(choice.get("native_finish_reason")) or self._native_finish_reason
        return self._kept.take(words, thoughts, hidden=hidden)

    def _thoughts(self, delta: dict[str, object]) -> str:
        """The reasoning of a delta; the key it came by is remembered."""
        for key in _REASONING_KEYS:
            value = delta.get(key)
            if value and (found := said(value)):
                self._reasoning_field = key
                return found
        return ""

    def _take_usage(self, usage: object) -> None:
        if isinstance(usage, dict):
            self._usage.update(usage)

    def _wrong(self, what: str) -> Beat:
        self._malformed = what
        return _OVER
