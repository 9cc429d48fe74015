"""Messages, as Anthropic defined them; questions come in OpenAI's shape and are put in this one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from statuspage.client.dialects.dialect import Heard, Pieces, Request
from statuspage.client.events import Text, Thought
from statuspage.client.provider import Route
from statuspage.client.question import Message, Question
from statuspage.domain.sample import Tokens
from statuspage.outbound.sse import SseEvent
from statuspage.vendors.wire.bare import alone, error_in
from statuspage.vendors.wire.calls import Gathering
from statuspage.vendors.wire.request import address, key_headers
from statuspage.vendors.wire.shapes import count, items, mapping, said, short, text

_VERSION: Final = "2023-06-01"
_USUAL_BOUND: Final = 4096
"""Anthropic demands a bound on the output."""
_FINISH: Final = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "pause_turn": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "refusal": "content_filter",
}
_SYSTEM: Final = ("system", "developer")
_ONLY_OPENAIS: Final = frozenset({"stream_options", "n", "logprobs", "parallel_tool_calls", "response_format", "seed", "user"})


class AnthropicDialect:
    """The dialect `anthropic`; the base URL may end in `/v1` or not."""

    def request(self, route: Route, question: Question, left_out: frozenset[str]) -> Request:
        optional: dict[str, object] = {"stream": True, **_parameters(question.parameters)}
        for name in left_out:
            optional.pop(name, None)
        system = "\n\n".join(said(each.get("content")) for each in question.messages if each.get("role") in _SYSTEM)
        body: dict[str, object] = {
            "model": route.model_id,
            "max_tokens": question.max_output_tokens or _USUAL_BOUND,
            "messages": _messages(question.messages),
            **optional,
        }
        if system:
            body["system"] = system
        if question.tools:
            body["tools"] = [_tool(mapping(each.get("function"))) for each in question.tools]
        key = None if route.secret is None else route.secret.reveal()
        return Request(
            url=address(route.base_url.rstrip("/").removesuffix("/v1"), "/v1/messages"),
            headers={
                "anthropic-version": _VERSION,
                "Content-Type": "application/json",
                "Accept": "text/event-stream, application/json",
                **key_headers(route.vendor, key),
            },
            body=msgspec.json.encode(body),
            optional=tuple(optional),
        )

    def reader(self) -> "AnthropicReader":
        return AnthropicReader()


def _parameters(given: Mapping[str, Any]) -> dict[str, object]:
    """The parameters in this dialect; what only OpenAI's has is left out."""
    found = {name: value for name, value in given.items() if name not in _ONLY_OPENAIS}
    if "stop" in found:
        stop = found.pop("stop")
        found["stop_sequences"] = [stop] if isinstance(stop, str) else stop
    choice = found.get("tool_choice")
    if isinstance(choice, str):
        found["tool_choice"] = {"type": {"required": "any"}.get(choice, choice)}
    elif isinstance(choice, Mapping) and "function" in choice:
        found["tool_choice"] = {"type": "tool", "name": mapping(choice["function"]).get("name")}
    return found


def _tool(function: Mapping[str, object]) -> dict[str, object]:
    return {
        "name": function.get("name"),
        "description": function.get("description", ""),
        "input_schema": function.get("parameters") or {"type": "object", "properties": {}},
    }


def _messages(given: Sequence[Message]) -> list[dict[str, object]]:
    """The turns, of which one person's follow each other in one."""
    turns: list[dict[str, object]] = []
    for message in given:
        if message.get("role") in _SYSTEM:
            continue
        role = "assistant" if message.get("role") == "assistant" else "user"
        blocks = list(_blocks(message))
        if turns and turns[-1]["role"] == role:
            turns[-1]["content"] = [*items(turns[-1]["content"]), *blocks]
        elif blocks:
            turns.append({"role": role, "content": blocks})
    return turns


def _blocks(message: Message) -> Iterable[dict[str, object]]:
    content = message.get("content")
    if message.get("role") == "tool":
        yield {"type": "tool_result", "tool_use_id": message.get("tool_call_id"), "content": said(content)}
        return
    if isinstance(content, str):
        if content:
            yield {"type": "text", "text": content}
    else:
        yield from (mapping(part) for part in items(content))
    for call in items(message.get("tool_calls")):
        function = mapping(mapping(call).get("function"))
        arguments = text(function.get("arguments")) or "{}"
        yield {
            "type": "tool_use",
            "id": mapping(call).get("id"),
            "name": function.get("name"),
            "input": msgspec.json.decode(arguments),
        }


class AnthropicReader:
    """Reads `message_start` … `message_stop`, or one message."""

    def __init__(self) -> None:
        self.over = False
        self._gathering = Gathering()
        self._usage: dict[str, object] = {}
        self._model: str | None = None
        self._id: str | None = None
        self._stop_reason: str | None = None
        self._terminal = False
        self._error: object = None
        self._malformed: str | None = None

    def event(self, event: SseEvent) -> Pieces:
        data = event.data.strip()
        if not data or data == b"[DONE]":
            return ()
        try:
            found: object = msgspec.json.decode(data)
        except (ValueError, RecursionError):
            return self._wrong("an event is no JSON")
        if not isinstance(found, dict):
            return self._wrong("an event is no JSON object")
        kind = text(found.get("type")) or event.name.decode("ascii", "replace")
        error = error_in(found) or (found if kind == "error" else None)
        if error is not None:
            self._error, self.over = error, True
            return ()
        return self._step(kind, found)

    def whole(self, body: bytes) -> Pieces:
        self.over = True
        try:
            found: object = alone(msgspec.json.decode(body))
        except (ValueError, RecursionError):
            return self._wrong("the body is no JSON")
        if not isinstance(found, dict):
            return self._wrong("the body is no JSON object")
        self._error = error_in(found)
        if self._error is not None:
            return ()
        if "content" not in found:
            return self._wrong("the body has no content")
        self._terminal = True
        self._begin(found)
        self._stop_reason = short(found.get("stop_reason"))
        return tuple(piece for at, block in enumerate(items(found.get("content"))) for piece in self._block(mapping(block), at))

    def heard(self) -> Heard:
        reason = self._stop_reason
        return Heard(
            finish_reason=_FINISH.get(reason, reason) if reason else None,
            terminal=self._terminal,
            calls=self._gathering.calls(),
            tokens=Tokens(input=count(self._usage.get("input_tokens")), output=count(self._usage.get("output_tokens"))),
            served_model=self._model,
            answer_id=self._id,
            error=self._error,
            malformed=self._malformed,
        )

    def _step(self, kind: str, found: dict[str, object]) -> Pieces:
        match kind:
            case "message_start":
                self._begin(mapping(found.get("message")))
            case "content_block_start":
                return self._block(mapping(found.get("content_block")), found.get("index"))
            case "content_block_delta":
                return self._block(mapping(found.get("delta")), found.get("index"))
            case "message_delta":
                self._stop_reason = short(mapping(found.get("delta")).get("stop_reason")) or self._stop_reason
                self._usage.update(mapping(found.get("usage")))
            case "message_stop":
                self._terminal = self.over = True
            case _:
                pass
        return ()

    def _begin(self, message: dict[str, object]) -> None:
        self._model = short(message.get("model"))
        self._id = short(message.get("id"))
        self._usage.update(mapping(message.get("usage")))

    def _block(self, block: dict[str, object], index: object) -> Pieces:
        self._gathering.anthropic(block, index)
        thoughts, words = text(block.get("thinking")) or "", text(block.get("text")) or ""
        return (*((Thought(thoughts),) if thoughts else ()), *((Text(words),) if words else ()))

    def _wrong(self, what: str) -> Pieces:
        self._malformed, self.over = what, True
        return ()
