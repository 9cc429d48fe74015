"""What a product takes up from the one before it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import pytest

from statuspage.app.product import Product
from statuspage.config.fleet import Config, Model
from statuspage.domain.confirm import Burst
from statuspage.domain.secret import Secret
from statuspage.storage.memory import MemoryStore
from tests.service.world import HandClock, config, model, provider

KEY = "moonshot/kimi-k3"
SLOT = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


class World:
    """Products over one store, one after the other; none of them is at work."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = HandClock()

    async def product(self, whole: Config) -> Product:
        made = Product(whole, self.store, self.clock)
        await made.load()
        made.shelf.close()
        return made

    async def stopped(self, models: Sequence[Model]) -> Product:
        made = await self.product(config(models, [provider()]))
        made.scheduler.due = {entry.key: SLOT for entry in made.board.entries()}
        return made


async def test_a_model_that_stayed_as_it_was_comes_when_it_would_have_come() -> None:
    world = World()
    before = await world.stopped([model(), model("kimi-k2.6")])
    after = await world.product(config([model("kimi-k2.7-code"), model()], [provider()]))
    assert after.follow(before) == {KEY: SLOT}


@pytest.mark.parametrize(
    "whole",
    [
        config([model(interval_s=60.0)], [provider()]),
        config([model(name="Another name")], [provider()]),
        config([model()], [msgspec.structs.replace(provider(), api_key=Secret("sk-zoo"))]),
        config([model("kimi-k4", aliases=(KEY,))], [provider()]),
    ],
    ids=["interval", "name", "key", "id"],
)
async def test_a_model_that_was_changed_comes_soon(whole: Config) -> None:
    world = World()
    before = await world.stopped([model()])
    assert (await world.product(whole)).follow(before) == {}


@pytest.mark.parametrize(("waiting", "kept"), [(False, {}), (True, {KEY: SLOT})])
async def test_confirmations_that_were_cut_short_go_on_soon(waiting: bool, kept: dict[str, datetime]) -> None:
    world = World()
    before = await world.stopped([model()])
    entry = before.board.entry(KEY)
    entry.state = msgspec.structs.replace(entry.state, burst=Burst(0, waiting=waiting))
    after = await world.product(config([model()], [provider()]))
    assert after.follow(before) == kept
