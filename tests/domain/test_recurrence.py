"""Rules of recurrence on the clocks of a time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.recurrence import RecurrenceError, first_starts, never_ends, parts_of, starts_between

DAY_MS = 86_400_000


def ms(year: int, month: int, day: int, hour: int = 0, minute: int = 0, zone: str = "UTC") -> int:
    return round(datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def test_a_weekly_window_keeps_its_hour_when_the_clocks_change() -> None:
    first = ms(2026, 10, 18, 2, zone="Europe/Berlin")
    found = list(starts_between("FREQ=WEEKLY;BYDAY=SU", first, "Europe/Berlin", first, first + 15 * DAY_MS))
    assert found == [first, ms(2026, 10, 25, 0), ms(2026, 11, 1, 1)]


def test_a_time_that_the_clocks_skip_is_read_before_the_gap_and_one_that_comes_twice_is_the_first() -> None:
    spring = ms(2026, 3, 28, 2, 30, zone="Europe/Berlin")
    assert first_starts("FREQ=DAILY", spring, "Europe/Berlin")[1] == ms(2026, 3, 29, 1, 30)
    autumn = ms(2026, 10, 24, 2, 30, zone="Europe/Berlin")
    assert first_starts("FREQ=DAILY", autumn, "Europe/Berlin")[1] == ms(2026, 10, 25, 0, 30)


@pytest.mark.parametrize(
    ("until", "count"),
    [("20261103", 3), ("20261103T000000Z", 2), ("20261102T235959Z", 2), ("20261103T020000", 3), ("20261103T015959", 2)],
)
def test_its_end_is_a_date_a_moment_or_a_wall_time(until: str, count: int) -> None:
    first = ms(2026, 11, 1, 2, zone="Europe/Berlin")
    assert len(first_starts(f"FREQ=DAILY;UNTIL={until}", first, "Europe/Berlin", 9)) == count


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("", "cannot be read"),
        ("every sunday", "cannot be read at 'EVERY SUNDAY'"),
        ("BYDAY=SU", "needs a FREQ"),
        ("FREQ=SECONDLY", "one of YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;COUNT=1;UNTIL=20270101", "keep one"),
        ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;BYDAY=XX", "cannot be used"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL"),
        ("FREQ=DAILY;BYNIGHT=1", "cannot be used"),
        ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "never fires"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_in_one_sentence(rule: str, sentence: str) -> None:
    with pytest.raises(RecurrenceError, match=sentence):
        first_starts(rule, ms(2026, 11, 1), "UTC")


def test_it_knows_what_never_ends_and_what_never_fires() -> None:
    assert never_ends("RRULE:FREQ=DAILY")
    assert not never_ends("freq=daily;count=3")
    assert first_starts("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ms(2026, 11, 1), "UTC") == ()
    assert parts_of(" RRULE:freq=weekly;byday=su; ") == {"FREQ": "WEEKLY", "BYDAY": "SU"}


@given(
    rule=st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=DAILY;INTERVAL=3;COUNT=40"]),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"]),
    first=st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - made UTC below
    days=st.integers(1, 400),
    cut=st.floats(0, 1),
)
def test_a_span_cut_in_two_has_the_same_windows(rule: str, zone: str, first: datetime, days: int, cut: float) -> None:
    first_ms = round(first.replace(microsecond=0, tzinfo=UTC).timestamp() * 1000)
    to_ms = first_ms + days * DAY_MS
    middle_ms = first_ms + round((to_ms - first_ms) * cut)
    whole = list(starts_between(rule, first_ms, zone, first_ms, to_ms))
    halves = [
        *starts_between(rule, first_ms, zone, first_ms, middle_ms),
        *starts_between(rule, first_ms, zone, middle_ms, to_ms),
    ]
    assert whole == halves == sorted(set(whole))
    clocks = {datetime.fromtimestamp(at_ms / 1000, tz=ZoneInfo(zone)).strftime("%M:%S") for at_ms in whole}
    assert len(clocks) <= 2, "the hour may move in a gap of the clocks, and nowhere else"
