"""Whether two shares differ: known values, and words that a reader can act on."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.abtest import Tally, contrast, interval, trials_needed, two_proportions


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
        (Tally(56, 70), Tally(48, 80), 0.0524, 0.3339),
        (Tally(9, 10), Tally(3, 10), 0.1705, 0.8090),
        (Tally(5, 56), Tally(0, 29), -0.0381, 0.1926),
        (Tally(10, 10), Tally(0, 20), 0.6791, 1.0),
        (Tally(10, 10), Tally(0, 10), 0.6075, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_that_of_the_literature(a: Tally, b: Tally, low: float, high: float) -> None:
    assert interval(a, b) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(("p", "q", "trials"), [(0.10, 0.15, 686), (0.5, 0.6, 388), (0.9, 0.95, 435), (0.2, 0.3, 294)])
def test_the_trials_needed_are_those_of_the_tables(p: float, q: float, trials: int) -> None:
    assert trials_needed(p, q) == trials_needed(q, p) == trials


def test_the_test_of_two_proportions_is_that_of_the_table_of_four() -> None:
    chi_squared = 150 * (56 * 32 - 14 * 48) ** 2 / (70 * 80 * 104 * 46)
    expected = 2 * (1 - NormalDist().cdf(math.sqrt(chi_squared)))
    assert two_proportions(Tally(56, 70), Tally(48, 80)) == pytest.approx(expected)
    assert expected == pytest.approx(0.00804, abs=1e-5)
    assert two_proportions(Tally(10, 10), Tally(20, 20)) == 1.0


def test_a_clear_difference_has_a_winner() -> None:
    found = contrast(Tally(990, 1000), Tally(900, 1000), ("moonshot", "other"))
    assert (found.verdict, found.more) == ("moonshot is better", None)
    assert contrast(Tally(900, 1000), Tally(990, 1000), ("moonshot", "other")).verdict == "other is better"


def test_what_cannot_be_told_yet_says_how_much_is_missing() -> None:
    found = contrast(Tally(95, 100), Tally(90, 100))
    assert found.more == 335
    assert found.verdict == "not distinguishable yet: 335 more calls"
    close = contrast(Tally(99_999, 100_000), Tally(99_998, 100_000))
    assert (close.verdict, close.more) == ("not distinguishable yet: more than 1,000,000 more calls", None)


def test_equal_shares_need_no_number() -> None:
    found = contrast(Tally(10, 10), Tally(20, 20))
    assert (found.verdict, found.more, found.difference) == ("not distinguishable yet: no difference so far", None, 0)


def test_nothing_measured_is_said() -> None:
    found = contrast(Tally(0, 0), Tally(1, 1), ("a", "b"))
    assert (found.verdict, found.difference, found.p_value) == ("nothing measured of a", None, None)


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    trials = draw(st.integers(1, 5000))
    return Tally(draw(st.integers(0, trials)), trials)


@given(tallies(), tallies())
def test_it_is_the_same_from_both_sides(a: Tally, b: Tally) -> None:
    one, other = contrast(a, b, ("a", "b")), contrast(b, a, ("b", "a"))
    assert one.verdict == other.verdict
    assert one.difference == pytest.approx(-(other.difference or 0))
    assert one.low == pytest.approx(-(other.high or 0), abs=1e-12)
    assert one.low is not None
    assert one.high is not None
    assert -1 <= one.low <= (one.difference or 0) + 1e-12
    assert (one.difference or 0) - 1e-12 <= one.high <= 1
    if "better" not in one.verdict and one.more is not None:
        assert one.more >= 1
