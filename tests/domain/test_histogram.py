"""The latency histogram: near the truth, addable, small."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.histogram import Histogram

latencies = st.lists(st.floats(min_value=0, max_value=120_000), max_size=200)


def of(values: list[float]) -> Histogram:
    histogram = Histogram()
    for value in values:
        histogram.add(value)
    return histogram


def nearest_rank(values: list[float], q: float) -> float:
    return sorted(values)[max(1, math.ceil(q * len(values))) - 1]


@given(st.lists(st.floats(min_value=50, max_value=600_000), min_size=1, max_size=200), st.floats(min_value=0, max_value=1))
def test_it_keeps_quantiles_within_five_percent(values: list[float], q: float) -> None:
    found, truth = of(values).quantile(q), nearest_rank(values, q)
    assert found is not None
    assert abs(found - truth) <= 0.05 * truth


@given(st.lists(st.floats(min_value=0, max_value=50), min_size=1), st.floats(min_value=0, max_value=1))
def test_it_keeps_small_quantiles_within_four_percent_and_one_millisecond(values: list[float], q: float) -> None:
    found, truth = of(values).quantile(q), nearest_rank(values, q)
    assert found is not None
    assert abs(found - truth) <= 1 + 0.04 * truth


@given(latencies, latencies)
def test_it_merges_to_what_one_histogram_of_all_would_be(one: list[float], other: list[float]) -> None:
    merged, added = of(one), of(other)
    before = added.encode()
    merged.merge(added)
    assert merged == of(one + other)
    assert merged.count == len(one) + len(other)
    assert added.encode() == before


@given(latencies)
def test_it_comes_back_from_its_bytes(values: list[float]) -> None:
    histogram = of(values)
    back = Histogram.decode(histogram.encode())
    assert back == histogram
    assert (back.count, back.quantile(0.5), back.quantile(0.95)) == (
        histogram.count,
        histogram.quantile(0.5),
        histogram.quantile(0.95),
    )
    back.add(700)
    assert back.count == len(values) + 1
    assert back == of([*values, 700])


def test_it_says_nothing_of_nothing() -> None:
    empty = Histogram()
    assert (empty.count, empty.quantile(0.5), empty.encode(), bool(empty)) == (0, None, b"", False)
    assert empty == Histogram.decode(b"")


def test_it_is_small_for_an_hour_and_for_a_day() -> None:
    hour = of([640.0 * 1.15**step for step in range(12)])
    day = of([400.0 * 1.01**step for step in range(288)])
    assert len(hour.encode()) <= 14
    assert len(day.encode()) <= 120


def test_it_copies_without_sharing() -> None:
    one = of([100, 200])
    twin = one.copy()
    twin.add(300)
    assert (one.count, twin.count) == (2, 3)


@pytest.mark.parametrize("value", [-1.0, math.nan])
def test_it_refuses_what_is_no_latency(value: float) -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        Histogram().add(value)


def test_it_counts_an_endless_latency_in_its_last_bucket() -> None:
    quantile = of([math.inf]).quantile(1)
    assert quantile is not None
    assert quantile > 900_000_000


@pytest.mark.parametrize("data", [b"\x81", b"\x03", b"\x02\x80"])
def test_it_refuses_bytes_that_were_cut_short(data: bytes) -> None:
    with pytest.raises(ValueError, match="cut short"):
        _ = Histogram.decode(data).count
