"""Am I well? How this process was while a probe ran, and whether the world can be reached at all."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import takewhile
from typing import Final

import msgspec

from statuspage.domain.clock import Clock
from statuspage.domain.doubt import Wellness, suspicious
from statuspage.domain.sample import Sample

_BEAT_S: Final = 0.25
_BEATS_KEPT: Final = 1_000
_BELIEVED_S: Final = 5.0
"""For how long one asking of the canaries answers for everybody."""

Reach = Callable[[str], Awaitable[str | None]]
"""Asks one neutral host; answers None when it was reached, else the class of the failure."""


class Mark(msgspec.Struct, frozen=True):
    """A moment by both clocks."""

    monotonic_s: float
    wall_ms: int


class SelfCheck:
    """Watches the event loop's lag, and asks the canaries when a probe failed the way a broken network of ours would."""

    def __init__(self, clock: Clock, canaries: Sequence[str], reach: Reach) -> None:
        self._clock = clock
        self._canaries = tuple(canaries)
        self._reach = reach
        self._lags: deque[tuple[float, float]] = deque(maxlen=_BEATS_KEPT)
        self._asked_at_s = -_BELIEVED_S
        self._failures: tuple[str | None, ...] = ()
        self._one_at_a_time = asyncio.Lock()

    async def run(self) -> None:
        """For ever: beats, and notes how late each beat came."""
        while True:
            before = self._clock.monotonic_s()
            await self._clock.sleep(_BEAT_S)
            now = self._clock.monotonic_s()
            self._lags.append((now, now - before - _BEAT_S))

    def mark(self) -> Mark:
        """Taken before a probe."""
        return Mark(self._clock.monotonic_s(), self._clock.now_ms())

    async def wellness(self, sample: Sample, *, since: Mark) -> Wellness:
        """How we were since the mark; the canaries are only asked when the sample gives reason to."""
        now = self.mark()
        jump_s = (now.wall_ms - since.wall_ms) / 1000 - (now.monotonic_s - since.monotonic_s)
        beats = takewhile(lambda beat: beat[0] >= since.monotonic_s, reversed(self._lags))
        lag_s = max((lag for _, lag in beats), default=0.0)
        failures = await self._ask_canaries() if suspicious(sample) else ()
        return Wellness(
            loop_lag_s=lag_s,
            clock_jump_s=jump_s,
            canaries_asked=len(failures),
            canaries_up=failures.count(None),
            canaries_intercepted=failures.count("tls_invalid"),
            resolver_up=any(failure != "dns_failure" for failure in failures) if failures else None,
        )

    async def _ask_canaries(self) -> tuple[str | None, ...]:
        async with self._one_at_a_time:
            if self._clock.monotonic_s() - self._asked_at_s >= _BELIEVED_S:
                self._failures = tuple(await asyncio.gather(*(self._reach(url) for url in self._canaries)))
                self._asked_at_s = self._clock.monotonic_s()
            return self._failures
