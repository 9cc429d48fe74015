"""Messages, as Anthropic defined them; questions come in OpenAI's shape and are put in this one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from statuspage.client.dialects.dialect import Request
from statuspage.client.provider import Route
from statuspage.client.question import Message, Question
from statuspage.vendors.wire.anthropic import AnthropicReader, asked_at, headers_of
from statuspage.vendors.wire.shapes import items, mapping, said, text

_USUAL_BOUND: Final = 4096
"""Anthropic demands a bound on the output."""
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
            url=asked_at(route.base_url, "messages"),
            headers={
                "Content-Type": "application/json",
                "Accept": "text/event-stream, application/json",
                **headers_of(route.vendor, key),
            },
            body=msgspec.json.encode(body),
            optional=tuple(optional),
        )

    def reader(self) -> AnthropicReader:
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
