"""Anthropic's dialect over the wire."""

import json

import pytest

from statuspage.domain.words import ProbeKind
from statuspage.probes.probe import run
from tests.probes.asking import KEY, context, probed, target_at
from tests.probes.test_chat_flow import Seen
from tests.wire import SSE_HEAD, hanging, response, sending, serving

VENDOR = "anthropic-compatible"


def _event(kind: str, **fields: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


START = _event("message_start", message={"id": "msg_1", "model": "m", "usage": {"input_tokens": 12, "output_tokens": 1}})
BLOCK = _event("content_block_start", index=0, content_block={"type": "text", "text": ""})
PING = _event("ping")
WORD = _event("content_block_delta", index=0, delta={"type": "text_delta", "text": "pong"})
THOUGHT = _event("content_block_delta", index=0, delta={"type": "thinking_delta", "thinking": "Hm"})
END = _event("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 5})
FULL = _event("message_delta", delta={"stop_reason": "max_tokens"}, usage={"output_tokens": 16})
REFUSED = _event("message_delta", delta={"stop_reason": "refusal"})
STOP = _event("message_stop")
OVERLOADED = _event("error", error={"type": "overloaded_error", "message": "Overloaded"})

STREAMS = {
    "good": ((START, BLOCK, PING, WORD, END, STOP), "ok"),
    "cut at the bound": ((START, BLOCK, WORD, FULL, STOP), "ok"),
    "66 thinking": ((START, BLOCK, THOUGHT, FULL, STOP), "reasoning_only"),
    "62 overloaded after 200": ((START, OVERLOADED), "engine_overloaded"),
    "62 overloaded at once": ((OVERLOADED,), "engine_overloaded"),
    "62 in OpenAI's shape": ((b'data: {"error": {"message": "insufficient balance"}}\n\n',), "quota_exhausted"),
    "68 cut": ((START, BLOCK, WORD), "truncated_stream"),
    "message_stop missing": ((START, BLOCK, WORD, END), "ok"),
    "69 no stop reason": ((START, BLOCK, WORD, STOP), "finish_mismatch"),
    "65 no word": ((START, END, STOP), "empty_completion"),
    "64 nothing": ((STOP,), "empty_body"),
    "51 refused": ((START, REFUSED, STOP), "content_filtered"),
    "72 nonsense": ((START, b"event: x\ndata: {oops\n\n"), "malformed_stream"),
    "75 another model": ((_event("message_start", message={"model": "other"}), WORD, END, STOP), "wrong_model"),
    "unknown events": ((START, _event("content_block_stop", index=0), _event("novelty"), WORD, END, STOP), "ok"),
}


@pytest.mark.parametrize("name", STREAMS)
async def test_it_judges_a_stream(name: str) -> None:
    pieces, class_name = STREAMS[name]
    assert (await probed(sending(SSE_HEAD, *pieces), vendor=VENDOR)).class_name == class_name


async def test_it_reads_a_message_in_one_piece() -> None:
    message = {
        "id": "msg_1",
        "type": "message",
        "model": "m",
        "content": [{"type": "text", "text": "pong"}],
        "stop_reason": "end_turn",
    }
    assert (await probed(sending(response(200, message)), vendor=VENDOR)).class_name == "not_streamed"


async def test_it_reads_an_error_in_one_piece() -> None:
    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
    assert (await probed(sending(response(200, error)), vendor=VENDOR)).class_name == "engine_overloaded"


async def test_it_does_not_take_pings_for_an_answer() -> None:
    sample = await probed(hanging(SSE_HEAD, PING, PING), vendor=VENDOR, timeout_s=0.25)
    assert (sample.class_name, sample.timings_ms.first_event) == ("first_event_timeout", None)


async def test_it_counts_tokens() -> None:
    tokens = (await probed(sending(SSE_HEAD, START, WORD, END, STOP), vendor=VENDOR)).tokens
    assert (tokens.input, tokens.output) == (12, 5)


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/"])
async def test_it_takes_a_base_url_with_and_without_v1(path: str) -> None:
    seen = Seen()
    async with serving(seen.script(lambda _line, _body: SSE_HEAD + START + WORD + END + STOP)) as port:
        target = target_at(port, VENDOR, base_url=f"http://127.0.0.1:{port}/api{path}")
        sample = await run(ProbeKind.CHAT, target, context())
    assert sample.class_name == "ok"
    assert seen.lines == ["POST /api/v1/messages"]
    assert seen.bodies[0]["max_tokens"] == 16
    head = seen.heads[0].lower()
    assert "anthropic-version: 2023-06-01" in head
    assert f"x-api-key: {KEY}" in head
