"""A year at a glance: of each day the worst that any model was in, and which models."""

from collections.abc import Iterable
from typing import Final

import msgspec

from statuspage.domain.view import DaySummary, DayView
from statuspage.domain.words import Status

WORST_FIRST: Final = (
    Status.MAJOR_OUTAGE,
    Status.PARTIAL_OUTAGE,
    Status.DEGRADED_PERFORMANCE,
    Status.UNDER_MAINTENANCE,
    Status.OPERATIONAL,
    Status.NO_DATA,
)
"""A model that was not measured hides nothing that was: a day has no data only where nobody was judged."""
_PLAIN: Final = (Status.OPERATIONAL, Status.NO_DATA)
_RANK: Final = {status: rank for rank, status in enumerate(WORST_FIRST)}


def status_of(day: DayView) -> Status:
    """The worst that the model was in on that day for a minute at least."""
    spent = day.minutes
    if spent.major_outage:
        return Status.MAJOR_OUTAGE
    if spent.partial_outage:
        return Status.PARTIAL_OUTAGE
    if spent.degraded_performance:
        return Status.DEGRADED_PERFORMANCE
    if spent.under_maintenance:
        return Status.UNDER_MAINTENANCE
    return Status.OPERATIONAL if day.judged else Status.NO_DATA


class Told(msgspec.Struct, frozen=True):
    """What the days of one model come to: dates it was known on, dates it was judged on, what is worth naming, incidents."""

    known: frozenset[str]
    judged: frozenset[str]
    notable: tuple[tuple[str, Status], ...]
    incidents: tuple[tuple[str, tuple[str, ...]], ...]


def told_of(days: Iterable[DayView]) -> Told:
    """The days of one model in the form in which many are gathered quickly."""
    days = tuple(days)
    statuses = [(day.date, status_of(day)) for day in days]
    return Told(
        known=frozenset(day.date for day in days),
        judged=frozenset(date for date, status in statuses if status is not Status.NO_DATA),
        notable=tuple((date, status) for date, status in statuses if status not in _PLAIN),
        incidents=tuple((day.date, day.incidents) for day in days if day.incidents),
    )


class Year:
    """Gathers days of many models; what it holds grows with days, not with models times days."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._judged: set[str] = set()
        self._worst: dict[str, Status] = {}
        self._models: dict[str, list[str]] = {}
        self._incidents: dict[str, dict[str, None]] = {}

    def add(self, key: str, told: Told) -> None:
        """The days of one model."""
        self._known |= told.known
        self._judged |= told.judged
        for date, status in told.notable:
            worst = self._worst.get(date)
            if worst is None or _RANK[status] < _RANK[worst]:
                self._worst[date] = status
                self._models[date] = [key]
            elif status is worst:
                self._models[date].append(key)
        for date, incidents in told.incidents:
            self._incidents.setdefault(date, {}).update(dict.fromkeys(incidents))

    def days(self) -> tuple[DaySummary, ...]:
        """What was gathered, oldest first."""
        return tuple(
            DaySummary(
                date=date,
                status=self._worst.get(date, Status.OPERATIONAL if date in self._judged else Status.NO_DATA),
                models=tuple(self._models.get(date, ())),
                incidents=tuple(self._incidents.get(date, ())),
            )
            for date in sorted(self._known)
        )
