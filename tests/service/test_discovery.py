"""Listings: what readers see of them, what is told, and what is added."""

from datetime import date
from decimal import Decimal

import pytest

from statuspage.config.fleet import Discover
from statuspage.domain.catalog import CatalogEntry
from statuspage.service.discovery import grown
from statuspage.storage.memory import MemoryStore
from tests.service.world import PRICE, World, config, listed, model, provider

PRICED = {"input_usd": Decimal("0.55"), "output_usd": Decimal("3.2")}
FOUND = provider(discover=Discover(include=("kimi-*",), exclude=("*-preview",)))


async def test_a_price_that_the_vendor_lists_is_shown_where_none_is_configured() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3", **PRICED))
    price = world.view().price
    assert price is not None
    assert (price.input, price.output, price.source) == (0.55, 3.2, "discovered")


async def test_a_configured_price_wins() -> None:
    world = await World(config([model(price=PRICE)])).begin()
    await world.read_list(listed("kimi-k3", **PRICED))
    price = world.view().price
    assert price is not None
    assert (price.input, price.source) == (3.0, "config")


async def test_its_last_day_is_shown() -> None:
    world = await World().begin()
    assert world.view().retires_on is None
    await world.read_list(listed("kimi-k3", expires_on=date(2030, 1, 31)))
    assert world.view().retires_on == "2030-01-31"


async def test_a_last_day_that_we_ship_is_shown_without_a_list() -> None:
    world = await World(config([model("kimi-k2.5")])).begin()
    assert world.view("moonshot/kimi-k2.5").retires_on == "2026-08-31"


async def test_an_unlisted_model_that_works_stays_operational() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3", "kimi-k2.6"))
    await world.read_list(listed("kimi-k2.6"))
    await world.check("ok", times=3)
    lifecycle = world.view().lifecycle
    assert world.view().status == "operational"
    assert lifecycle is not None
    assert lifecycle.listed is False


async def test_changes_are_told_and_the_readers_ones_shown() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3", context_length=1000, capabilities=("tools",), **PRICED))
    await world.read_list(
        listed("kimi-k3", "kimi-k4", context_length=500, capabilities=(), input_usd=Decimal(1), output_usd=Decimal(2))
    )
    assert sorted((event.kind, event.subject, event.public) for event in await world.events()) == [
        ("capability_lost", "moonshot/kimi-k3", False),
        ("context_changed", "moonshot/kimi-k3", True),
        ("new", "moonshot/kimi-k4", False),
        ("price_changed", "moonshot/kimi-k3", True),
    ]
    lifecycle = world.view().lifecycle
    assert lifecycle is not None
    assert {event.kind for event in lifecycle.events} == {"context_changed", "price_changed"}
    assert "moonshot/kimi-k3" in world.shelf.told


async def test_a_listing_outlives_a_restart() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3", **PRICED))
    again = await world.restart()
    assert again.view().price == world.view().price
    await again.read_list(listed("kimi-k3", **PRICED))
    assert await again.kinds() == []


async def test_a_crowd_of_unwatched_models_is_told_in_one_sentence() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3"))
    await world.read_list(listed("kimi-k3", *(f"other-{number}" for number in range(50))))
    assert [(event.kind, event.subject) for event in await world.events()] == [("listing_changed", "moonshot")]


async def test_it_adds_what_the_patterns_ask_for() -> None:
    world = await World(config([], [FOUND])).begin()
    await world.read_list((*listed("kimi-k3", "kimi-k4-preview", "other"), CatalogEntry(id="kimi-image", chat=False)))
    assert world.started == ["moonshot/kimi-k3"]
    assert world.board.keys() == ("moonshot/kimi-k3",)
    assert world.shelf.grown == 1
    await world.check("ok", times=2)
    assert world.view().status == "operational"


async def test_a_model_it_added_is_there_after_a_restart_even_when_the_list_is_not() -> None:
    world = await World(config([], [FOUND])).begin()
    await world.read_list(listed("kimi-k3"))
    await world.check("ok", times=2)
    await world.read_list(listed("kimi-k2.6"))
    await world.check("ok", times=2)
    settings = await grown(world.config, world.store)
    assert [each.key for each in settings.models] == ["moonshot/kimi-k2.6", "moonshot/kimi-k3"]
    again = await World(settings, world.store, world.clock).begin()
    assert again.view().status == "operational"
    await again.read_list(listed("kimi-k2.6", "kimi-k3"))
    assert again.started == []


async def test_what_is_added_takes_over_what_its_provider_says() -> None:
    template = model("", interval_s=60.0, max_stale_s=180.0)
    world = await World(config([], [FOUND], templates={"moonshot": template})).begin()
    await world.read_list(listed("kimi-k3", name="Kimi\nK3"))
    entry = world.board.entry("moonshot/kimi-k3")
    assert (entry.model.interval_s, entry.model.max_stale_s, entry.model.name) == (60.0, 180.0, "Kimi K3")


@pytest.mark.parametrize("taken", ["kimi-k3", "kimi:k3"])
async def test_it_adds_nothing_whose_key_or_address_is_taken(taken: str) -> None:
    world = await World(config([model(taken)], [FOUND])).begin()
    await world.read_list(listed("kimi-k3", "kimi/k3"))
    assert world.started == []


async def test_it_adds_nothing_that_a_configured_model_continues() -> None:
    world = await World(config([model("kimi-k4", aliases=("moonshot/kimi-k3",))], [FOUND])).begin()
    await world.read_list(listed("kimi-k3"))
    assert world.started == []


async def test_without_discovery_nothing_was_grown() -> None:
    settings = config()
    assert await grown(settings, MemoryStore()) is settings
