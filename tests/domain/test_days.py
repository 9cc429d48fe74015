"""Local days, with the clocks changing."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from statuspage.domain.days import day_of, hour_start_ms, last_days, window_start_ms

HOUR = 3_600_000
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def test_a_day_is_twenty_three_or_twenty_five_hours_where_the_clocks_change() -> None:
    spring, autumn, plain = (day_of(at(f"{date}T12:00:00Z"), BERLIN) for date in ("2026-03-29", "2026-10-25", "2026-07-01"))
    assert (spring.end_ms - spring.start_ms) / HOUR == 23
    assert (autumn.end_ms - autumn.start_ms) / HOUR == 25
    assert (plain.end_ms - plain.start_ms) / HOUR == 24


def test_a_day_begins_at_local_midnight() -> None:
    day = day_of(at("2026-07-01T22:30:00Z"), BERLIN)
    assert (day.date, day.start_ms) == ("2026-07-02", at("2026-07-01T22:00:00Z"))


def test_a_day_whose_midnight_is_skipped_begins_when_the_clocks_jump() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    day = day_of(at("2024-03-31T12:00:00Z"), beirut)
    assert day.start_ms == at("2024-03-30T22:00:00Z")
    assert day_of(day.start_ms - 1, beirut).date == "2024-03-30"
    assert day_of(day.start_ms - 1, beirut).end_ms == day.start_ms


def test_days_follow_one_another_without_gaps() -> None:
    days = last_days(at("2026-11-20T10:00:00Z"), BERLIN, 90)
    assert len(days) == 90
    assert days[-1].date == "2026-11-20"
    assert all(one.end_ms == other.start_ms for one, other in pairwise(days))


def test_hours_begin_on_the_hour() -> None:
    assert hour_start_ms(at("2026-11-20T10:59:59Z")) == at("2026-11-20T10:00:00Z")


@pytest.mark.parametrize(
    ("window", "start"),
    [
        ("24h", "2026-11-19T11:00:00Z"),
        ("7d", "2026-11-13T11:00:00Z"),
        ("30d", "2026-10-22T00:00:00Z"),
        ("90d", "2026-08-23T00:00:00Z"),
    ],
)
def test_a_window_holds_the_hours_or_days_begun_within_it(window: str, start: str) -> None:
    assert window_start_ms(window, at("2026-11-20T10:30:00Z"), UTC) == at(start)


@pytest.mark.parametrize("window", ["", "h", "0d", "3w", "-1d", "d7"])
def test_it_refuses_what_is_no_window(window: str) -> None:
    with pytest.raises(ValueError, match="is no window"):
        window_start_ms(window, 0, UTC)
