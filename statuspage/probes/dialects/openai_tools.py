"""Tools in OpenAI's chat completions."""

import msgspec

from statuspage.probes.dialects.dialect import Outgoing
from statuspage.probes.dialects.toolask import AUTO, REQUIRED, Earlier, Tool, ToolAsk
from statuspage.vendors.wire.request import address, key_headers, shaped


def openai_tools(ask: ToolAsk) -> Outgoing:
    """The request; tools and messages are no parameters that could be left out."""
    bound, extra = shaped(ask.vendor, ask.model_id, ask.left_out)
    turn = ask.turn
    optional: dict[str, object] = {bound: ask.max_output_tokens, **extra}
    if turn.streamed and "stream" not in ask.left_out:
        optional |= {"stream": True, "stream_options": {"include_usage": True}}
    if turn.choice != AUTO:
        named = {"type": "function", "function": {"name": turn.choice}}
        optional["tool_choice"] = REQUIRED if turn.choice == REQUIRED else named
    for name in ask.left_out - {bound}:
        optional.pop(name, None)
    messages: list[dict[str, object]] = [{"role": "user", "content": turn.prompt}]
    for earlier in ask.earlier:
        messages += _exchange(earlier)
    body: dict[str, object] = {"model": ask.model_id, "messages": messages, **optional}
    if turn.tools:
        body["tools"] = [_tool(each) for each in turn.tools]
    if ask.route_only:
        body["provider"] = {"only": list(ask.route_only), "allow_fallbacks": False}
    return Outgoing(
        method="POST",
        url=address(ask.base_url, "/chat/completions"),
        headers={
            "Content-Type": "application/json",
            "Accept": "text/event-stream, application/json" if turn.streamed else "application/json",
            **key_headers(ask.vendor, ask.key),
        },
        body=msgspec.json.encode(body),
        optional=(*optional, "tools") if turn.tools else tuple(optional),
    )


def _tool(tool: Tool) -> dict[str, object]:
    return {"type": "function", "function": {"name": tool.name, "description": tool.description, "parameters": tool.schema}}


def _exchange(earlier: Earlier) -> list[dict[str, object]]:
    """The answer with its calls, reasoning included: thinking vendors refuse calls whose reasoning is left out."""
    said = earlier.said
    answer: dict[str, object] = {
        "role": "assistant",
        "content": said.content or None,
        "tool_calls": [
            {"id": call.id or "", "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in said.calls
        ],
    }
    if said.reasoning:
        answer[said.reasoning_field] = said.reasoning
    results: list[dict[str, object]] = [
        {"role": "tool", "tool_call_id": call.id or "", "content": result}
        for call, result in zip(said.calls, earlier.results, strict=False)
    ]
    return [answer, *results]
