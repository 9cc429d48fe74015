"""Calls are put together from pieces as clients do it, in both dialects."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.outbound.sse import SseEvent
from statuspage.probes.dialects.registry import DIALECTS
from statuspage.vendors.wire.answer import Answer, Reader
from statuspage.vendors.wire.calls import Gathering


def _read(reader: Reader, *events: object) -> Answer:
    for event in events:
        reader.event(SseEvent(name=b"", data=msgspec.json.encode(event)))
    return reader.answer()


def _openai(*parts: dict[str, object]) -> Answer:
    return _read(DIALECTS["openai"].reader(), *({"choices": [{"index": 0, "delta": {"tool_calls": [part]}}]} for part in parts))


def _anthropic(*events: dict[str, object]) -> Answer:
    return _read(DIALECTS["anthropic"].reader(), {"type": "message_start", "message": {}}, *events)


@given(arguments=st.text(max_size=40), cuts=st.lists(st.integers(0, 40), max_size=5))
def test_streamed_arguments_come_out_whole_however_they_were_cut(arguments: str, cuts: list[int]) -> None:
    at = [0, *sorted(min(cut, len(arguments)) for cut in cuts), len(arguments)]
    pieces = [arguments[start:end] for start, end in pairwise(at)]
    first: dict[str, object] = {"index": 0, "id": "c1", "function": {"name": "f", "arguments": ""}}
    answer = _openai(first, *({"index": 0, "function": {"arguments": piece}} for piece in pieces))
    assert [(call.id, call.name, call.arguments) for call in answer.calls] == [("c1", "f", arguments)]
    block: dict[str, object] = {
        "type": "content_block_start",
        "index": 1,
        "content_block": {"type": "tool_use", "id": "c1", "name": "f", "input": {}},
    }
    deltas = (
        {"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": piece}}
        for piece in pieces
    )
    answer = _anthropic(block, *deltas)
    assert [(call.id, call.name, call.arguments) for call in answer.calls] == [("c1", "f", arguments)]


def test_pieces_of_two_calls_may_alternate() -> None:
    answer = _openai(
        {"index": 0, "id": "c1", "function": {"name": "f", "arguments": '{"a"'}},
        {"index": 1, "id": "c2", "function": {"name": "g", "arguments": '{"b"'}},
        {"index": 0, "function": {"arguments": ":1}"}},
        {"index": 1, "function": {"arguments": ":2}"}},
    )
    assert [(call.name, call.arguments) for call in answer.calls] == [("f", '{"a":1}'), ("g", '{"b":2}')]


def test_two_calls_in_one_place_are_seen() -> None:
    answer = _openai(
        {"index": 0, "id": "c1", "function": {"name": "f", "arguments": "{}"}},
        {"index": 0, "id": "c2", "function": {"name": "g", "arguments": "{}"}},
    )
    assert [(call.name, call.shared_place) for call in answer.calls] == [("f", False), ("g", True)]


def test_pieces_without_an_index_go_on_with_the_last_call() -> None:
    answer = _openai(
        {"id": "c1", "function": {"name": "f", "arguments": "{"}},
        {"function": {"arguments": "}"}},
        {"id": "c2", "function": {"name": "g", "arguments": "{}"}},
    )
    assert [(call.id, call.arguments) for call in answer.calls] == [("c1", "{}"), ("c2", "{}")]


def test_reasoning_is_kept_under_the_name_it_came_by() -> None:
    chunk = {"choices": [{"delta": {"reasoning": "Paris, "}}]}
    answer = _read(DIALECTS["openai"].reader(), chunk, chunk)
    assert (answer.reasoning, answer.reasoning_field) == ("Paris, Paris, ", "reasoning")
    thinking = {"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": "Paris"}}
    signed = {"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "em9v"}}
    answer = _anthropic(thinking, signed)
    assert (answer.reasoning, answer.signature) == ("Paris", "em9v")


@pytest.mark.parametrize("part", [{}, {"function": None}, {"index": "x", "function": {"arguments": 5}}, {"index": -1, "id": 7}])
def test_no_piece_breaks_it(part: dict[str, object]) -> None:
    gathering = Gathering()
    gathering.openai(part)
    gathering.openai(part)
    assert all(isinstance(call.arguments, str) for call in gathering.calls())


def test_an_endless_list_of_calls_is_cut() -> None:
    gathering = Gathering()
    for at in range(1_000):
        gathering.openai({"index": at, "id": str(at), "function": {"name": "f", "arguments": "{}"}})
    assert len(gathering.calls()) == 64
