"""Time passes only while everybody waits."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from statuspage.service.virtual import VirtualClock, VirtualLoop

T = TypeVar("T")
START_MS = 1_700_000_000_000


def played(story: Callable[[VirtualClock], Awaitable[T]]) -> T:
    loop = VirtualLoop()

    async def whole() -> T:
        return await story(VirtualClock(loop, START_MS))

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(whole())


def test_a_month_of_sleep_takes_no_time() -> None:
    async def story(clock: VirtualClock) -> int:
        await clock.sleep(30 * 86_400)
        return clock.now_ms()

    began = time.process_time()
    assert played(story) == START_MS + 30 * 86_400_000
    assert time.process_time() - began < 1


def test_sleepers_wake_in_the_order_of_time() -> None:
    async def story(clock: VirtualClock) -> list[tuple[int, float]]:
        woken: list[tuple[int, float]] = []

        async def sleeper(seconds: int) -> None:
            await clock.sleep(seconds)
            woken.append((seconds, clock.monotonic_s()))

        await asyncio.gather(*(sleeper(seconds) for seconds in (300, 5, 20)))
        return woken

    assert played(story) == [(5, 5.0), (20, 20.0), (300, 300.0)]


def test_timeouts_and_locks_live_in_the_same_time() -> None:
    async def story(clock: VirtualClock) -> list[float]:
        ended = []
        lock = asyncio.Lock()

        async def holder() -> None:
            async with lock:
                await clock.sleep(60)

        holding = asyncio.ensure_future(holder())
        await asyncio.sleep(0)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(35):
                await lock.acquire()
        ended.append(clock.monotonic_s())
        async with lock:
            ended.append(clock.monotonic_s())
        await holding
        return ended

    assert played(story) == [35.0, 60.0]


def test_a_wait_that_nobody_will_end_is_told() -> None:
    async def story(_clock: VirtualClock) -> None:
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match="ever be woken"):
        played(story)
