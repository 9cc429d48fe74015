import json
from typing import Any

import pytest

from statuspage.zoo.call import ChatCall, Tool
from statuspage.zoo.toolcalls import invocations
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import chat

_SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]}},
    "required": ["city", "unit"],
}
_WEATHER = Tool(name="get_weather", description="Current weather of a city", schema=_SCHEMA)
_MAIL = Tool(name="send_email", description="Send an email", schema={"type": "object", "properties": {"to": {"type": "string"}}})
_OPENAI_TOOLS: list[object] = [
    {"type": "function", "function": {"name": tool.name, "description": tool.description, "parameters": tool.schema}}
    for tool in (_WEATHER, _MAIL)
]
_ANTHROPIC_TOOLS: list[object] = [
    {"name": tool.name, "description": tool.description, "input_schema": tool.schema} for tool in (_WEATHER, _MAIL)
]
_PARIS = "What is the weather in Paris, in celsius?"


def _call(prompt: str, *, choice: str = "auto", parallel: bool = True, answered: bool = False) -> ChatCall:
    return ChatCall(
        model="m",
        prompt=prompt,
        streamed=False,
        budget=500,
        include_usage=False,
        tools=(_WEATHER, _MAIL),
        choice=choice,
        parallel=parallel,
        answered=answered,
        parameters={},
    )


def _made(call: ChatCall) -> list[tuple[str, dict[str, object]]]:
    return [(each.name, each.arguments) for each in invocations(call)]


def test_it_calls_the_tool_that_fits_with_arguments_of_its_schema() -> None:
    assert _made(_call(_PARIS)) == [("get_weather", {"city": "Paris", "unit": "celsius"})]
    assert _made(_call("Send an email to 'ann@example.com'")) == [("send_email", {"to": "ann@example.com"})]


def test_it_calls_once_per_subject_unless_told_not_to() -> None:
    both = "Compare the weather of Paris and London in celsius"
    assert [arguments["city"] for _, arguments in _made(_call(both))] == ["Paris", "London"]
    assert len(_made(_call(both, parallel=False))) == 1


@pytest.mark.parametrize("call", [_call("What is 2+2?"), _call(_PARIS, choice="none"), _call(_PARIS, answered=True)])
def test_it_speaks_where_no_call_is_wanted(call: ChatCall) -> None:
    assert _made(call) == []


def test_it_calls_what_it_is_forced_to() -> None:
    assert [name for name, _ in _made(_call("Hello", choice="send_email"))] == ["send_email"]
    assert len(_made(_call("Hello", choice="required"))) == 1


def test_it_fills_nested_arguments() -> None:
    schema: dict[str, object] = {
        "type": "object",
        "properties": {
            "order": {
                "type": "object",
                "properties": {
                    "count": {"type": "integer"},
                    "express": {"type": "boolean"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
            "note": {"type": ["string", "null"]},
            "kind": {"const": "book"},
        },
        "required": ["order", "kind"],
    }
    call = ChatCall(
        model="m",
        prompt="Order 3 books for Ann",
        streamed=False,
        budget=99,
        include_usage=False,
        choice="required",
        parallel=True,
        tools=(Tool(name="order_books", schema=schema),),
        answered=False,
        parameters={},
    )
    assert _made(call)[0][1] == {"order": {"count": 3, "express": True, "tags": ["Ann"]}, "kind": "book"}


async def test_it_streams_calls_in_the_openai_shape_with_the_vendors_ids(zoo: Zoo) -> None:
    answered = await chat(zoo, "moonshot", "kimi-k2.6", prompt=_PARIS, tools=_OPENAI_TOOLS, thinking={"type": "disabled"})
    choices = [choice for event in answered.events[:-1] for choice in event["choices"]]
    parts: list[Any] = [part for choice in choices for part in choice["delta"].get("tool_calls", [])]
    assert (parts[0]["id"], parts[0]["function"]["name"]) == ("functions.get_weather:0", "get_weather")
    assert json.loads("".join(part["function"]["arguments"] for part in parts)) == {"city": "Paris", "unit": "celsius"}
    assert choices[-1]["finish_reason"] == "tool_calls"


async def test_it_calls_in_the_anthropic_shape(zoo: Zoo) -> None:
    answered = await chat(zoo, "anthropic", "claude-haiku-4-5", stream=False, prompt=_PARIS, tools=_ANTHROPIC_TOOLS)
    block = answered.json["content"][-1]
    assert (block["type"], block["name"], block["input"]) == ("tool_use", "get_weather", {"city": "Paris", "unit": "celsius"})
    assert (block["id"][:6], answered.json["stop_reason"]) == ("toolu_", "tool_use")


async def _message(zoo: Zoo, row: str, prompt: str = _PARIS) -> dict[str, Any]:
    answered = await chat(zoo, "together", f"fault-{row}", stream=False, prompt=prompt, tools=_OPENAI_TOOLS)
    choice: dict[str, Any] = answered.json["choices"][0]
    return choice


async def test_it_breaks_calls_as_each_row_says(zoo: Zoo) -> None:
    def calls(choice: dict[str, Any]) -> list[Any]:
        found: list[Any] = choice["message"].get("tool_calls", [])
        return found

    stop = await _message(zoo, "70")
    assert (len(calls(stop)), stop["finish_reason"]) == (1, "stop")
    none = await _message(zoo, "71")
    assert (len(calls(none)), none["finish_reason"]) == (0, "tool_calls")
    assert "<|tool_call_argument_begin|>" in (await _message(zoo, "79"))["message"]["content"]
    assert '```json\n{"name":"get_weather"' in (await _message(zoo, "80"))["message"]["content"]
    with pytest.raises(json.JSONDecodeError):
        json.loads(calls(await _message(zoo, "81"))[0]["function"]["arguments"])
    assert "city" not in calls(await _message(zoo, "82"))[0]["function"]["arguments"]
    assert calls(await _message(zoo, "83"))[0]["function"]["name"] == "launch_rocket"
    assert calls(await _message(zoo, "84")) == []
    assert len(calls(await _message(zoo, "84", prompt="What is 2+2?"))) == 1
    assert len(calls(await _message(zoo, "85", prompt="The weather of Paris and London in celsius"))) == 1
    same = calls(await _message(zoo, "85;variant=same-id", prompt="The weather of Paris and London in celsius"))
    assert len({call["id"] for call in same}) < len(same)
    assert calls(await _message(zoo, "86"))[0]["id"] == ""
