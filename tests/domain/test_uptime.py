"""Golden numbers of the ledger."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.accounting import account, spend
from statuspage.domain.days import day_of, day_start_ms
from statuspage.domain.incident import Incident
from statuspage.domain.rollup import Bucket
from statuspage.domain.uptime import day_views, due, latency, latency_point, uptime, window_uptime
from statuspage.domain.view import DayMinutes, UptimeView
from statuspage.domain.words import Kind, Status
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


def test_each_sample_weighs_the_time_it_stands_for() -> None:
    eras = [(0, 900.0), (MIDNIGHT + HOUR, 60.0)]
    slow = Bucket(start_ms=MIDNIGHT, judged=4, failed=4)
    quick = Bucket(start_ms=MIDNIGHT + HOUR, judged=60)
    view = window_uptime([slow, quick], MIDNIGHT, MIDNIGHT + 2 * HOUR, eras, 0)
    assert (view.ratio, view.samples, view.coverage) == (0.5, 64, 1.0), "an hour down, an hour up"
    assert view.low is not None
    assert view.high is not None
    assert view.low < 0.3, "four samples of an hour prove less than sixty of the other"
    assert view.high > 0.7


def test_nothing_failed_is_perfect_whatever_the_weights() -> None:
    eras = [(0, 900.0), (MIDNIGHT + HOUR, 70.0)]
    hours = [Bucket(start_ms=MIDNIGHT, judged=3), Bucket(start_ms=MIDNIGHT + HOUR, judged=51)]
    view = window_uptime(hours, MIDNIGHT, MIDNIGHT + 2 * HOUR, eras, 0)
    assert (view.ratio, view.high) == (1.0, 1.0)


def test_an_unchanged_cadence_weighs_nothing() -> None:
    hours = [Bucket(start_ms=MIDNIGHT, judged=12, failed=3), Bucket(start_ms=MIDNIGHT + HOUR, judged=10)]
    changed_before = [(0, 60.0), (MIDNIGHT - DAY, 300.0)]
    one = window_uptime(hours, MIDNIGHT, MIDNIGHT + 2 * HOUR, [(0, 300.0)], 0)
    assert window_uptime(hours, MIDNIGHT, MIDNIGHT + 2 * HOUR, changed_before, 0) == one
    assert (one.ratio, one.samples) == (0.8636, 22)


@pytest.mark.parametrize(
    ("judged", "failed", "ratio", "low", "high"),
    [
        (7, 0, 1.0, 0.6456, 1.0),
        (28, 0, 1.0, 0.8793, 1.0),
        (288, 0, 1.0, 0.9868, 1.0),
        (2016, 0, 1.0, 0.9980, 1.0),
        (8640, 0, 1.0, 0.9995, 1.0),
        (8640, 43, 0.9950, 0.9933, 0.9963),
        (1, 1, 0.0, 0.0, 0.7934),
    ],
)
def test_its_interval_is_wilson_s(judged: int, failed: int, ratio: float, low: float, high: float) -> None:
    view = uptime(judged, failed, judged)
    assert (view.ratio, view.low, view.high) == (ratio, low, high)


@pytest.mark.parametrize(("date", "probes"), [((2026, 3, 29), 276), ((2026, 10, 25), 300), ((2026, 6, 1), 288)])
def test_a_day_of_clock_changes_is_as_long_as_it_is(date: tuple[int, int, int], probes: int) -> None:
    zone = ZoneInfo("Europe/Berlin")
    noon_ms = round(datetime(*date, 12, tzinfo=zone).timestamp()) * 1000
    day = day_of(noon_ms, zone)
    bucket = None
    for at_ms in range(day.start_ms, day.end_ms, 5 * MINUTE):
        _, bucket = account(None, bucket, sample(at_ms=at_ms), zone)
    assert bucket is not None
    assert (bucket.start_ms, bucket.judged) == (day.start_ms, probes)
    assert window_uptime([bucket], day.start_ms, day.end_ms, [(0, 300.0)], 0).coverage == 1.0
    spent = spend({}, day.start_ms, day.end_ms, Status.MAJOR_OUTAGE, None, zone)
    assert spent[day.start_ms].status_ms == {Status.MAJOR_OUTAGE: probes * 5 * MINUTE}


def test_confirmations_and_a_vendor_s_maintenance_are_no_part_of_it() -> None:
    day = None
    for taken in (
        sample(at_ms=START_MS),
        sample("server_error", START_MS + MINUTE),
        sample("server_error", START_MS + 2 * MINUTE, kind=Kind.CONFIRM),
        sample(at_ms=START_MS + 3 * MINUTE, kind=Kind.CONFIRM),
        sample("maintenance", START_MS + 4 * MINUTE),
        sample("quota_exhausted", START_MS + 5 * MINUTE),
    ):
        _, day = account(None, day, taken, UTC)
    assert day is not None
    assert (day.judged, day.failed, day.excluded) == (2, 1, 2)


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
