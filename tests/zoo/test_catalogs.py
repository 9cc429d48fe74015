import pytest

from statuspage.vendors.registry import VENDORS
from statuspage.zoo.vendors.registry import SIMULATED
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import Answered, client, get


def _entries(answered: Answered) -> list[dict[str, object]]:
    listed = answered.json
    return listed if isinstance(listed, list) else list(listed["data"])


def test_it_simulates_every_vendor_of_the_configuration() -> None:
    assert set(SIMULATED) == set(VENDORS)
    assert {name: vendor.dialect for name, vendor in SIMULATED.items()} == {
        name: vendor.dialect for name, vendor in VENDORS.items()
    }


@pytest.mark.parametrize("prefix", SIMULATED)
async def test_it_lists_the_models_that_are_not_retired(zoo: Zoo, prefix: str) -> None:
    answered = await get(zoo, prefix)
    expected = {species.id for species in SIMULATED[prefix].species if not species.retired}
    assert answered.status == 200
    assert {entry["id"] for entry in _entries(answered)} == expected


async def test_it_lists_moonshot_fields(zoo: Zoo) -> None:
    first = _entries(await get(zoo, "moonshot"))[0]
    assert first == {
        "id": "kimi-k3.1-pro",
        "object": "model",
        "created": first["created"],
        "owned_by": "moonshot",
        "context_length": 1_048_576,
        "supports_image_in": True,
        "supports_video_in": True,
        "supports_reasoning": True,
    }


async def test_it_lists_openrouter_prices_as_strings_per_token(zoo: Zoo) -> None:
    entries = {entry["id"]: entry for entry in _entries(await get(zoo, "openrouter"))}
    k3 = entries["moonshotai/kimi-k3"]
    assert k3["pricing"] == {"prompt": "0.000003", "completion": "0.000015", "input_cache_read": "0.0000003"}
    assert "tools" in k3["supported_parameters"]  # type: ignore[operator]
    assert entries["deepseek/deepseek-v3.2"]["expiration_date"] == "2027-03-31"
    assert entries["~moonshotai/kimi-latest"]["alias_target"] == "moonshotai/kimi-k3"


async def test_it_lists_anthropic_pages_and_together_a_bare_array(zoo: Zoo) -> None:
    page = (await get(zoo, "anthropic")).json
    assert page["has_more"] is False
    assert page["first_id"] == page["data"][0]["id"]
    assert page["data"][0]["type"] == "model"
    assert isinstance((await get(zoo, "together")).json, list)


async def test_it_answers_for_a_single_model(zoo: Zoo) -> None:
    assert (await get(zoo, "openai", "models/gpt-5-mini")).json["id"] == "gpt-5-mini"
    assert (await get(zoo, "openai", "models/gpt-9")).status == 404


async def test_it_serves_deepseek_with_and_without_v1(zoo: Zoo) -> None:
    async with client() as asker:
        for path in ("/deepseek/v1/models", "/deepseek/models"):
            assert (await asker.get(zoo.origin + path)).json()["data"][0]["id"] == "deepseek-chat"
        wrong = await asker.get(zoo.origin + "/moonshot/models")
    assert (wrong.status_code, wrong.json()) == (404, {"detail": "Not Found"})


async def test_it_shows_balances_where_the_vendor_has_them(zoo: Zoo) -> None:
    assert (await get(zoo, "moonshot", "users/me/balance")).json["data"]["available_balance"] > 0
    assert (await get(zoo, "moonshot", "users/me/balance", key="sk-broke")).json["data"]["available_balance"] <= 0
    assert (await get(zoo, "openrouter", "key")).json["data"]["limit_remaining"] > 0
    spent = (await get(zoo, "openrouter", "credits", key="sk-broke")).json["data"]
    assert spent["total_usage"] >= spent["total_credits"]
    assert (await get(zoo, "deepseek", "user/balance")).json["is_available"] is True
    assert (await get(zoo, "groq", "user/balance")).status == 404


async def test_it_empties_the_balance_while_a_quota_row_is_played(zoo: Zoo) -> None:
    zoo.play("moonshot/*", 22)
    assert (await get(zoo, "moonshot", "users/me/balance")).json["data"]["available_balance"] <= 0
    assert (await get(zoo, "moonshot")).status == 200


async def test_it_changes_entries_that_a_catalogue_row_is_played_for(zoo: Zoo) -> None:
    async def entry(model: str) -> dict[str, object] | None:
        return next((each for each in _entries(await get(zoo, "openrouter")) if each["id"] == model), None)

    before = await entry("moonshotai/kimi-k3")
    assert before is not None
    for row, field in ((89, "pricing"), (91, "expiration_date"), (95, "supported_parameters"), (96, "context_length")):
        zoo.play("openrouter/moonshotai/kimi-k3", row)
        changed = await entry("moonshotai/kimi-k3")
        assert changed is not None
        assert {name for name in before if before[name] != changed[name]} == {field}
        zoo.calm()
    zoo.play("openrouter/moonshotai/kimi-k3", "unlisted")
    assert await entry("moonshotai/kimi-k3") is None
