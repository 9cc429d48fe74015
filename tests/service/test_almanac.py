"""Years that are older than the bars."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from statuspage.domain.ports import Past
from statuspage.domain.rollup import Bucket
from statuspage.domain.view import DaySummary, ModelView
from statuspage.domain.words import Status
from statuspage.service.almanac import Almanac
from statuspage.storage.memory import MemoryStore
from tests.render import world
from tests.service.world import HandClock, Shelf, World

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


class Kept(MemoryStore):
    """A day a month since January 2025; outages in every third."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, ...]] = []

    async def past(self, keys: Sequence[str], hours_from_ms: int, days_from_ms: int) -> dict[str, Past]:
        self.asked.append(tuple(keys))
        starts = [ms(datetime(year, month, 5, tzinfo=UTC)) for year in (2025, 2026) for month in range(1, 13)]
        days = tuple(
            Bucket(start_ms=start, judged=288, status_ms={Status.MAJOR_OUTAGE: 60_000} if place % 3 == 0 else {})
            for place, start in enumerate(starts)
            if days_from_ms <= start <= ms(NOW)
        )
        return {key: Past(hours=(), days=days) for key in keys}


class Shown(Shelf):
    models: tuple[ModelView, ...] = world.page(7).models

    def all_models(self) -> tuple[ModelView, ...]:
        return tuple(msgspec.structs.replace(model, first_seen_ms=ms(datetime(2025, 1, 1, tzinfo=UTC))) for model in self.models)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def shelf() -> Shown:
    return Shown()


@pytest.fixture
def clock() -> HandClock:
    return HandClock(ms(NOW))


@pytest.fixture
def board() -> World:
    return World()


@pytest.fixture
def almanac(kept: Kept, shelf: Shown, clock: HandClock, board: World) -> Almanac:
    return Almanac(board.board, kept, clock, shelf)


def worst(days: tuple[DaySummary, ...]) -> list[str]:
    return [day.date for day in days if day.status is Status.MAJOR_OUTAGE]


async def test_what_is_older_than_the_bars_is_read_once_a_day_and_shown(
    almanac: Almanac, kept: Kept, shelf: Shown, clock: HandClock, board: World
) -> None:
    await almanac.look()
    await almanac.look()

    assert worst(board.board.older_days) == ["2026-01-05", "2026-04-05", "2026-07-05"]
    assert board.board.older_days[-1].date == "2026-08-21"
    assert shelf.told == ["page"]
    assert [len(keys) for keys in kept.asked] == [5, 2]
    clock.elapsed_s += timedelta(days=1).total_seconds()
    await almanac.look()
    assert board.board.older_days[-1].date == "2026-08-22"


async def test_a_year_that_is_over_is_read_once(almanac: Almanac, kept: Kept, shelf: Shown) -> None:
    models = shelf.all_models()
    days = await almanac.year(2025, models)

    assert (days[0].date, days[-1].date, len(days)) == ("2025-01-01", "2025-12-31", 365)
    assert worst(days) == ["2025-01-05", "2025-04-05", "2025-07-05", "2025-10-05"]
    read = len(kept.asked)
    assert await almanac.year(2025, models) == days
    assert len(kept.asked) == read


async def test_days_before_a_model_was_first_seen_are_not_its_own(almanac: Almanac, shelf: Shown) -> None:
    late = msgspec.structs.replace(shelf.models[0], first_seen_ms=ms(datetime(2026, 3, 1, tzinfo=UTC)))

    assert (await almanac.year(2026, (late,)))[0].date == "2026-03-01"
    assert await almanac.year(2025, (late,)) == ()


async def test_of_a_year_to_come_nothing_is_known(almanac: Almanac, shelf: Shown) -> None:
    assert await almanac.year(2027, shelf.all_models()) == ()
    assert almanac.this_year() == 2026
