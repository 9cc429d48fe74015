"""What a chat answer is worth, as it comes over the wire in OpenAI's dialect."""

import json

import pytest

from statuspage.domain.spending import Rate
from tests.probes.asking import probed
from tests.wire import DONE, GOOD, SSE_HEAD, chunk, event, hanging, resetting, response, sending

ROLE = chunk({"role": "assistant", "content": ""})
WORD = chunk({"content": "pong"})
THOUGHT = chunk({"reasoning_content": "The user wants"})
STOP = chunk({}, "stop")
CALL = chunk({"tool_calls": [{"index": 0}]})
HIDDEN = {"completion_tokens": 16, "completion_tokens_details": {"reasoning_tokens": 16}}
OVERLOADED = {"message": "The engine is currently overloaded", "type": "engine_overloaded_error"}
GAVE_UP = {"error": {"message": "Provider disconnected", "code": 502}, "choices": [{"finish_reason": "error"}]}
NETWORK_ERROR = {"choices": [{"delta": {}, "finish_reason": "stop", "native_finish_reason": "network_error"}]}
OUT_OF_QUOTA = {"message": "You exceeded your current token quota", "type": "exceeded_current_quota_error"}
USAGE = event({"id": "1", "model": "m", "choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 3}})


def _whole(message: dict[str, object], finish: str | None = "stop", **more: object) -> bytes:
    return response(
        200, {"id": "1", "model": "m", "choices": [{"index": 0, "message": message, "finish_reason": finish}], **more}
    )


STREAMS: dict[str, tuple[tuple[bytes, ...], str]] = {
    "good": (GOOD, "ok"),
    "usage after the end": ((ROLE, WORD, STOP, USAGE, DONE), "ok"),
    "66 thinking ate the budget": ((ROLE, THOUGHT, chunk({}, "length"), DONE), "reasoning_only"),
    "66 thinking unseen": ((ROLE, chunk({}, "length", usage=HIDDEN), DONE), "reasoning_only"),
    "66 under another name": ((chunk({"reasoning": "Hm"}), chunk({}, "length"), DONE), "reasoning_only"),
    "cut at the bound": ((ROLE, WORD, chunk({}, "length"), DONE), "ok"),
    "[DONE] missing after the finish reason": ((ROLE, WORD, STOP), "ok"),
    "68 both missing": ((ROLE, WORD), "truncated_stream"),
    "68 cut in an event": ((ROLE, WORD, b'data: {"choices": [{"de'), "truncated_stream"),
    "68 only comments": ((b": OPENROUTER PROCESSING\n\n",), "truncated_stream"),
    "69 finish reason missing": ((ROLE, WORD, DONE), "finish_mismatch"),
    "64 nothing but [DONE]": ((DONE,), "empty_body"),
    "64 no choice": ((event({"choices": []}), event({"choices": None}), DONE), "empty_body"),
    "65 no word": ((ROLE, STOP, DONE), "empty_completion"),
    "65 network error": ((ROLE, event(NETWORK_ERROR), DONE),
                         "empty_completion"),
    "51 filtered": ((ROLE, chunk({}, "content_filter"), DONE), "content_filtered"),
    "62 overload": ((ROLE, event({"error": OVERLOADED})), "engine_overloaded"),
    "62 after content": ((ROLE, WORD, event(GAVE_UP)),
                         "bad_gateway"),
    "62 as Groq says it": ((ROLE, chunk({}, x_groq={"error": "over capacity"})), "engine_overloaded"),
    "62 unknown": ((ROLE, event({"error": {"message": "boom"}})), "error_in_stream"),
    "62 a bare word": ((ROLE, event({"error": "boom"})), "error_in_stream"),
    "62 by event name": ((b'event: error\ndata: {"message": "You exceeded your current quota"}\n\n',), "quota_exhausted"),
    "61 finish error": ((ROLE, chunk({}, "error"), DONE), "error_in_stream"),
    "deepseek ran out": ((ROLE, WORD, chunk({}, "insufficient_system_resource"), DONE), "engine_overloaded"),
    "72 no JSON": ((ROLE, b"data: {nonsense}\n\n", STOP, DONE), "malformed_stream"),
    "72 doubled data": ((b"data: data: {}\n\n", DONE), "malformed_stream"),
    "72 NaN": ((b'data: {"choices": [{"delta": {"content": NaN}}]}\n\n', DONE), "malformed_stream"),
    "72 broken UTF-8": ((b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n', DONE), "malformed_stream"),
    "72 a lone surrogate": ((b'data: {"choices": [{"delta": {"content": "\\ud800"}}]}\n\n', DONE), "malformed_stream"),
    "72 no object": ((b"data: [1, 2]\n\n", DONE), "malformed_stream"),
    "72 too deep": ((b"data: " + b"[" * 50_000 + b"]" * 50_000 + b"\n\n", DONE), "malformed_stream"),
    "70 a call nobody asked for": ((ROLE, CALL, chunk({}, "tool_calls"), DONE), "finish_mismatch"),
    "75 another model": ((chunk({"content": "pong"}, model="other"), chunk({}, "stop", model="other"), DONE), "wrong_model"),
    "74 absurd usage": ((ROLE, WORD, chunk({}, "stop", usage={"prompt_tokens": -5, "completion_tokens": 1e300}), DONE), "ok"),
    "odd shapes": ((*(event({"choices": odd}) for odd in ([None], [{"delta": [1]}], "x", 5)), WORD, STOP, DONE), "ok"),
    "far too much": ((ROLE, *[chunk({"content": "word "})] * 200, STOP, DONE), "malformed_stream"),
    "far too many thoughts": ((ROLE, *[chunk({"reasoning_content": "word "})] * 200, STOP, DONE), "malformed_stream"),
}  # fmt: skip


@pytest.mark.parametrize("name", STREAMS)
async def test_it_judges_a_stream(name: str) -> None:
    pieces, class_name = STREAMS[name]
    sample = await probed(sending(SSE_HEAD, *pieces))
    assert sample.class_name == class_name
    assert sample.http_status == 200


BODIES: dict[str, tuple[bytes, str]] = {
    "73 in one piece": (_whole({"content": "pong"}, usage={"prompt_tokens": 1, "completion_tokens": 1}), "not_streamed"),
    "66 in one piece": (_whole({"content": "", "reasoning_content": "Hm"}, "length"), "reasoning_only"),
    "69 in one piece": (_whole({"content": "pong"}, None), "finish_mismatch"),
    "65 in one piece": (_whole({"content": ""}), "empty_completion"),
    "65 null": (_whole({"content": None}), "empty_completion"),
    "64 nothing": (response(200, b""), "empty_body"),
    "64 whitespace": (response(200, b"  \n\n"), "empty_body"),
    "64 null choices": (response(200, {"choices": None}), "empty_body"),
    "64 no choices": (response(200, {"choices": []}), "empty_body"),
    "64 null": (response(200, b"null"), "empty_body"),
    "64 empty object": (response(200, b"{}"), "empty_body"),
    "61 quota": (
        response(200, {"error": OUT_OF_QUOTA}),
        "quota_exhausted",
    ),
    "61 unknown": (response(200, {"error": {"message": "boom"}}), "error_in_body"),
    "61 finish error": (_whole({"content": ""}, "error"), "error_in_body"),
    "61 without wrapping": (response(200, {"code": 1113, "message": "账户余额不足", "success": False}), "quota_exhausted"),
    "63 a page": (response(200, "<!doctype html><html><title>Sign in</title></html>", content_type="text/html"), "html_in_200"),
    "63 a page that says it is JSON": (response(200, "<html></html>"), "html_in_200"),
    "44 a challenge": (response(200, "<html><title>Just a moment...</title></html>", content_type="text/html"), "waf_blocked"),
    "no JSON": (response(200, b"{nonsense"), "malformed_stream"),
    "no choices at all": (response(200, {"hello": "world"}), "malformed_stream"),
    "a list": (response(200, [1, 2, 3]), "malformed_stream"),
    "plain text": (response(200, "It works!", content_type="text/plain"), "malformed_stream"),
    "binary": (response(200, bytes(range(256)) * 10, content_type="application/octet-stream"), "malformed_stream"),
    "cut": (response(200, b'{"choices": [{"mess', content_length="500"), "truncated_stream"),
    "ten megabytes": (response(200, b'{"a": "' + b"x" * 10_000_000 + b'"}'), "malformed_stream"),
    "a stream without its type": (response(200, b"".join(GOOD), content_type="text/plain"), "ok"),
}


@pytest.mark.parametrize("name", BODIES)
async def test_it_judges_a_body(name: str) -> None:
    raw, class_name = BODIES[name]
    assert (await probed(sending(raw))).class_name == class_name


async def test_it_names_silence_by_the_phase_it_came_in() -> None:
    classes = {
        "header_timeout": (),
        "first_event_timeout": (SSE_HEAD, b": ping\n\n"),
        "stalled_stream": (SSE_HEAD, ROLE, WORD),
    }
    for class_name, pieces in classes.items():
        assert (await probed(hanging(*pieces), timeout_s=0.25)).class_name == class_name


async def test_it_takes_an_answer_for_whole_once_it_said_how_it_ends() -> None:
    for script in (hanging(SSE_HEAD, ROLE, WORD, STOP), resetting(SSE_HEAD, ROLE, WORD, STOP)):
        sample = await probed(script, timeout_s=0.25)
        assert sample.class_name == "ok"
        assert sample.message is not None
        assert "not marked" in sample.message


async def test_it_names_a_reset_in_mid_answer() -> None:
    assert (await probed(resetting(SSE_HEAD, ROLE, WORD))).class_name == "stream_reset"


async def test_it_judges_an_error_whose_body_never_ends_by_its_status() -> None:
    sample = await probed(hanging(b"HTTP/1.1 503 X\r\nContent-Type: application/json\r\n\r\n{"), timeout_s=0.25)
    assert (sample.class_name, sample.http_status) == ("bad_gateway", 503)


async def test_it_keeps_no_more_of_an_error_than_it_needs() -> None:
    sample = await probed(sending(response(500, b"x" * 900_000, content_type="text/plain")))
    assert sample.class_name == "server_error"
    assert len((sample.evidence or "").encode()) <= 1024


async def test_it_compares_the_answer_only_when_told() -> None:
    assert (await probed(sending(SSE_HEAD, *GOOD), expect="PONG")).class_name == "ok"
    assert (await probed(sending(SSE_HEAD, *GOOD), expect="ping")).class_name == "wrong_answer"


async def test_it_counts_nothing_that_came_from_a_cache() -> None:
    head = SSE_HEAD.replace(b"\r\n\r\n", b"\r\nX-OpenRouter-Cache: HIT\r\n\r\n")
    assert (await probed(sending(head, *GOOD))).class_name == "served_from_cache"


async def test_it_counts_nothing_that_another_upstream_answered() -> None:
    pieces = (chunk({"content": "pong"}, provider="Chutes"), STOP, DONE)
    elsewhere = await probed(sending(SSE_HEAD, *pieces), vendor="openrouter", route_only=("novita",))
    assert (elsewhere.class_name, elsewhere.served_by) == ("routed_elsewhere", "Chutes")
    pinned = await probed(sending(SSE_HEAD, *pieces), vendor="openrouter", route_only=("chutes/fp8",))
    assert pinned.class_name == "ok"


async def test_an_upstreams_error_is_its_own_and_says_nothing_of_a_pinned_one() -> None:
    error = {"message": "Provider returned error", "code": 502, "metadata": {"provider_name": "Chutes", "raw": "overloaded"}}
    for script in (sending(response(502, {"error": error})), sending(SSE_HEAD, ROLE, event({"error": error}))):
        free = await probed(script, vendor="openrouter")
        assert (free.class_name, free.fault, free.served_by) == ("engine_overloaded", "provider", "Chutes")
        pinned = await probed(script, vendor="openrouter", route_only=("novita",))
        assert (pinned.class_name, pinned.fault, pinned.served_by) == ("routed_elsewhere", "monitor", "Chutes")


async def test_it_keeps_the_figures_it_was_given() -> None:
    head = SSE_HEAD.replace(b"\r\n\r\n", b"\r\nMsh-Request-Id: req-1\r\n\r\n")
    sample = await probed(sending(head, ROLE, THOUGHT, WORD, STOP, USAGE, DONE), rate=Rate(input_usd=1.0, output_usd=10.0))
    assert (sample.tokens.input, sample.tokens.output, sample.tokens.reasoning) == (12, 3, None)
    assert sample.cost_usd == pytest.approx(42e-6)
    assert (sample.served_model, sample.request_id, sample.thinking) == ("m", "req-1", True)


async def test_it_says_unknown_and_never_zero() -> None:
    sample = await probed(sending(SSE_HEAD, *GOOD), rate=Rate(input_usd=1.0, output_usd=10.0))
    assert (sample.tokens.input, sample.cost_usd, sample.timings_ms.tls, sample.retry_after_s) == (None, None, None, None)


async def test_it_takes_usage_out_of_the_choice_too() -> None:
    last = event({"choices": [{"delta": {}, "finish_reason": "stop", "usage": {"prompt_tokens": 9, "completion_tokens": 2}}]})
    assert (await probed(sending(SSE_HEAD, ROLE, WORD, last, DONE))).tokens.input == 9


async def test_it_times_the_phases_in_order() -> None:
    timings = (await probed(sending(SSE_HEAD, *GOOD))).timings_ms
    marks = [timings.resolve, timings.connect, timings.headers, timings.first_event, timings.first_content, timings.total]
    known = [mark for mark in marks if mark is not None]
    assert len(known) == len(marks)
    assert known == sorted(known)


async def test_it_knows_no_first_content_of_an_answer_in_one_piece() -> None:
    timings = (await probed(sending(_whole({"content": "pong"})))).timings_ms
    assert (timings.first_event, timings.first_content, timings.max_gap) == (None, None, None)


async def test_it_shows_nothing_secret_of_an_error() -> None:
    text = (
        "Your account org-0123456789abcdef<ak-fedcba9876543210> is suspended; key sk-made-up-0123456789abcdef, mail a@b.example"
    )
    sample = await probed(
        sending(response(429, {"error": {"message": text, "type": "exceeded_current_quota_error"}})), vendor="moonshot"
    )
    shown = json.dumps([sample.message, sample.advice, sample.evidence, sample.error_type, sample.served_model])
    assert sample.class_name == "quota_exhausted"
    for secret in ("0123456789abcdef", "fedcba9876543210", "made-up", "a@b.example"):
        assert secret not in shown
