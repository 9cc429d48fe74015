"""When vendors are asked for their lists."""

import asyncio

import msgspec
import pytest

from statuspage.config.fleet import Discover
from statuspage.service.discovery import listing_every_s
from tests.service.world import START_MS, HandClock, World, config, listed, model, provider


async def _asked_at(world: World, times: int) -> list[float]:
    """Seconds after the start of so many listings."""
    asked: list[float] = []

    async def note(name: str) -> None:
        asked.append((world.clock.now_ms() - START_MS) / 1000)
        if len(asked) >= times:
            raise asyncio.CancelledError

    world.discovery.ask = note  # type: ignore[method-assign]
    await world.discovery.run()  # ends with the watch that was cancelled
    return asked


async def test_a_list_is_read_soon_after_a_start_and_then_every_quarter_of_an_hour() -> None:
    assert await _asked_at(await World().begin(), 3) == [3, 903, 1803]


@pytest.mark.parametrize(
    ("interval_s", "rpm", "every_s"),
    [(300.0, None, 900), (3600.0, None, 900), (60.0, None, 180), (1.0, None, 10), (1.0, 10, 60), (1.0, 1, 600), (300.0, 1, 900)],
)
def test_lists_follow_the_fastest_model_and_keep_the_accounts_pace(interval_s: float, rpm: int | None, every_s: float) -> None:
    account = msgspec.structs.replace(provider(), rpm=rpm)
    settings = config([model(), model("fast", interval_s=interval_s), model("x", "other", interval_s=1.0)], [account])
    assert listing_every_s(settings, account) == every_s


async def test_a_provider_that_discovers_is_asked_at_once_and_until_it_answers() -> None:
    world = await World(config([], [provider(discover=Discover())])).begin()
    assert await _asked_at(world, 3) == [0, 30, 60]  # until there is a list


async def test_a_fresh_list_is_not_read_again_after_a_restart() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3"))
    assert await _asked_at(await world.restart(), 2) == [960, 1860]


async def test_an_old_list_is_read_soon_after_a_restart() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3"))
    world.clock.elapsed_s += 86_400
    began_s = world.clock.elapsed_s
    assert await _asked_at(await world.restart(), 1) == [began_s + 3]


async def test_a_listing_that_breaks_on_our_side_does_not_end_the_watch() -> None:
    world = World(config([model()]), clock=HandClock())
    await world.begin()
    tries = 0

    async def broken(_name: str) -> None:
        nonlocal tries
        tries += 1
        if tries == 3:
            raise asyncio.CancelledError
        raise KeyError("ours")

    world.discovery.ask = broken  # type: ignore[method-assign, assignment]
    await world.discovery.run()  # ends with the watch that was cancelled
    assert tries == 3
