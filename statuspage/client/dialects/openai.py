"""Chat completions, as OpenAI defined them."""

from typing import Final

import msgspec

from statuspage.client.dialects.dialect import Heard, Pieces, Request
from statuspage.client.events import Text, Thought
from statuspage.client.provider import Route
from statuspage.client.question import Question
from statuspage.domain.sample import Tokens
from statuspage.outbound.sse import SseEvent
from statuspage.vendors.wire.bare import alone, error_in
from statuspage.vendors.wire.calls import Gathering
from statuspage.vendors.wire.request import address, bound_name, key_headers
from statuspage.vendors.wire.shapes import amount, count, items, mapping, said, short

_REASONING_KEYS: Final = ("reasoning_content", "reasoning", "thinking")


class OpenAIDialect:
    """The dialect `openai`."""

    def request(self, route: Route, question: Question, left_out: frozenset[str]) -> Request:
        optional: dict[str, object] = {**question.parameters, "stream": True, "stream_options": {"include_usage": True}}
        if question.max_output_tokens is not None:
            optional[_bound(route, left_out)] = question.max_output_tokens
        for name in left_out:
            optional.pop(name, None)
        body: dict[str, object] = {"model": route.model_id, "messages": list(question.messages), **optional}
        if question.tools:
            body["tools"] = list(question.tools)
        key = None if route.secret is None else route.secret.reveal()
        return Request(
            url=address(route.base_url, "/chat/completions"),
            headers={
                "Content-Type": "application/json",
                "Accept": "text/event-stream, application/json",
                **key_headers(route.vendor, key),
            },
            body=msgspec.json.encode(body),
            optional=tuple(optional),
        )

    def reader(self) -> "OpenAIReader":
        return OpenAIReader()


def _bound(route: Route, left_out: frozenset[str]) -> str:
    """The name under which this model takes the bound on its output."""
    profile = route.vendor.profile_for(route.model_id)
    preferred = profile.bound_parameter if profile and profile.bound_parameter else route.vendor.bound_parameter
    return bound_name(preferred, left_out)


class OpenAIReader:
    """Reads `chat.completion.chunk` events, or one `chat.completion`; of several choices the first."""

    def __init__(self) -> None:
        self.over = False
        self._gathering = Gathering()
        self._usage: dict[str, object] = {}
        self._head: dict[str, object] = {}
        self._finish_reason: str | None = None
        self._terminal = False
        self._error: object = None
        self._malformed: str | None = None

    def event(self, event: SseEvent) -> Pieces:
        data = event.data.strip()
        if not data:
            return ()
        if data == b"[DONE]":
            self.over = self._terminal = True
            return ()
        try:
            chunk: object = msgspec.json.decode(data)
        except (ValueError, RecursionError):
            return self._wrong("an event is no JSON")
        if not isinstance(chunk, dict):
            return self._wrong("an event is no JSON object")
        error = error_in(chunk) or mapping(chunk.get("x_groq")).get("error")
        if event.name == b"error" or error:
            self._error, self.over = error or chunk, True
            return ()
        return self._take(chunk, "delta")

    def whole(self, body: bytes) -> Pieces:
        self.over = True
        try:
            found: object = alone(msgspec.json.decode(body))
        except (ValueError, RecursionError):
            return self._wrong("the body is no JSON")
        if not isinstance(found, dict):
            return self._wrong("the body is no JSON object")
        self._terminal = True
        self._error = error_in(found)
        if self._error is not None:
            return ()
        return self._take(found, "message") if "choices" in found else self._wrong("the body has no choices")

    def heard(self) -> Heard:
        usage = self._usage
        details = mapping(usage.get("completion_tokens_details"))
        return Heard(
            finish_reason=self._finish_reason,
            terminal=self._terminal,
            calls=self._gathering.calls(),
            tokens=Tokens(
                input=count(usage.get("prompt_tokens")),
                output=count(usage.get("completion_tokens")),
                reasoning=count(details.get("reasoning_tokens")),
            ),
            cost_usd=amount(usage.get("cost")),
            served_model=short(self._head.get("model")),
            answer_id=short(self._head.get("id")),
            error=self._error,
            malformed=self._malformed,
        )

    def _take(self, chunk: dict[str, object], part: str) -> Pieces:
        for name in ("model", "id"):
            if name not in self._head and chunk.get(name):
                self._head[name] = chunk[name]
        choice = mapping(next(iter(items(chunk.get("choices"))), None))
        for usage in (mapping(chunk.get("x_groq")).get("usage"), chunk.get("usage"), choice.get("usage")):
            self._usage.update(mapping(usage))
        delta = mapping(choice.get(part) or choice.get("delta") or choice.get("message"))
        for piece in items(delta.get("tool_calls")):
            self._gathering.openai(mapping(piece))
        self._finish_reason = short(choice.get("finish_reason")) or self._finish_reason
        thoughts = next((found for key in _REASONING_KEYS if (found := said(delta.get(key)))), "")
        words = said(delta.get("content")) or said(choice.get("text")) or said(delta.get("refusal"))
        return (*((Thought(thoughts),) if thoughts else ()), *((Text(words),) if words else ()))

    def _wrong(self, what: str) -> Pieces:
        self._malformed, self.over = what, True
        return ()
