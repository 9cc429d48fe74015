"""The interval's textbook figures."""

import pytest

from statuspage.domain.wilson import wilson


@pytest.mark.parametrize(
    ("passed", "low"),
    [(7, 0.646), (28, 0.879), (84, 0.956), (168, 0.978), (288, 0.9868), (2_016, 0.9981), (8_640, 0.99956)],
)
def test_its_lower_bound_for_all_passing_is_the_documented_one(passed: int, low: float) -> None:
    assert wilson(passed, passed)[0] == pytest.approx(low, abs=0.0006)
    assert wilson(passed, passed)[1] == 1.0


def test_it_is_newcombes_example() -> None:
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_it_knows_nothing_without_samples() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_it_is_zero_below_when_nothing_passed() -> None:
    low, high = wilson(0, 20)
    assert low == 0.0
    assert high == pytest.approx(0.1611, abs=1e-4)
