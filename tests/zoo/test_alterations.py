"""Models of the zoo come, go and change by order."""

import pytest

from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import Answered, chat, client, get


def _entries(answered: Answered) -> dict[str, dict[str, object]]:
    return {entry["id"]: entry for entry in answered.json["data"]}


async def _ordered(zoo: Zoo, **alteration: object) -> int:
    async with client() as asking:
        return (await asking.post(f"{zoo.origin}/_zoo", json={"alter": alteration})).status_code


async def test_it_unlists_and_lists_again_what_goes_on_working(zoo: Zoo) -> None:
    assert await _ordered(zoo, models="moonshot/kimi-k3", listed=False) == 200
    assert "kimi-k3" not in _entries(await get(zoo, "moonshot"))
    assert (await chat(zoo, "moonshot", "kimi-k3")).status == 200
    assert await _ordered(zoo, models="moonshot/kimi-*", listed=True) == 200
    assert "kimi-k3" in _entries(await get(zoo, "moonshot"))


async def test_it_retires_a_model_and_brings_it_back(zoo: Zoo) -> None:
    zoo.alter("moonshot/kimi-k3", retired=True)
    assert "kimi-k3" not in _entries(await get(zoo, "moonshot"))
    assert (await chat(zoo, "moonshot", "kimi-k3")).status == 404
    zoo.alter("moonshot/kimi-k3", retired=False)
    assert (await chat(zoo, "moonshot", "kimi-k3")).status == 200


async def test_it_changes_price_context_last_day_and_alias(zoo: Zoo) -> None:
    zoo.alter("openrouter/moonshotai/kimi-k3", price=[6, 30], context=1000, expiration="2027-01-31", alias_target="a/b")
    entry = _entries(await get(zoo, "openrouter"))["moonshotai/kimi-k3"]
    assert entry["pricing"]["prompt"] == "0.000006"  # type: ignore[index]
    assert (entry["context_length"], entry["expiration_date"], entry["alias_target"]) == (1000, "2027-01-31", "a/b")
    zoo.alter("openrouter/moonshotai/kimi-k3", expiration="", alias_target="")
    entry = _entries(await get(zoo, "openrouter"))["moonshotai/kimi-k3"]
    assert (entry["expiration_date"], entry["alias_target"]) == (None, None)


async def test_it_adds_a_model(zoo: Zoo) -> None:
    zoo.alter("moonshot/kimi-k9")
    assert "kimi-k9" in _entries(await get(zoo, "moonshot"))
    assert (await chat(zoo, "moonshot", "kimi-k9")).status == 200


async def test_a_router_lists_the_upstream_of_a_model(zoo: Zoo) -> None:
    zoo.alter("openrouter/moonshotai/kimi-k3", quantization="int4")
    answered = await get(zoo, "openrouter", "models/moonshotai/kimi-k3/endpoints")
    (upstream,) = answered.json["data"]["endpoints"]
    assert (upstream["provider_name"], upstream["quantization"]) == ("Moonshot AI", "int4")
    assert (await get(zoo, "openrouter", "models/no/such/endpoints")).status == 404


@pytest.mark.parametrize(
    "wrong", [{"models": "nobody/x"}, {"models": "moonshot/zzz*"}, {"models": "moonshot/a", "colour": 1}, {}]
)
async def test_a_wrong_order_is_refused(zoo: Zoo, wrong: dict[str, object]) -> None:
    assert await _ordered(zoo, **wrong) == 400
