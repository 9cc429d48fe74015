"""How long the money lasts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.forecast import MS_PER_DAY, Reading, days_left, expires_soon, low, noted

HOUR = 3_600_000


def _falling(per_hour: float, hours: int, start: float = 100.0) -> list[Reading]:
    return [Reading(hour * HOUR, start - per_hour * hour) for hour in range(hours + 1)]


def test_it_divides_what_is_left_by_what_was_spent() -> None:
    assert days_left(_falling(0.5, 24)) == pytest.approx(88 / 12)


def test_a_top_up_is_no_negative_spending() -> None:
    history = [*_falling(1.0, 12), Reading(13 * HOUR, 187.0), Reading(24 * HOUR, 176.0)]
    assert days_left(history) == pytest.approx(176 / 23)


@pytest.mark.parametrize("history", [[], [Reading(0, 5.0)], _falling(1.0, 5), _falling(0.0, 100)])
def test_it_does_not_guess(history: list[Reading]) -> None:
    assert days_left(history) is None


def test_nothing_left_is_no_day() -> None:
    assert days_left([Reading(0, -0.42)]) == 0.0


def test_it_keeps_one_reading_an_hour_of_a_week() -> None:
    history: tuple[Reading, ...] = ()
    for minute in range(0, 10 * 24 * 60, 5):
        history = noted(history, Reading(minute * 60_000, 5.0))
    assert len(history) < 240
    assert history[-1].at_ms - history[0].at_ms > 6.9 * MS_PER_DAY


@given(st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_days_are_never_negative(lefts: list[float]) -> None:
    days = days_left([Reading(index * HOUR, left) for index, left in enumerate(lefts)])
    assert days is None or days >= 0


def test_low_has_a_slack_and_unknown_changes_nothing() -> None:
    assert (low(6.9, was_low=False), low(7.5, was_low=False), low(7.5, was_low=True), low(8.1, was_low=True)) == (
        True,
        False,
        True,
        False,
    )
    assert (low(None, was_low=True), low(None, was_low=False)) == (True, False)


def test_a_key_expires_soon_within_two_weeks() -> None:
    assert not expires_soon(None, 0)
    assert not expires_soon(14 * MS_PER_DAY, 0)
    assert expires_soon(14 * MS_PER_DAY - 1, 0)
