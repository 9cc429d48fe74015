"""The worst of each day."""

import pytest

from statuspage.domain.view import DayMinutes, DayView
from statuspage.domain.words import Status
from statuspage.domain.year import Year, status_of, told_of


def day(date: str = "2026-11-20", judged: int = 288, incidents: tuple[str, ...] = (), **minutes: int) -> DayView:
    return DayView(date=date, ratio=None, judged=judged, failed=0, excluded=0, minutes=DayMinutes(**minutes), incidents=incidents)


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (day(), Status.OPERATIONAL),
        (day(judged=0), Status.NO_DATA),
        (day(no_data=700), Status.OPERATIONAL),
        (day(under_maintenance=5), Status.UNDER_MAINTENANCE),
        (day(under_maintenance=5, degraded_performance=1), Status.DEGRADED_PERFORMANCE),
        (day(partial_outage=1, degraded_performance=90), Status.PARTIAL_OUTAGE),
        (day(major_outage=1, partial_outage=90), Status.MAJOR_OUTAGE),
    ],
)
def test_a_day_is_what_its_worst_minute_was(one: DayView, status: Status) -> None:
    assert status_of(one) is status


def test_the_worst_model_gives_the_day_its_status_and_its_equals_are_named() -> None:
    year = Year()
    year.add("a", told_of([day(partial_outage=3)]))
    year.add("b", told_of([day(major_outage=3, incidents=("i-1",))]))
    year.add("c", told_of([day(major_outage=9, incidents=("i-1", "i-2"))]))
    (found,) = year.days()

    assert (found.date, found.status, found.models, found.incidents) == (
        "2026-11-20", Status.MAJOR_OUTAGE, ("b", "c"), ("i-1", "i-2")
    )  # fmt: skip


def test_a_model_that_was_not_measured_hides_nothing() -> None:
    year = Year()
    year.add("a", told_of([day(judged=0)]))
    assert [found.status for found in year.days()] == [Status.NO_DATA]
    year.add("b", told_of([day()]))
    assert [(found.status, found.models) for found in year.days()] == [(Status.OPERATIONAL, ())]


def test_days_come_oldest_first() -> None:
    year = Year()
    year.add("a", told_of([day("2026-11-20"), day("2026-11-18")]))
    year.add("b", told_of([day("2026-11-19")]))

    assert [found.date for found in year.days()] == ["2026-11-18", "2026-11-19", "2026-11-20"]
