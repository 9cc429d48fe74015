"""When a model is due: a fixed grid whose offset follows from the key."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.scheduler.grid import GridTrigger, first_due, next_due, share_of

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
KEYS = st.text(min_size=1, max_size=40)
INTERVALS = st.sampled_from([1.0, 2.5, 60.0, 300.0, 86_400.0])
MOMENTS = st.floats(0, 86_400 * 400).map(lambda seconds: NOW + timedelta(seconds=seconds))


def test_the_share_of_a_key_is_the_same_in_every_run() -> None:
    told = subprocess.check_output(
        [sys.executable, "-c", "from statuspage.scheduler.grid import share_of; print(repr(share_of('moonshot/kimi-k3')))"]
    )
    assert float(told) == share_of("moonshot/kimi-k3")


def test_keys_are_spread_over_the_interval() -> None:
    tenths = {int(share_of(f"provider/model-{number}") * 10) for number in range(200)}
    assert tenths == set(range(10))


@given(KEYS, INTERVALS, MOMENTS)
def test_the_first_check_comes_within_the_interval_and_within_half_a_minute(key: str, interval_s: float, now: datetime) -> None:
    waits = first_due(key, interval_s, now) - now
    assert timedelta(0) <= waits < timedelta(seconds=min(interval_s, 30))


@given(KEYS, INTERVALS, MOMENTS)
def test_checks_come_once_an_interval_however_long_each_takes(key: str, interval_s: float, now: datetime) -> None:
    first = next_due(key, interval_s, None, now)
    second = next_due(key, interval_s, first, first + timedelta(seconds=interval_s * 0.4))
    assert (second - first).total_seconds() == pytest.approx(interval_s, abs=1e-3)


@given(KEYS, INTERVALS, MOMENTS, st.floats(0, 1))
def test_a_check_never_follows_another_within_half_an_interval(key: str, interval_s: float, now: datetime, share: float) -> None:
    previous = now - timedelta(seconds=share * interval_s)
    due = next_due(key, interval_s, previous, now)
    assert due >= now - timedelta(milliseconds=1)
    assert (due - previous).total_seconds() >= interval_s / 2 - 1e-3
    assert (due - now).total_seconds() <= 1.5 * interval_s + 1e-3


def test_two_runs_keep_the_same_grid() -> None:
    first = next_due("moonshot/kimi-k3", 300.0, None, NOW)
    later = next_due("moonshot/kimi-k3", 300.0, None, NOW + timedelta(days=3, seconds=17))
    assert (later - first).total_seconds() % 300 == pytest.approx(0, abs=1e-3)


def test_the_trigger_asks_the_grid() -> None:
    trigger = GridTrigger("moonshot/kimi-k3", 300.0)
    assert trigger.get_next_fire_time(None, NOW) == next_due("moonshot/kimi-k3", 300.0, None, NOW)
