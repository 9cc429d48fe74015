"""An error inside a good status takes its inner class, however it is wrapped, in either dialect (rows 61 and 62)."""

from typing import Any

import pytest

from tests.probes.asking import probed
from tests.vendors.corpus import CASES
from tests.wire import SSE_HEAD, event, response, sending

INSIDE = [(vendor, case) for vendor, case in CASES if case.get("where") and "json" in case]
STREAMED = [(vendor, case) for vendor, case in INSIDE if case["where"] == "stream"]
WHOLE = [(vendor, case) for vendor, case in INSIDE if case["where"] == "body"]


@pytest.mark.parametrize("vendor,case", STREAMED, ids=[f"{vendor}: {case['row']}" for vendor, case in STREAMED])
async def test_it_tells_an_error_event(vendor: str, case: dict[str, Any]) -> None:
    sample = await probed(sending(SSE_HEAD, event(case["json"])), vendor=vendor)
    assert (sample.class_name, sample.fault, sample.http_status) == (case["class"], case["fault"], 200)


@pytest.mark.parametrize("vendor,case", WHOLE, ids=[f"{vendor}: {case['row']}" for vendor, case in WHOLE])
async def test_it_tells_an_error_in_the_answers_place(vendor: str, case: dict[str, Any]) -> None:
    sample = await probed(sending(response(200, case["json"])), vendor=vendor)
    assert (sample.class_name, sample.fault) == (case["class"], case["fault"])


WRAPPINGS: dict[str, dict[str, Any] | list[Any]] = {
    "OpenAI's": {"error": {"message": "You exceeded your current quota", "type": "insufficient_quota"}},
    "Anthropic's": {"type": "error", "error": {"type": "rate_limit_error", "message": "Your credit balance is too low"}},
    "a string": {"error": "You exceeded your current quota"},
    "a list of errors": {"errors": [{"message": "You exceeded your current quota", "code": 1}], "success": False},
    "an array": [{"error": {"code": 429, "message": "Your prepayment credits are depleted", "status": "RESOURCE_EXHAUSTED"}}],
    "code and msg": {"code": 1113, "msg": "账户余额不足"},
    "base_resp": {"choices": None, "base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}},
    "Response.Error": {"Response": {"Error": {"Code": "X", "Message": "insufficient balance"}, "RequestId": "r"}},
    "vLLM's": {"object": "error", "message": "You exceeded your current quota", "type": "x", "code": 429},
    "detail": {"detail": "You exceeded your current quota"},
    "error_code": {"error_code": 19, "error_msg": "insufficient balance"},
    "in the choice": {
        "choices": [{"finish_reason": "error", "error": {"code": 429, "message": "-", "type": "insufficient_quota"}}]
    },
    "beside an answer": {"error": {"message": "insufficient credits"}, "choices": [{"message": {"content": ""}}], "content": []},
}


@pytest.mark.parametrize("vendor", ["openai-compatible", "anthropic-compatible"])
@pytest.mark.parametrize("wrapping", WRAPPINGS)
async def test_every_wrapping_is_read_in_every_dialect(wrapping: str, vendor: str) -> None:
    sample = await probed(sending(response(200, WRAPPINGS[wrapping])), vendor=vendor)
    assert (sample.class_name, sample.fault) == ("quota_exhausted", "account")


@pytest.mark.parametrize("wrapping", [name for name in WRAPPINGS if name != "an array"])
async def test_every_wrapping_is_read_as_an_event_too(wrapping: str) -> None:
    sample = await probed(sending(SSE_HEAD, event(WRAPPINGS[wrapping])))
    assert sample.class_name == "quota_exhausted"


async def test_an_error_that_says_success_is_none() -> None:
    choice = {"index": 0, "message": {"content": "pong"}, "finish_reason": "stop"}
    body = {"model": "m", "choices": [choice], "error": {"code": 0, "message": "Success"}, "base_resp": {"status_code": 0}}
    assert (await probed(sending(response(200, body)))).class_name == "not_streamed"


async def test_json_that_calls_itself_a_page_is_read_as_json() -> None:
    body = response(200, {"error": {"message": "You exceeded your current quota"}}, content_type="text/html; charset=utf-8")
    assert (await probed(sending(body))).class_name == "quota_exhausted"


async def test_a_few_plain_words_are_heard_where_they_are_an_errors() -> None:
    told = await probed(sending(response(200, "Too many requests, please slow down", content_type="text/plain")))
    assert (told.class_name, told.confident) == ("rate_limited", False)
    prose = await probed(sending(response(200, "It works!", content_type="text/plain")))
    assert prose.class_name == "malformed_stream"
