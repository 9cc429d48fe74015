"""What is counted of a probe whose cost nobody tells."""

import pytest

from statuspage.domain.sample import Sample, Tokens
from statuspage.domain.spending import UNKNOWN_RATE, Most, Rate, counted_usd
from statuspage.domain.words import Fault, ProbeKind

RATE = Rate(input_usd=3.0, output_usd=15.0)
WORST = 0.5


def sample(
    class_name: str = "ok", status: int | None = 200, cost_usd: float | None = None, used: tuple[int, int] | None = None
) -> Sample:
    tokens = Tokens() if used is None else Tokens(input=used[0], output=used[1])
    return Sample(model="m", at_ms=1, probe=ProbeKind.CHAT, class_name=class_name, fault=Fault.NONE, http_status=status,
                  cost_usd=cost_usd, tokens=tokens)  # fmt: skip


@pytest.mark.parametrize(("one", "expected"), [
    (sample(cost_usd=0.1), 0.1),
    (sample(cost_usd=0.0), 0.0),
    (sample(used=(1_000_000, 0)), 3.0),
    (sample(), WORST),
    (sample("truncated_stream"), WORST),
    (sample("header_timeout", None), WORST),
    (sample("connection_refused", None), 0.0),
    (sample("dns_failure", None), 0.0),
    (sample("engine_overloaded", 429), 0.0),
    (sample("moved", 301), 0.0),
    (sample("not_configured", None), 0.0),
])  # fmt: skip
def test_what_may_have_been_billed_is_counted(one: Sample, expected: float) -> None:
    assert counted_usd(one, RATE, WORST) == pytest.approx(expected)


def test_a_price_that_nobody_knows_is_a_dear_one() -> None:
    assert not UNKNOWN_RATE.known
    assert counted_usd(sample(used=(1000, 1000)), UNKNOWN_RATE, WORST) > counted_usd(sample(used=(1000, 1000)), RATE, WORST)


def test_the_most_grows_with_what_was_seen() -> None:
    most = Most(input_tokens=64, output_tokens=16)
    assert most.at_least(sample(used=(100, 4))) == Most(input_tokens=100, output_tokens=16)
    assert most.at_least(sample()) == most


def test_tokens_that_are_not_known_have_no_price() -> None:
    rate = Rate(input_usd=1.0, output_usd=10.0)

    assert rate.of_tokens(Tokens(input=12, output=3)) == pytest.approx(42e-6)
    assert rate.of_tokens(Tokens(input=12)) is None
    assert rate.of_tokens(Tokens(output=3)) is None
