"""Old history goes, a slice at a time, and what is kept for ever stays."""

import asyncio
from contextlib import suppress

import msgspec

from statuspage.config.fleet import Retention as Kept
from statuspage.domain.errors import StorageError
from statuspage.service.retention import Retention
from statuspage.storage.memory import MemoryStore
from tests.service.world import DAY_S, START_MS, HandClock, config


class Store(MemoryStore):
    """A history of so many slices."""

    def __init__(self, slices: int) -> None:
        super().__init__()
        self.slices = slices
        self.asked: list[tuple[int | None, int | None, int | None]] = []
        self.breaks = 0

    async def prune(self, samples_before_ms: int | None, hours_before_ms: int | None, days_before_ms: int | None) -> int:
        self.asked.append((samples_before_ms, hours_before_ms, days_before_ms))
        if self.breaks:
            self.breaks -= 1
            raise StorageError("The database is locked.")
        self.slices -= 1
        return max(0, self.slices)


def retention(store: Store, clock: HandClock, **kept: float | None) -> Retention:
    return Retention(config(retention=msgspec.structs.replace(Kept(), **kept)), store, clock)


async def test_it_deletes_until_nothing_old_is_left_and_rests_in_between() -> None:
    store, clock = Store(4), HandClock()
    await retention(store, clock).prune()
    assert len(store.asked) == 4
    assert clock.elapsed_s > 0


async def test_it_keeps_what_the_configuration_says() -> None:
    store, clock = Store(1), HandClock()
    await retention(store, clock, samples_s=DAY_S, hourly_s=10 * DAY_S, daily_s=None).prune()
    assert store.asked == [(START_MS - 86_400_000, START_MS - 864_000_000, None)]


async def test_it_begins_soon_after_a_start_and_survives_a_database_that_is_locked() -> None:
    store, clock = Store(1), HandClock()
    store.breaks = 1
    task = asyncio.create_task(retention(store, clock).run())
    async with asyncio.timeout(5):
        while len(store.asked) < 2:  # noqa: ASYNC110 - the clock moves as the task sleeps
            await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert store.asked[0][0] == START_MS + 60_000 - 90 * 86_400_000
    assert store.asked[1][0] == START_MS + 3_660_000 - 90 * 86_400_000
