import asyncio

import pytest

from statuspage.zoo.account import Account, account_of
from statuspage.zoo.reply import Reply
from statuspage.zoo.vendors.registry import SIMULATED
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import chat, get
from tests.zoo.conftest import HandClock

_KEYED = [prefix for prefix, vendor in SIMULATED.items() if not vendor.key_optional]


@pytest.mark.parametrize("prefix", _KEYED)
@pytest.mark.parametrize("key", ["sk-invalid-1", None])
async def test_it_refuses_a_missing_or_invalid_key_everywhere(zoo: Zoo, prefix: str, key: str | None) -> None:
    assert (await get(zoo, prefix, key=key)).status == 401
    assert (await chat(zoo, prefix, SIMULATED[prefix].species[0].id, key=key)).status == 401


@pytest.mark.parametrize(
    "prefix,key,status",
    [
        ("moonshot", "cn-sk-1", 401),
        ("moonshot-cn", "cn-sk-1", 200),
        ("moonshot", "ai-sk-1", 200),
        ("moonshot-cn", "ai-sk-1", 401),
        ("moonshot", "kimi-sk-1", 401),
        ("kimi-code", "kimi-sk-1", 200),
        ("moonshot", "sk-acne-1", 200),
    ],
)
async def test_it_accepts_a_key_only_at_the_surface_it_names(zoo: Zoo, prefix: str, key: str, status: int) -> None:
    answered = await get(zoo, prefix, key=key)
    assert answered.status == status
    if status == 401:
        assert answered.error == {"message": "Invalid Authentication", "type": "invalid_authentication_error"}


async def test_a_bad_key_is_bad_at_the_sibling_too_and_a_key_of_another_region_is_not(zoo: Zoo) -> None:
    assert (await chat(zoo, "moonshot", "fault-39")).status == 401
    assert (await get(zoo, "moonshot-cn")).status == 401
    assert (await get(zoo, "moonshot-cn")).status == 200
    assert (await chat(zoo, "moonshot", "fault-40")).status == 401
    assert (await get(zoo, "moonshot-cn")).status == 200


async def test_tier_zero_has_three_requests_a_minute(zoo: Zoo, clock: HandClock) -> None:
    async def ask() -> int:
        return (await chat(zoo, "moonshot", "kimi-k3", key="sk-tier0-a", max_tokens=16)).status

    assert [await ask() for _ in range(4)] == [200, 200, 200, 429]
    clock.advance(45)
    refused = await chat(zoo, "moonshot", "kimi-k3", key="sk-tier0-a")
    assert refused.error["type"] == "rate_limit_reached_error"
    assert "max RPM: 3, please try again after 15 seconds" in refused.error["message"]
    assert (await chat(zoo, "moonshot", "kimi-k3", key="sk-tier0-b")).status == 200
    clock.advance(15)
    assert await ask() == 200


async def test_tier_zero_answers_one_request_at_a_time() -> None:
    async with Zoo(pace=0.5) as zoo:
        first = asyncio.create_task(chat(zoo, "moonshot", "kimi-k3", key="sk-tier0-a", max_tokens=16))
        while not zoo.asked:  # noqa: ASYNC110 - the zoo tells nobody when it begins to answer
            await asyncio.sleep(0)
        second = await chat(zoo, "moonshot", "kimi-k3", key="sk-tier0-a", max_tokens=16)
        assert "max concurrency: 1" in second.error["message"]
        assert (await first).status == 200


def test_a_seat_is_free_again_when_the_reply_is_dropped() -> None:
    account = account_of("sk-tier0")
    reply: Reply = account.seat((b"a", b"b"), now_s=0.0)
    steps = iter(reply)
    assert account.in_flight == 0
    assert next(steps) == b"a"
    assert account.in_flight == 1
    steps.close()  # type: ignore[attr-defined]
    assert account.in_flight == 0


async def test_a_free_plan_ends_after_fifty_requests_of_the_day(zoo: Zoo, clock: HandClock) -> None:
    for _ in range(50):
        assert (await chat(zoo, "openrouter", "moonshotai/kimi-k2.6:free", key="sk-free")).status == 200
        clock.advance(10)
    refused = await chat(zoo, "openrouter", "moonshotai/kimi-k2.6:free", key="sk-free")
    assert refused.status == 429
    assert refused.error["metadata"]["free_model_daily_requests"]["remaining"] == 0


@pytest.mark.parametrize(
    "prefix,status,fragment",
    [
        ("moonshot", 429, "exceeded_current_quota_error"),
        ("openrouter", 402, "Insufficient credits"),
        ("openai", 429, "insufficient_quota"),
        ("deepseek", 402, "Insufficient Balance"),
        ("fireworks", 412, "suspended"),
        ("anthropic", 429, "enforced_spend_limit_reached"),
        ("together", 402, "credit_limit"),
    ],
)
async def test_a_broke_account_lists_models_and_is_refused_in_the_vendors_words(
    zoo: Zoo, prefix: str, status: int, fragment: str
) -> None:
    assert (await get(zoo, prefix, key="sk-broke-1")).status == 200
    bound = {"max_tokens": None, "max_completion_tokens": 16} if prefix == "openai" else {}
    refused = await chat(zoo, prefix, SIMULATED[prefix].species[0].id, key="sk-broke-1", more=bound)
    assert (refused.status, fragment in refused.text) == (status, True)


def test_an_account_without_a_tier_is_unlimited() -> None:
    account: Account = account_of("sk-plain")
    assert all(account.refusal(now_s=0.0) is None and account.seat((), now_s=0.0) == () for _ in range(5_000))
