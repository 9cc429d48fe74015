"""A year at a glance: of each day the worst that any model was in, and which models."""

from collections.abc import Iterable
from typing import Final

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


class Year:
    """Gathers days of many models; what it holds grows with days, not with models times days."""

    def __init__(self) -> None:
        self._worst: dict[str, Status] = {}
        self._models: dict[str, list[str]] = {}
        self._incidents: dict[str, dict[str, None]] = {}

    def add(self, key: str, days: Iterable[DayView]) -> None:
        """The days of one model."""
        for day in days:
            status = status_of(day)
            known = self._worst.get(day.date)
            if known is None or _RANK[status] < _RANK[known]:
                self._worst[day.date] = status
                self._models[day.date] = [key]
            elif status is known:
                self._models[day.date].append(key)
            if day.incidents:
                self._incidents.setdefault(day.date, {}).update(dict.fromkeys(day.incidents))

    def days(self) -> tuple[DaySummary, ...]:
        """What was gathered, oldest first."""
        return tuple(
            DaySummary(
                date=date,
                status=self._worst[date],
                models=() if self._worst[date] in (Status.OPERATIONAL, Status.NO_DATA) else tuple(self._models[date]),
                incidents=tuple(self._incidents.get(date, ())),
            )
            for date in sorted(self._worst)
        )
