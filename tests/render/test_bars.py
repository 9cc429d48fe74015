"""Ninety days as a drawing and as a line of text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.view import DayMinutes, DayView
from statuspage.render.bars import HEIGHT, bars, encode


def day(date: str = "2026-11-20", *, ratio: float | None = 1.0, judged: int = 288, failed: int = 0,
        incidents: tuple[str, ...] = (), **minutes: int) -> DayView:  # fmt: skip
    return DayView(
        date=date, ratio=ratio, judged=judged, failed=failed, excluded=0, minutes=DayMinutes(**minutes), incidents=incidents
    )


def drawn(*days: DayView) -> dict[str, str]:
    return dict(bars(days).paths)


def test_ninety_good_days_are_one_rectangle() -> None:
    assert drawn(*[day()] * 90) == {"ok": "M0 0H90V32H0z"}


def test_today_stands_at_the_right_however_few_days_there_are() -> None:
    assert drawn(day()) == {"ok": "M89 0H90V32H89z"}


def test_a_day_that_was_not_measured_stays_empty() -> None:
    assert drawn(day(ratio=None, judged=0, no_data=1440)) == {}
    assert drawn(day(), day(ratio=None, judged=0), day()) == {"ok": "M87 0H88V32H87zM89 0H90V32H89z"}


def test_an_outage_fills_from_the_ground_in_proportion() -> None:
    assert drawn(day(major_outage=720))["bad"] == "M89 16H90V32H89z"


def test_a_short_outage_is_still_seen() -> None:
    assert drawn(day(major_outage=1))["bad"] == "M89 27H90V32H89z"


def test_partial_and_slow_stand_upon_the_outage() -> None:
    paths = drawn(day(major_outage=360, partial_outage=180, degraded_performance=180, under_maintenance=360))

    assert paths["bad"] == "M89 24H90V32H89z"
    assert paths["warn"] == "M89 16H90V24H89z"
    assert paths["care"] == "M89 8H90V16H89z"


def test_the_part_that_was_not_measured_is_missing_at_the_top() -> None:
    assert drawn(day(no_data=720)) == {"ok": "M89 16H90V32H89z"}


def test_failures_outside_any_bad_minute_are_seen_from_two_in_a_hundred_on() -> None:
    assert drawn(day(ratio=0.985, failed=4)) == {"ok": "M89 0H90V32H89z"}
    assert drawn(day(ratio=0.75, failed=72))["warn"] == "M89 24H90V32H89z"


def test_the_summary_counts_measured_days_and_outages() -> None:
    assert bars([day(), day(major_outage=5), day(ratio=None, judged=0)]).summary == "Last 90 days: 2 measured, outages on 1 day"
    assert bars([day()]).summary == "Last 90 days: 1 measured, no outage"
    assert bars([]).summary == "Last 90 days: not measured"


def test_days_become_one_line_for_the_tooltip() -> None:
    days = [
        day(),
        day(failed=12, ratio=0.95, judged=280, major_outage=45, no_data=3, incidents=("a", "b")),
        day(ratio=None, judged=0, no_data=1440),
        day(judged=280),
    ]

    assert encode(days) == "2026-11-20;0:288 12:280r45n3#2 - 0"
    assert encode([]) == ""


DAYS = st.builds(
    day,
    ratio=st.none() | st.floats(0, 1),
    judged=st.integers(0, 2000),
    major_outage=st.integers(0, 1440),
    partial_outage=st.integers(0, 1440),
    degraded_performance=st.integers(0, 1440),
    under_maintenance=st.integers(0, 1440),
    no_data=st.integers(0, 1440),
)


@given(st.lists(DAYS, max_size=120))
def test_nothing_is_ever_drawn_outside_the_box(days: list[DayView]) -> None:
    for _, path in bars(days).paths:
        for left, top, right, bottom in re.findall(r"M(\d+) (\d+)H(\d+)V(\d+)H\d+z", path):
            assert 0 <= int(left) < int(right) <= 90
            assert 0 <= int(top) < int(bottom) <= HEIGHT
