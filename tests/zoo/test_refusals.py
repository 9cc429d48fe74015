"""What each vendor puts on the wire, row by row (reference: the failure taxonomy §3.2)."""

import pytest

from statuspage.zoo.vendors.registry import SIMULATED
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import chat, get

_CASES = [
    ("moonshot", 21, 429, "engine_overloaded_error"),
    ("moonshot", 22, 429, "exceeded_current_quota_error"),
    ("moonshot", "22;variant=tokens", 429, "You exceeded your current token quota"),
    ("moonshot", 23, 429, "max RPM: 3, please try again after 2 seconds"),
    ("moonshot", "23;variant=concurrency", 429, "max concurrency"),
    ("moonshot", "23;variant=tpm", 429, "TPM rate limit"),
    ("moonshot", 24, 429, "TPD rate limit"),
    ("openai", 25, 429, "rate_limit_exceeded"),
    ("openai", 26, 429, "insufficient_quota"),
    ("openai", "26;variant=spend-limit", 429, "project_spend_limit_exceeded"),
    ("openai", 27, 503, "server_is_overloaded"),
    ("openai", "27;variant=slow-down", 429, "slow_down"),
    ("anthropic", 28, 529, "overloaded_error"),
    ("anthropic", 29, 429, "enforced_spend_limit_reached"),
    ("anthropic", "29;variant=credit", 400, "credit balance is too low"),
    ("together", 30, 503, "overloaded"),
    ("together", 31, 429, "dynamic rate limit"),
    ("groq", 32, 498, "capacity exceeded"),
    ("deepseek", 33, 402, "Insufficient Balance"),
    ("openrouter", 33, 402, "Insufficient credits"),
    ("anthropic", 33, 402, "billing_error"),
    ("fireworks", 34, 412, "is suspended"),
    ("openrouter", 35, 429, "is suspended due to insufficient balance"),
    ("openrouter", 36, 429, "rate-limited upstream"),
    ("openrouter", 37, 402, "in_flight_budget_exhausted"),
    ("openrouter", 38, 429, "free_model_daily_requests"),
    ("moonshot", 39, 401, "incorrect_api_key_error"),
    ("anthropic", 39, 401, "authentication_error"),
    ("moonshot", 40, 401, "invalid_authentication_error"),
    ("openai", 41, 401, "invalid_api_key"),
    ("moonshot", 42, 401, "Invalid Authentication"),
    ("moonshot", 43, 403, "permission_denied_error"),
    ("openrouter", "region_blocked", 403, "region_restricted"),
    ("openai", "region_blocked", 403, "unsupported_country_region_territory"),
    ("moonshot", 44, 403, "<title>Just a moment"),
    ("moonshot", 45, 404, "Not found the model fault-45 or Permission denied"),
    ("anthropic", 45, 404, "not_found_error"),
    ("moonshot", 46, 404, "model_deprecated"),
    ("anthropic", 46, 404, "has been retired"),
    ("openrouter", 46, 404, "model_deprecated"),
    ("groq", 46, 400, "model_decommissioned"),
    ("moonshot", 47, 404, "resource_not_found_error"),
    ("openai", 48, 404, '{"detail":"Not Found"}'),
    ("openai", "48;variant=html", 404, "<center>nginx"),
    ("openai", 50, 400, "no longer accepts"),
    ("moonshot", 51, 400, "high risk"),
    ("openai", 52, 408, "error"),
    ("openai", 409, 409, "error"),
    ("openai", "52;variant=425", 425, "error"),
    ("openai", 53, 400, "context_length_exceeded"),
    ("moonshot", 54, 499, "client_closed_request"),
    ("openai", 55, 500, "server_error"),
    ("openai", 56, 502, "<title>502 Bad Gateway"),
    ("openai", "56;variant=503", 503, "<html>"),
    ("openai", "56;variant=json", 503, "service_unavailable"),
    ("openai", "57;wait=1ms", 504, "<title>504 Gateway Time-out"),
    ("openai", "57;variant=524;wait=1ms", 524, "timeout"),
    ("openai", 58, 503, "scheduled maintenance"),
    ("openai", 59, 302, ""),
    ("openai", "59;variant=308", 308, ""),
    ("openai", 60, 500, "exceeded your current quota"),
    ("openai", 11, 407, "Proxy"),
]


@pytest.mark.parametrize("prefix,row,status,fragment", _CASES, ids=[f"{case[0]}-{case[1]}" for case in _CASES])
async def test_it_says_no_in_the_vendors_words(zoo: Zoo, prefix: str, row: int | str, status: int, fragment: str) -> None:
    answered = await chat(zoo, prefix, f"fault-{row}")
    assert (answered.status, answered.broken) == (status, None)
    assert fragment in answered.text.replace("\\", "").replace("};variant", "")


async def test_overload_of_moonshot_has_its_ids_and_no_retry_after(zoo: Zoo) -> None:
    headers = (await chat(zoo, "moonshot", "fault-21")).headers
    assert headers["msh-request-id"]
    assert not {"retry-after", "x-ratelimit-limit", "x-ratelimit-remaining"} & set(headers)


async def test_rate_limits_say_when_to_come_again_where_the_vendor_does(zoo: Zoo) -> None:
    for prefix, row in (("openai", 25), ("anthropic", 25), ("groq", 25), ("openrouter", 37), ("openai", 58)):
        assert int((await chat(zoo, prefix, f"fault-{row}")).headers["retry-after"]) > 0
    assert "retry-after" not in (await chat(zoo, "anthropic", "fault-29")).headers


async def test_a_redirect_names_its_target(zoo: Zoo) -> None:
    assert (await chat(zoo, "openai", "fault-59")).headers["location"].startswith("/login")
    assert (await chat(zoo, "openai", "fault-59;variant=301")).headers["location"].startswith("https://")


async def test_a_refused_parameter_is_always_the_same_one_and_the_rest_is_served_without_it(zoo: Zoo) -> None:
    first = await chat(zoo, "openai", "fault-49", temperature=0.5, top_p=0.5)
    assert (first.status, first.error["param"]) == (400, "temperature")
    assert (await chat(zoo, "openai", "fault-49", top_p=0.5)).status == 200
    assert (await chat(zoo, "openai", "fault-49", temperature=1, top_p=0.5)).status == 400
    chosen = await chat(zoo, "openai", "fault-49;parameter=top_p", temperature=0.5, top_p=0.5)
    assert chosen.error["param"] == "top_p"


async def test_an_unknown_model_is_off_the_list_and_one_not_for_us_is_on_it(zoo: Zoo) -> None:
    for row in (45, 47, 93):
        await chat(zoo, "moonshot", f"fault-{row}")
    listed = {entry["id"] for entry in (await get(zoo, "moonshot")).json["data"]}
    assert listed & {"fault-45", "fault-47", "fault-93"} == {"fault-47", "fault-93"}


async def test_a_route_that_is_gone_is_gone_for_the_list_too(zoo: Zoo) -> None:
    await chat(zoo, "moonshot", "fault-48")
    assert (await get(zoo, "moonshot")).status == 404
    assert (await get(zoo, "moonshot")).status == 200


@pytest.mark.parametrize("prefix", SIMULATED)
async def test_a_retired_model_is_refused_and_unlisted(zoo: Zoo, prefix: str) -> None:
    for species in SIMULATED[prefix].species:
        if species.retired:
            assert (await chat(zoo, prefix, species.id)).status in {400, 404}


async def test_a_quota_text_carries_ids_that_must_be_redacted(zoo: Zoo) -> None:
    message = (await chat(zoo, "moonshot", "fault-22")).error["message"]
    assert "org-" in message
    assert "<ak-" in message
