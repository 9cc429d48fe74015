"""Sums of money that stay exact, months of UTC, and what is unknown stays unknown."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.ledger import NANO, Line, added, line_of, month_end_ms, month_start_ms, projected_usd, spent
from statuspage.domain.sample import Sample, Tokens
from statuspage.domain.words import Fault, Kind, ProbeKind

DAY_MS = 86_400_000
HOUR_MS = 3_600_000


def sample(cost_usd: float | None = 0.25, assumed_usd: float | None = None, **more: object) -> Sample:
    known = {"model": "moonshot/kimi-k3", "at_ms": 5 * DAY_MS + 7,
             "probe": ProbeKind.CHAT, "class_name": "ok", "fault": Fault.NONE,
             "tokens": Tokens(input=15, output=16), **more}  # fmt: skip
    return Sample(cost_usd=cost_usd, assumed_usd=assumed_usd, **known)  # type: ignore[arg-type]


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_a_probe_is_a_line_of_its_utc_day() -> None:
    line = line_of(sample())
    assert line == Line(day_ms=5 * DAY_MS, subject="moonshot/kimi-k3", probe=ProbeKind.CHAT, kind=Kind.SCHEDULED, probes=1,
                        input_tokens=15, output_tokens=16, cost_nano_usd=NANO // 4)  # fmt: skip


@pytest.mark.parametrize(("one", "unpriced", "cost_usd", "counted_usd"), [
    (sample(), 0, 0.25, 0.25),
    (sample(0.0), 0, 0.0, 0.0),
    (sample(None, 0.5), 1, None, 0.5),
    (sample(None), 1, None, 0.0),
    (sample(None, tokens=Tokens()), 0, 0.0, 0.0),
    (sample(None, probe=ProbeKind.CATALOG), 0, 0.0, 0.0),
    (sample(0.25, 0.5), 0, 0.25, 0.25),
])  # fmt: skip
def test_what_is_not_known_is_no_nought(one: Sample, unpriced: int, cost_usd: float | None, counted_usd: float) -> None:
    found = spent([line_of(one)])
    assert (found.unpriced, found.cost_usd, found.counted_usd) == (unpriced, cost_usd, counted_usd)


def test_a_sum_with_some_prices_says_how_many_lacked_one() -> None:
    found = spent([line_of(sample()), line_of(sample(None, 0.5))])
    assert (found.probes, found.unpriced, found.cost_usd, found.counted_usd) == (2, 1, 0.25, 0.75)


def test_nothing_spent_is_nothing() -> None:
    assert spent([]).cost_usd == 0.0


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["a/x", "a/y", "b"]), st.integers(0, 10**12)), max_size=50))
def test_sums_are_the_same_in_whatever_order_they_are_made(rows: list[tuple[int, str, int]]) -> None:
    lines = [
        Line(day_ms=day * DAY_MS, subject=subject, probe=ProbeKind.CHAT, kind=Kind.SCHEDULED, probes=1, cost_nano_usd=cost)
        for day, subject, cost in rows
    ]
    assert spent(added(lines)) == spent(lines) == spent(reversed(lines))
    assert len({line.place for line in added(lines)}) == len(added(lines))


@pytest.mark.parametrize(("now", "start", "end"), [
    ("2026-11-27T10:00:00", "2026-11-01", "2026-12-01"),
    ("2026-12-31T23:59:59.999", "2026-12-01", "2027-01-01"),
    ("2027-01-01T00:00:00", "2027-01-01", "2027-02-01"),
    ("2028-02-29T12:00:00", "2028-02-01", "2028-03-01"),
])  # fmt: skip
def test_a_month_is_one_of_utc(now: str, start: str, end: str) -> None:
    assert (month_start_ms(ms(now)), month_end_ms(ms(now))) == (ms(start), ms(end))


def test_a_projection_goes_on_as_it_went() -> None:
    assert projected_usd(3.0, 0, 3 * DAY_MS, 30 * DAY_MS) == 30.0
    assert projected_usd(3.0, 0, HOUR_MS - 1, 30 * DAY_MS) is None
