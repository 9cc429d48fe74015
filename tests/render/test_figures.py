"""Figures as people read them."""

import pytest

from statuspage.render import figures


@pytest.mark.parametrize(
    ("ratio", "text"), [(None, "–"), (1.0, "100%"), (0.99999, "99.99%"), (0.9999, "99.99%"), (0.29, "29.00%"), (0.0, "0.00%")]
)
def test_percentages_are_floored_and_never_flatter(ratio: float | None, text: str) -> None:
    assert figures.percent(ratio) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0.4, "0 ms"), (640, "640 ms"), (999.6, "1.0 s"), (2100, "2.1 s"), (9949, "9.9 s"), (12_300, "12 s")],
)
def test_milliseconds_become_seconds_where_that_reads_better(value: float | None, text: str) -> None:
    assert figures.milliseconds(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(300, "5 minutes"), (60, "1 minute"), (90, "90 seconds"), (7200, "2 hours"), (0.5, "0.5 seconds"), (1, "1 second")],
)
def test_a_cadence_is_told_in_its_largest_unit(seconds: float, text: str) -> None:
    assert figures.duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "$3"), (0.6, "$0.60"), (0.075, "$0.075"), (10.0, "$10"), (0.0, "$0"), (2.5, "$2.50")]
)
def test_prices_carry_no_needless_zeros(value: float, text: str) -> None:
    assert figures.usd(value) == text


@pytest.mark.parametrize(("value", "text"), [(45, "45 min"), (120, "2 h"), (125, "2 h 5 min"), (1440, "24 h")])
def test_minutes_of_a_day(value: int, text: str) -> None:
    assert figures.minutes(value) == text


def test_times_are_absolute_and_in_utc() -> None:
    assert figures.moment(1795168800000) == "20 Nov 2026, 10:00 UTC"
    assert figures.second(1795168788123) == "20 Nov, 09:59:48 UTC"
    assert figures.clock(1795168800000) == "10:00"
    assert figures.day("2026-11-20") == "Fri 20 Nov 2026"


@pytest.mark.parametrize(("text", "expected"), [("It works", "It works."), ("It works.", "It works."), ("好。", "好。")])
def test_a_sentence_ends_once(text: str, expected: str) -> None:
    assert figures.sentence(text) == expected
