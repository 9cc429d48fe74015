"""Rounds run, and a stop waits for what is under way, but not for ever."""

import asyncio
import logging
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from statuspage.scheduler.scheduler import Round, Scheduler
from statuspage.service.clock import SystemClock

SHORT = Round(key="a", interval_s=0.02)


class Checks:
    """Checks that last until they are let go."""

    def __init__(self, *, held: bool = False) -> None:
        self.began: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self._news = asyncio.Event()
        self.let_go = asyncio.Event()
        if not held:
            self.let_go.set()

    async def check(self, key: str) -> None:
        self.began[key] += 1
        self._news.set()
        await self.let_go.wait()
        self.ended[key] += 1

    async def begin(self, *keys: str, times: int = 1) -> None:
        """Waits until each of these was begun so often."""
        while any(self.began[key] < times for key in keys):
            self._news.clear()
            await self._news.wait()


def scheduler(checks: Checks, *rounds: Round) -> Scheduler:
    return Scheduler(rounds, checks.check, SystemClock(), asyncio.Event())


async def test_every_model_is_checked_over_and_over() -> None:
    checks = Checks()
    subject = scheduler(checks, SHORT, Round(key="b", interval_s=0.03))
    async with subject.running(1.0):
        await checks.begin("a", "b", times=2)
    assert checks.began == checks.ended


async def test_a_model_is_not_checked_twice_at_once() -> None:
    checks = Checks(held=True)
    subject = scheduler(checks, SHORT)
    async with subject.running(1.0):
        await checks.begin("a")
        while not subject.rhythm.skipped:  # noqa: ASYNC110 - APScheduler tells us, and nobody else
            await asyncio.sleep(0.005)
        assert (subject.in_flight.count, checks.began["a"]) == (1, 1)
        checks.let_go.set()
    assert checks.began == checks.ended


async def test_a_stop_waits_for_checks_under_way() -> None:
    checks = Checks(held=True)
    async with scheduler(checks, SHORT).running(5.0):
        await checks.begin("a")
        asyncio.get_running_loop().call_later(0.05, checks.let_go.set)
    assert checks.ended["a"] == checks.began["a"] == 1


async def test_a_stop_gives_up_what_does_not_end_and_says_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    checks = Checks(held=True)
    subject = scheduler(checks, SHORT)
    with caplog.at_level(logging.ERROR):
        async with subject.running(0.05):
            await checks.begin("a")
    assert (checks.ended["a"], subject.in_flight.count) == (0, 0)
    assert caplog.records == []


async def test_nothing_begins_after_the_stop() -> None:
    checks = Checks()
    async with scheduler(checks, SHORT).running(1.0):
        await checks.begin("a")
    counted = checks.began["a"]
    await asyncio.sleep(0.1)
    assert checks.began["a"] == counted


async def test_a_check_that_raises_does_not_end_the_rounds(caplog: pytest.LogCaptureFixture) -> None:
    checks = Checks()

    async def check(key: str) -> None:
        await checks.check(key)
        raise ValueError("a bug")

    subject = Scheduler([SHORT], check, SystemClock(), asyncio.Event())
    async with subject.running(1.0):
        await checks.begin("a", times=3)
    assert subject.in_flight.count == 0
    assert 'Job "a ' in caplog.text


async def test_a_model_that_joins_later_is_checked_too() -> None:
    checks = Checks()
    subject = scheduler(checks, SHORT)
    async with subject.running(1.0):
        subject.add([Round(key="late", interval_s=0.02)])
        await checks.begin("late")


async def test_a_stop_knows_when_each_round_comes_next_but_of_those_it_gave_up() -> None:
    checks = Checks(held=True)
    slow = Round(key="slow", interval_s=3600.0)
    subject = scheduler(checks, SHORT, slow)
    slot = datetime.now(UTC) + timedelta(minutes=7)
    async with subject.running(0.05, {"slow": slot}):
        await checks.begin("a")
    assert subject.due == {"slow": slot}
    assert checks.began["slow"] == 0


async def test_a_slot_that_passed_meanwhile_is_taken_at_once() -> None:
    checks = Checks()
    subject = scheduler(checks, Round(key="slow", interval_s=3600.0))
    async with subject.running(1.0, {"slow": datetime.now(UTC) - timedelta(seconds=3)}):
        await checks.begin("slow")
    assert checks.ended["slow"] == 1
