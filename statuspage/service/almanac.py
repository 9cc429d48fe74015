"""Years: the days that are older than the bars, read in small portions."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Protocol

import msgspec
import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.days import last_days, local_date
from statuspage.domain.errors import StorageError
from statuspage.domain.incident import Incident
from statuspage.domain.ports import Store
from statuspage.domain.rollup import Bucket
from statuspage.domain.uptime import day_views
from statuspage.domain.view import DaySummary, DayView, ModelView
from statuspage.domain.year import Year, told_of
from statuspage.service.board import Board
from statuspage.service.history import DAYS_KEPT

_AT_ONCE: Final = 5
_LOOK_S: Final = 900.0
_DAY_MS: Final = 86_400_000
_LONGEST_YEAR: Final = 366
_YEARS_KEPT: Final = 4

log = structlog.get_logger()


class Shown(Protocol):
    """Where readers look."""

    def page_changed(self) -> None:
        """Says that something beside the models changed."""
        ...

    def all_models(self) -> tuple[ModelView, ...]:
        """Every public model as it is shown."""
        ...


class Almanac:
    """Summaries of whole years; what was read of a year that is over is kept."""

    def __init__(self, board: Board, store: Store, clock: Clock, shelf: Shown) -> None:
        self._board = board
        self._store = store
        self._clock = clock
        self._shelf = shelf
        self._over: dict[tuple[int, tuple[str, ...]], tuple[DaySummary, ...]] = {}
        self._read_on: str | None = None
        self._one_at_a_time = asyncio.Lock()

    def this_year(self) -> int:
        """The year on the wall."""
        return local_date(self._clock.now_ms(), self._board.zone).year

    async def run(self) -> None:
        """Once a day reads what this year holds beyond the bars, and has it shown."""
        while True:
            try:
                await self.look()
            except StorageError as error:
                log.warning("the year could not be read", error=str(error))
            await self._clock.sleep(_LOOK_S)

    async def look(self) -> None:
        """Reads the older days of this year, where that was not done today."""
        today = local_date(self._clock.now_ms(), self._board.zone).isoformat()
        if self._read_on == today:
            return
        models = self._shelf.all_models()
        from_date, bars_from = f"{today[:4]}-01-01", last_days(self._clock.now_ms(), self._board.zone, DAYS_KEPT)[0].date
        if from_date < bars_from:
            days = await self._gathered(int(today[:4]), models)
            older = tuple(day for day in days if day.date < bars_from)
        else:
            older = ()
        if older != self._board.older_days:
            self._board.older_days = older
            self._shelf.page_changed()
        self._read_on = today

    async def year(self, year: int, models: Sequence[ModelView]) -> tuple[DaySummary, ...]:
        """The days of a year over these public models, oldest first. Raises `StorageError`."""
        if year >= self.this_year():
            return await self._gathered(year, models)
        key = (year, tuple(model.key for model in models))
        async with self._one_at_a_time:
            if key not in self._over:
                if len(self._over) >= _YEARS_KEPT:
                    self._over.pop(next(iter(self._over)))
                self._over[key] = await self._gathered(year, models)
            return self._over[key]

    async def _gathered(self, year: int, models: Sequence[ModelView]) -> tuple[DaySummary, ...]:
        begin_ms = round(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1000 - _DAY_MS
        incidents = await self._incidents(begin_ms, {model.key for model in models})
        gathered = Year()
        for first in range(0, len(models), _AT_ONCE):
            some = models[first : first + _AT_ONCE]
            past = await self._store.past([model.key for model in some], self._clock.now_ms(), begin_ms)
            for model in some:
                gathered.add(model.key, told_of(self._days(model, past[model.key].days, year, incidents)))
            await asyncio.sleep(0)
        return gathered.days()

    def _days(self, model: ModelView, buckets: Sequence[Bucket], year: int, incidents: Sequence[Incident]) -> list[DayView]:
        end_ms = round(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp()) * 1000 + _DAY_MS
        as_of_ms = min(self._clock.now_ms(), end_ms)
        first_seen_ms = as_of_ms if model.first_seen_ms is None else model.first_seen_ms
        zone = self._board.zone
        days = day_views(model.key, buckets, incidents, first_seen_ms, as_of_ms, zone, _LONGEST_YEAR + 2)
        return [day for day in days if day.date.startswith(f"{year}-")]

    async def _incidents(self, since_ms: int, public: set[str]) -> tuple[Incident, ...]:
        found = await self._store.incidents(since_ms)
        return tuple(
            msgspec.structs.replace(incident, models=tuple(key for key in incident.models if key in public))
            for incident in found
            if public.intersection(incident.models)
        )
