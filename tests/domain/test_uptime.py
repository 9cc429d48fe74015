"""Golden numbers of the ledger."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.accounting import account, spend
from statuspage.domain.days import day_start_ms
from statuspage.domain.incident import Incident
from statuspage.domain.rollup import Bucket
from statuspage.domain.uptime import day_views, due, latency, latency_point, uptime, window_uptime
from statuspage.domain.view import DayMinutes, UptimeView
from statuspage.domain.words import Status
from tests.domain.timeline import DAY, HOUR, MINUTE, START_MS, sample

MIDNIGHT = day_start_ms(START_MS, UTC)
KEY = "moonshot/kimi-k3"


def test_it_is_the_contracts_example() -> None:
    assert uptime(288, 4, 288) == UptimeView(ratio=0.9861, low=0.9648, high=0.9945, samples=288, coverage=1.0)


def test_one_failure_in_many_never_rounds_up_to_perfect() -> None:
    assert uptime(100_000, 1, 100_000).ratio == 0.9999


def test_without_a_judged_sample_nothing_is_known() -> None:
    assert uptime(0, 0, 288) == UptimeView(ratio=None, low=None, high=None, samples=0, coverage=0.0)


@pytest.mark.parametrize(("judged", "probes_due", "coverage"), [(287, 288, 0.9965), (300, 288, 1.0), (3, 0, 1.0), (0, 0, 0.0)])
def test_coverage_is_judged_over_due_rounded_down_and_at_most_one(judged: int, probes_due: int, coverage: float) -> None:
    assert uptime(judged, 0, probes_due).coverage == coverage


@given(st.integers(1, 10**6), st.data())
def test_its_figures_are_ordered(judged: int, data: st.DataObject) -> None:
    view = uptime(judged, data.draw(st.integers(0, judged)), judged)
    assert view.ratio is not None
    assert view.low is not None
    assert view.high is not None
    assert 0 <= view.low <= view.ratio <= view.high <= 1


def test_probes_are_due_from_the_first_sight_on() -> None:
    assert due([(0, 300.0)], first_seen_ms=0, start_ms=0, end_ms=DAY) == 288
    assert due([(0, 300.0)], first_seen_ms=DAY - HOUR, start_ms=0, end_ms=DAY) == 12


def test_each_era_of_the_cadence_counts_with_its_own_interval() -> None:
    eras = [(0, 300.0), (12 * HOUR, 900.0)]
    assert due(eras, first_seen_ms=0, start_ms=0, end_ms=DAY) == 144 + 48
    assert due(eras, first_seen_ms=0, start_ms=18 * HOUR, end_ms=DAY) == 24


def test_nothing_is_due_before_anything_began() -> None:
    assert due([(DAY, 300.0)], first_seen_ms=DAY, start_ms=0, end_ms=HOUR) == 0
    assert due([], first_seen_ms=0, start_ms=0, end_ms=HOUR) == 0


def test_a_window_leaves_out_what_began_before_it() -> None:
    hours = [Bucket(start_ms=MIDNIGHT + index * HOUR, judged=12, failed=index) for index in range(3)]
    view = window_uptime(hours, MIDNIGHT + HOUR, MIDNIGHT + 3 * HOUR, [(0, 300.0)], 0)
    assert (view.samples, view.ratio, view.coverage) == (24, 0.875, 1.0)


def test_days_before_the_first_sight_are_left_out() -> None:
    views = day_views(KEY, [], [], MIDNIGHT - 2 * DAY + HOUR, MIDNIGHT + HOUR, UTC)
    assert len(views) == 3


def test_a_day_without_a_bucket_was_not_measured() -> None:
    first, today = day_views(KEY, [], [], MIDNIGHT - DAY, MIDNIGHT + HOUR, UTC)
    assert (first.ratio, first.minutes.no_data, today.minutes.no_data) == (None, 1440, 60)


def test_a_day_shows_its_own_samples_and_minutes() -> None:
    _, day = account(None, None, sample("server_error"), UTC)
    _, day = account(None, day, sample(at_ms=START_MS + MINUTE), UTC)
    day = spend({day.start_ms: day}, START_MS, START_MS + 90_000, Status.MAJOR_OUTAGE, None, UTC)[day.start_ms]
    view = day_views(KEY, [day], [], MIDNIGHT, START_MS + HOUR, UTC)[-1]
    assert (view.ratio, view.judged, view.failed) == (0.5, 2, 1)
    assert view.minutes == DayMinutes(major_outage=2)


def test_the_day_of_the_first_sight_was_not_measured_before_it() -> None:
    first_seen_ms = MIDNIGHT + 13 * HOUR
    _, day = account(None, None, sample(at_ms=first_seen_ms), UTC)
    view = day_views(KEY, [day], [], first_seen_ms, first_seen_ms + MINUTE, UTC)[-1]
    assert (view.minutes.no_data, view.elapsed_minutes) == (13 * 60, 13 * 60 + 1)


def test_a_day_names_the_incidents_that_touch_it() -> None:
    def incident(name: str, began_ms: int, ended_ms: int | None, key: str = KEY) -> Incident:
        return Incident(
            id=name,
            title=name,
            status="resolved",
            impact="major",
            models=(key,),
            started_at_ms=began_ms,
            detected_at_ms=began_ms,
            resolved_at_ms=ended_ms,
        )

    told = [
        incident("over-midnight", MIDNIGHT - HOUR, MIDNIGHT + HOUR),
        incident("open", MIDNIGHT + HOUR, None),
        incident("long-ago", MIDNIGHT - 3 * DAY, MIDNIGHT - 2 * DAY - 1),
        incident("another", MIDNIGHT, None, "moonshot/other"),
    ]
    views = day_views(KEY, [], told, MIDNIGHT - DAY, MIDNIGHT + 2 * HOUR, UTC)
    assert [view.incidents for view in views] == [("over-midnight",), ("over-midnight", "open")]


def test_latencies_of_several_hours_are_merged_before_they_are_asked() -> None:
    quick, slow = Bucket(start_ms=0), Bucket(start_ms=HOUR)
    for _ in range(90):
        quick.first_content_ms.add(500)
    for _ in range(10):
        slow.first_content_ms.add(5_000)
    view = latency([quick, slow])
    assert view is not None
    assert view.first_content_p50 == pytest.approx(500, rel=0.05)
    assert view.first_content_p95 == pytest.approx(5_000, rel=0.05)
    assert view.total_p50 is None


def test_latency_is_unknown_when_nothing_answered() -> None:
    assert latency([Bucket(start_ms=0, judged=5, failed=5)]) is None
    point = latency_point(Bucket(start_ms=HOUR))
    assert (point.at_ms, point.first_content_p50, point.total_p95) == (HOUR, None, None)
