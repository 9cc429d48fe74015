"""The zoo takes calls and results back as strictly as vendors do, and calls well as often as it is told to."""

from typing import Any

import pytest

from statuspage.zoo.answer import reply_text
from statuspage.zoo.fault import FaultError, read_fault
from statuspage.zoo.toolcalls import told_in_text
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import Answered, chat

_TOOL: dict[str, Any] = {"type": "function", "function": {"name": "find", "parameters": {"type": "object", "properties": {}}}}


def _messages(call_id: str, result_id: str, **more: object) -> list[object]:
    call = {"id": call_id, "type": "function", "function": {"name": "find", "arguments": "{}"}}
    return [
        {"role": "user", "content": "Find it."},
        {"role": "assistant", "content": None, "tool_calls": [call], **more},
        {"role": "tool", "tool_call_id": result_id, "content": "found"},
    ]


async def _sent_back(model_id: str, messages: list[object]) -> Answered:
    async with Zoo() as zoo:
        return await chat(zoo, "moonshot", model_id, stream=False, messages=messages, tools=[_TOOL], max_tokens=500)


async def test_a_result_needs_the_id_of_its_call() -> None:
    assert (await _sent_back("kimi-k2.6", _messages("a", "a", reasoning_content="hm"))).status == 200
    for call_id, result_id in (("a", "b"), ("", "")):
        refused = await _sent_back("kimi-k2.6", _messages(call_id, result_id, reasoning_content="hm"))
        assert (refused.status, "tool_call_id" in refused.error["message"]) == (400, True)


async def test_a_thinking_model_wants_its_reasoning_back() -> None:
    assert (await _sent_back("kimi-k3", _messages("a", "a", reasoning_content="hm"))).status == 200
    refused = await _sent_back("kimi-k3", _messages("a", "a"))
    assert (refused.status, "reasoning_content is missing" in refused.error["message"]) == (400, True)


def test_it_writes_a_call_into_text_where_it_is_told_to() -> None:
    schema = '{"type": "object", "properties": {"c": {"type": "string"}}}'
    told = f'The weather of "Oslo"? Answer in JSON. Function: {{"name": "w", "parameters": {schema}}}'
    assert told_in_text(told) == '{"name":"w","arguments":{"c":"Oslo"}}'
    for plain in ("Function: none", "Function: {broken", "Say a word", 'Function: {"no": "name"}'):
        assert told_in_text(plain) is None
    assert reply_text("Say a word") == "OK"


async def test_a_fault_may_strike_a_share_of_the_requests() -> None:
    async with Zoo(seed=5) as zoo:
        statuses = [(await chat(zoo, "together", "fault-55;rate=0.3")).status for _ in range(200)]
    assert 40 <= statuses.count(500) <= 80


@pytest.mark.parametrize("rate", ["2", "-1", "x", "", "1.5", "nan"])
def test_a_rate_that_is_none_is_said_so(rate: str) -> None:
    with pytest.raises(FaultError, match="not a number from 0 to 1"):
        read_fault(f"55;rate={rate}")
