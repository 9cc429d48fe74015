"""What a call costs until one succeeds."""

import pytest

from statuspage.domain.callcost import typical_call_usd, usd_per_success


def test_a_typical_call_is_a_thousand_tokens_in_and_half_as_many_out() -> None:
    assert typical_call_usd(3.0, 15.0) == pytest.approx(0.0105)


def test_a_call_that_often_fails_costs_more() -> None:
    assert usd_per_success(0.01, 0.5) == pytest.approx(0.02)


@pytest.mark.parametrize("low", [None, 0.0])
def test_what_is_not_proven_to_succeed_has_no_price(low: float | None) -> None:
    assert usd_per_success(0.01, low) is None
