"""How much slower to probe so that the money lasts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.cadence import LADDER, pressure, rung


@pytest.mark.parametrize(("planned", "left", "seconds", "expected"), [
    (0.001, 1.0, 1000.0, 1.0),
    (0.002, 1.0, 1000.0, 2.0),
    (0.0, 0.0, 1000.0, 0.0),
    (0.001, 0.0, 1000.0, math.inf),
    (0.001, -1.0, 1000.0, math.inf),
])  # fmt: skip
def test_the_pressure_says_how_many_times_too_much_the_plan_is(
    planned: float, left: float, seconds: float, expected: float
) -> None:
    assert pressure(planned, left, seconds) == expected


@pytest.mark.parametrize(("pressed", "max_stale_s", "expected"), [
    (0.0, 660.0, 1), (1.0, 660.0, 1), (1.01, 660.0, 2), (9.0, 660.0, 2), (math.inf, 659.0, 1), (2.5, 3600.0, 3),
    (math.inf, 7200.0, 12),
])  # fmt: skip
def test_the_lowest_rung_that_suffices_is_taken(pressed: float, max_stale_s: float, expected: int) -> None:
    assert rung(pressed, 300.0, max_stale_s) == expected


@given(st.floats(0, 100), st.floats(1, 3600), st.floats(1, 86_400))
def test_nothing_shown_goes_stale_because_of_the_money(pressed: float, interval_s: float, max_stale_s: float) -> None:
    step = rung(pressed, interval_s, max_stale_s)
    assert step in LADDER
    assert step == 1 or step * interval_s < max_stale_s
