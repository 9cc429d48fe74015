"""What each vendor's errors mean, case by case."""

from typing import Any

import pytest

from statuspage.vendors.errorbody import ErrorWords, Shape
from statuspage.vendors.evidence import Ask, Pace
from statuspage.vendors.parameters import rejected_parameter
from statuspage.vendors.registry import VENDORS
from tests.vendors.corpus import CASES, classified


def _case(vendor: str, row: str) -> dict[str, Any]:
    return next(case for name, case in CASES if name == vendor and case["row"] == row)


@pytest.mark.parametrize("vendor,case", CASES, ids=[f"{vendor}: {case['row']}" for vendor, case in CASES])
def test_it_names_class_and_fault(vendor: str, case: dict[str, Any]) -> None:
    found = classified(vendor, case)
    assert (found.class_name, found.fault.value, found.confident) == (case["class"], case["fault"], case.get("confident", True))
    assert found.retry == case.get("retry", found.retry)
    assert found.retry_after_s == case.get("retry_after_s", found.retry_after_s)


def test_it_knows_every_vendor_by_a_body() -> None:
    assert {vendor for vendor, _ in CASES} == set(VENDORS)


def test_it_blames_our_own_haste_when_that_explains_the_limit() -> None:
    rpm, concurrency = _case("moonshot", "23 rpm"), _case("moonshot", "23 concurrency")
    assert classified("moonshot", rpm, pace=Pace(last_minute=4)).class_name == "self_throttled"
    assert classified("moonshot", rpm, pace=Pace(last_minute=2)).class_name == "rate_limited"
    assert classified("moonshot", concurrency, pace=Pace(in_flight=2)).class_name == "self_throttled"
    assert classified("moonshot", concurrency, pace=Pace(last_minute=9, in_flight=1)).class_name == "rate_limited"


def test_it_measures_our_haste_by_our_own_ceiling_where_no_limit_is_named() -> None:
    bare = _case("openai-compatible", "429 bare")
    assert classified("openai-compatible", bare, pace=Pace(last_minute=20, rpm=10)).class_name == "self_throttled"
    assert classified("openai-compatible", bare, pace=Pace(last_minute=20)).class_name == "rate_limited"


def test_it_never_takes_overload_or_quota_for_our_haste() -> None:
    hasty = Pace(last_minute=1000, in_flight=50, rpm=1)
    assert classified("moonshot", _case("moonshot", "21"), pace=hasty).class_name == "engine_overloaded"
    assert classified("moonshot", _case("moonshot", "22"), pace=hasty).class_name == "quota_exhausted"


def test_it_says_how_long_to_wait() -> None:
    assert classified("moonshot", _case("moonshot", "23 rpm")).retry_after_s == 12
    assert classified("groq", _case("groq", "24")).retry_after_s == 432.5
    assert classified("openai-compatible", _case("openai-compatible", "gemini minute")).retry_after_s == 34
    assert classified("moonshot", _case("moonshot", "22")).retry_after_s is None


def test_it_says_what_a_client_should_do() -> None:
    assert classified("moonshot", _case("moonshot", "22")).retry == "never"
    assert classified("moonshot", _case("moonshot", "21")).retry == "backoff"
    assert classified("moonshot", _case("moonshot", "23 rpm")).retry == "after"
    assert classified("openrouter", _case("openrouter", "37")).retry == "after"


def test_it_asks_what_one_more_free_question_can_settle() -> None:
    assert classified("moonshot", _case("moonshot", "45")).ask is Ask.MODELS
    assert classified("moonshot", _case("moonshot", "48")).ask is Ask.MODELS
    assert classified("moonshot", _case("moonshot", "39")).ask is Ask.SIBLINGS
    assert classified("moonshot", _case("moonshot", "21")).ask is None


def test_it_names_the_parameter_that_was_rejected() -> None:
    sent = ("max_tokens", "stream", "stream_options")
    assert classified("openai", _case("openai", "49"), sent=sent).parameter == "max_tokens"
    assert classified("openai-compatible", _case("openai-compatible", "fastapi 422"), sent=sent).parameter == "max_tokens"
    assert classified("moonshot", _case("moonshot", "49"), sent=sent).parameter is None


def test_it_does_not_take_a_context_complaint_for_a_parameter() -> None:
    found = classified("openai", _case("openai", "53"), sent=("messages", "max_tokens"))
    assert (found.class_name, found.parameter) == ("contract_changed", None)


DISAGREEING = [
    (
        429,
        "engine_overloaded_error",
        "You exceeded your current token quota, please check your account balance",
        "quota_exhausted",
    ),
    (429, "engine_overloaded_error", "Rate limit reached, please try again after 1 seconds", "rate_limited"),
    (429, "exceeded_current_quota_error", "Too many requests", "rate_limited"),
    (429, "rate_limit_reached_error", "insufficient balance", "quota_exhausted"),
    (429, "rate_limit_reached_error", "server busy", "engine_overloaded"),
    (503, "server_unavailable", "insufficient balance", "quota_exhausted"),
    (500, "server_error", "Not found the model kimi-x or Permission denied", "model_unknown"),
    (503, "server_error", "Incorrect API key provided", "invalid_key"),
    (429, "invalid_request_error", "invalid temperature: only 1 is allowed for this model", "parameter_rejected"),
    (402, "engine_overloaded_error", "The engine is currently overloaded", "engine_overloaded"),
    (401, "incorrect_api_key_error", "Your account is suspended due to insufficient balance", "quota_exhausted"),
    (403, "engine_overloaded_error", "", "engine_overloaded"),
    (500, "exceeded_current_quota_error", "", "quota_exhausted"),
]


@pytest.mark.parametrize("status,kind,text,told", DISAGREEING)
def test_where_words_type_and_status_disagree_the_words_win_without_confidence(
    status: int, kind: str, text: str, told: str
) -> None:
    found = classified("moonshot", {"status": status, "json": {"error": {"message": text, "type": kind}}})
    assert (found.class_name, found.confident) == (told, False)


@pytest.mark.parametrize("text", ["invalid temperature: only 1 is allowed for this model", "Unsupported temperature"])
def test_a_parameter_is_known_by_the_word_before_it(text: str) -> None:
    assert rejected_parameter(ErrorWords(shape=Shape.JSON, text=text), ("stream", "temperature")) == "temperature"


@pytest.mark.parametrize("text", ["invalid request: the temperature of the room", "the stream was invalid"])
def test_a_plain_word_in_a_sentence_is_no_parameter(text: str) -> None:
    assert rejected_parameter(ErrorWords(shape=Shape.JSON, text=text), ("stream", "temperature")) is None
