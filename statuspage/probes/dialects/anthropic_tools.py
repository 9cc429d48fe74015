"""Tools in Anthropic's messages."""

import msgspec

from statuspage.probes.dialects.toolask import AUTO, REQUIRED, Earlier, Tool, ToolAsk


def anthropic_tools_body(ask: ToolAsk) -> tuple[dict[str, object], tuple[str, ...]]:
    """The request's body, and the names of its parameters that could be left out."""
    turn = ask.turn
    profile = ask.vendor.profile_for(ask.model_id)
    optional: dict[str, object] = dict(profile.extra) if profile else {}
    if turn.streamed:
        optional["stream"] = True
    if turn.choice != AUTO:
        optional["tool_choice"] = {"type": "any"} if turn.choice == REQUIRED else {"type": "tool", "name": turn.choice}
    for name in ask.left_out:
        optional.pop(name, None)
    messages: list[dict[str, object]] = [{"role": "user", "content": turn.prompt}]
    for earlier in ask.earlier:
        messages += _exchange(earlier)
    body = {"model": ask.model_id, "max_tokens": ask.max_output_tokens, "messages": messages, **optional}
    if turn.tools:
        body["tools"] = [_tool(each) for each in turn.tools]
    return body, (*optional, "tools") if turn.tools else tuple(optional)


def _tool(tool: Tool) -> dict[str, object]:
    return {"name": tool.name, "description": tool.description, "input_schema": tool.schema}


def _exchange(earlier: Earlier) -> list[dict[str, object]]:
    said = earlier.said
    content: list[dict[str, object]] = []
    if said.reasoning and said.signature:
        content.append({"type": "thinking", "thinking": said.reasoning, "signature": said.signature})
    if said.content:
        content.append({"type": "text", "text": said.content})
    content += [
        {"type": "tool_use", "id": call.id or "", "name": call.name, "input": msgspec.json.decode(call.arguments.strip() or "{}")}
        for call in said.calls
    ]
    results = [
        {"type": "tool_result", "tool_use_id": call.id or "", "content": result}
        for call, result in zip(said.calls, earlier.results, strict=False)
    ]
    return [{"role": "assistant", "content": content}, {"role": "user", "content": results}]
