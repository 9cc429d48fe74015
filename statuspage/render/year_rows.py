"""A year as months of cells, each told in words."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from statuspage.domain.view import DaySummary, DayView, PageView
from statuspage.domain.words import Status
from statuspage.domain.year import Told, Year, told_of

_NAMED = 3


class Cell(msgspec.Struct, frozen=True):
    """One day: its number, `YYYY-MM-DD`, its status (None: before the first measurement, or yet to come), who, what."""

    number: int
    date: str
    status: Status | None
    models: tuple[str, ...]
    """The first names of those in that status."""
    more: int
    incidents: tuple[str, ...]


class MonthCells(msgspec.Struct, frozen=True):
    """One month: `YYYY-MM`, the weekday of its first (0 is Monday), its days, and how many incidents began in it."""

    month: str
    starts: int
    cells: tuple[Cell, ...]
    began: int


class PageDays:
    """The days that pages themselves know; what a model's days come to is kept until they change."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[tuple[DayView, ...], Told]] = {}

    def of(self, page: PageView) -> tuple[DaySummary, ...]:
        """Those read before, and those of the bars."""
        gathered = Year()
        for model in page.models:
            kept = self._told.get(model.key)
            if kept is None or kept[0] is not model.days:
                kept = self._told[model.key] = (model.days, told_of(model.days))
            gathered.add(model.key, kept[1])
        bars = gathered.days()
        from_date = bars[0].date if bars else "9999"
        return (*(day for day in page.older_days if day.date < from_date), *bars)


def months(days: Sequence[DaySummary], year: int, names: Mapping[str, str]) -> tuple[MonthCells, ...]:
    """The months of a year from the oldest to the newest that anything is known of; `names` by key."""
    by_date = {day.date: day for day in days if day.date.startswith(f"{year:04d}-")}
    if not by_date:
        return ()
    oldest, newest = int(min(by_date)[5:7]), int(max(by_date)[5:7])
    seen: set[str] = set()
    return tuple(_month(year, month, by_date, names, seen) for month in range(oldest, newest + 1))


def _month(year: int, month: int, days: Mapping[str, DaySummary], names: Mapping[str, str], seen: set[str]) -> MonthCells:
    cells = tuple(
        _cell(days.get(date(year, month, number).isoformat()), date(year, month, number), names)
        for number in range(1, monthrange(year, month)[1] + 1)
    )
    fresh = {each for cell in cells for each in cell.incidents} - seen
    seen |= fresh
    return MonthCells(f"{year:04d}-{month:02d}", date(year, month, 1).weekday(), cells, len(fresh))


def _cell(day: DaySummary | None, at: date, names: Mapping[str, str]) -> Cell:
    if day is None:
        return Cell(at.day, at.isoformat(), None, (), 0, ())
    named = [names[key] for key in day.models if key in names]
    return Cell(at.day, day.date, day.status, tuple(named[:_NAMED]), max(0, len(named) - _NAMED), day.incidents)
