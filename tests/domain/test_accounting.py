"""What enters the hours and days."""

from datetime import UTC
from zoneinfo import ZoneInfo

from statuspage.domain.accounting import account, spend
from statuspage.domain.days import day_start_ms, hour_start_ms
from statuspage.domain.rollup import Bucket
from statuspage.domain.words import Kind, Status
from tests.domain.timeline import DAY, HOUR, MINUTE, START_MS, sample

MIDNIGHT = day_start_ms(START_MS, UTC)


def test_a_scheduled_sample_is_counted_in_its_hour_and_its_day() -> None:
    hour, day = account(None, None, sample("server_error", cost_usd=0.25), UTC)
    assert (hour.start_ms, day.start_ms) == (hour_start_ms(START_MS), MIDNIGHT)
    for bucket in (hour, day):
        assert (bucket.judged, bucket.failed, bucket.slow, bucket.excluded) == (1, 1, 0, 0)
        assert bucket.classes == {"server_error": 1}
        assert bucket.cost_usd == 0.25


def test_slow_answers_count_as_up_and_excluded_ones_not_at_all() -> None:
    hour, day = account(None, None, sample("slow", first_content_ms=9_000), UTC)
    hour, day = account(hour, day, sample("offline", START_MS + MINUTE), UTC)
    assert (hour.judged, hour.failed, hour.slow, hour.excluded) == (1, 0, 1, 1)
    assert hour.first_content_ms.count == 1


def test_confirm_samples_count_in_classes_and_cost_only() -> None:
    hour, day = account(None, None, sample(cost_usd=0.1), UTC)
    hour, day = account(hour, day, sample("server_error", START_MS + 1, kind=Kind.CONFIRM, cost_usd=0.1), UTC)
    hour, day = account(hour, day, sample("ok", START_MS + 2, kind=Kind.CONFIRM), UTC)
    assert (day.judged, day.failed) == (1, 0)
    assert day.classes == {"server_error": 1}
    assert day.cost_usd == 0.2
    assert hour.first_content_ms.count == 1


def test_failed_and_tainted_latencies_stay_out_of_the_histograms() -> None:
    hour, day = account(None, None, sample("server_error", first_content_ms=30_000), UTC)
    hour, day = account(hour, day, sample(at_ms=START_MS + 1, tainted=True), UTC)
    assert (hour.first_content_ms.count, hour.total_ms.count) == (0, 0)
    assert hour.judged == 2


def test_a_later_hour_begins_empty() -> None:
    hour, day = account(None, None, sample(), UTC)
    later, same_day = account(hour, day, sample(at_ms=START_MS + HOUR), UTC)
    assert (later.start_ms, later.judged) == (hour.start_ms + HOUR, 1)
    assert (same_day.start_ms, same_day.judged) == (day.start_ms, 2)


def test_a_sample_from_before_the_newest_hour_counts_in_it() -> None:
    hour, day = account(None, None, sample(), UTC)
    same, _ = account(hour, day, sample(at_ms=START_MS - HOUR), UTC)
    assert (same.start_ms, same.judged) == (hour.start_ms, 2)


def test_the_buckets_handed_in_stay_as_they_were() -> None:
    hour, day = account(None, None, sample(), UTC)
    account(hour, day, sample("slow", START_MS + 1), UTC)
    assert (hour.judged, hour.classes, hour.first_content_ms.count) == (1, {}, 1)
    spend({day.start_ms: day}, START_MS, START_MS + HOUR, Status.OPERATIONAL, None, UTC)
    assert day.status_ms == {}


def test_time_is_split_where_days_end() -> None:
    touched = spend({}, MIDNIGHT - HOUR, MIDNIGHT + 2 * DAY, Status.MAJOR_OUTAGE, None, UTC)
    assert {start: bucket.status_ms for start, bucket in touched.items()} == {
        MIDNIGHT - DAY: {Status.MAJOR_OUTAGE: HOUR},
        MIDNIGHT: {Status.MAJOR_OUTAGE: DAY},
        MIDNIGHT + DAY: {Status.MAJOR_OUTAGE: DAY},
    }


def test_time_is_grey_from_the_moment_of_staleness_on() -> None:
    touched = spend({}, MIDNIGHT, MIDNIGHT + HOUR, Status.OPERATIONAL, MIDNIGHT + 11 * MINUTE, UTC)
    assert touched[MIDNIGHT].status_ms == {Status.OPERATIONAL: 11 * MINUTE, Status.NO_DATA: 49 * MINUTE}


def test_a_status_stale_before_the_stretch_is_grey_throughout() -> None:
    touched = spend({}, MIDNIGHT, MIDNIGHT + HOUR, Status.OPERATIONAL, MIDNIGHT - HOUR, UTC)
    assert touched[MIDNIGHT].status_ms == {Status.NO_DATA: HOUR}


def test_time_is_added_to_what_the_day_already_holds() -> None:
    day = Bucket(start_ms=MIDNIGHT, judged=3, status_ms={Status.OPERATIONAL: HOUR})
    touched = spend({MIDNIGHT: day}, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR, Status.OPERATIONAL, None, UTC)
    assert touched[MIDNIGHT].status_ms == {Status.OPERATIONAL: 2 * HOUR}
    assert touched[MIDNIGHT].judged == 3


def test_a_long_day_holds_twenty_five_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    noon_ms = 1_792_922_400_000  # 2026-10-25 10:00 UTC, the day the clocks go back
    start_ms = day_start_ms(noon_ms, berlin)
    touched = spend({}, start_ms, start_ms + 2 * DAY, Status.OPERATIONAL, None, berlin)
    assert touched[start_ms].status_ms == {Status.OPERATIONAL: 25 * HOUR}


def test_no_time_touches_no_day() -> None:
    assert spend({}, START_MS, START_MS, Status.OPERATIONAL, None, UTC) == {}
    assert spend({}, START_MS, START_MS - HOUR, Status.OPERATIONAL, None, UTC) == {}
