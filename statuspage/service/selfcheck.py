"""Am I well? How this process was while a probe ran, and whether the world can be reached at all."""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import takewhile
from typing import Final

import msgspec

from statuspage.domain.clock import Clock
from statuspage.domain.doubt import LAG_BOUND_S, Wellness, suspicious
from statuspage.domain.sample import Sample
from statuspage.domain.skew import SKEW_BOUND_S, our_skew_s, skew_s
from statuspage.domain.words import Judgement

_BEAT_S: Final = 0.25
_BEATS_KEPT: Final = 1_000
_BELIEVED_S: Final = 5.0
"""For how long one asking of the canaries answers for everybody."""
_CYCLE_S: Final = 300.0
"""Transport failures of unrelated vendors within this time look like our own network."""
_UNRELATED: Final = 2
_REMEMBERED_S: Final = 900.0
"""For how long a host's `Date` header says something of our clock."""

Reach = Callable[[str], Awaitable[str | None]]
"""Asks one neutral host; answers None when it was reached, else the class of the failure."""


class Mark(msgspec.Struct, frozen=True):
    """A moment by both clocks."""

    monotonic_s: float
    wall_ms: int


class Concern(msgspec.Struct, frozen=True, kw_only=True):
    """Something about ourselves that the operator should know; `kind` names it for ever, `sentence` is for people."""

    kind: str
    sentence: str


class SelfCheck:
    """Watches the event loop's lag and our clock, and asks the canaries when a probe failed as if our own network were broken."""

    def __init__(self, clock: Clock, canaries: Sequence[str], reach: Reach) -> None:
        self._clock = clock
        self._canaries = tuple(canaries)
        self._reach = reach
        self._lags: deque[tuple[float, float]] = deque(maxlen=_BEATS_KEPT)
        self._asked_at_s = -math.inf
        self._failures: tuple[str | None, ...] = ()
        self._one_at_a_time = asyncio.Lock()
        self._suspected: dict[str, float] = {}
        self._skews: dict[str, tuple[float, float]] = {}

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

    async def wellness(self, sample: Sample, *, since: Mark, house: str = "") -> Wellness:
        """How we were since the mark; the canaries are only asked when the sample gives reason to.

        `house` is whoever was asked: where several unrelated ones fail at once, no earlier answer of the canaries counts.
        """
        now = self.mark()
        jump_s = (now.wall_ms - since.wall_ms) / 1000 - (now.monotonic_s - since.monotonic_s)
        failures: tuple[str | None, ...] = ()
        if suspicious(sample):
            self._suspected[house] = now.monotonic_s
            failures = await self._ask_canaries(0.0 if self._all_at_once(now.monotonic_s) else _BELIEVED_S)
        elif self._cut_off and sample.judgement in (Judgement.OK, Judgement.SLOW):
            self._failures = ()  # somebody answered: the way out is open again
        return Wellness(
            loop_lag_s=self._lag_s(since.monotonic_s),
            clock_jump_s=jump_s,
            canaries_asked=len(failures),
            canaries_up=failures.count(None),
            canaries_intercepted=failures.count("tls_invalid"),
            resolver_up=any(failure != "dns_failure" for failure in failures) if failures else None,
        )

    async def connected(self) -> bool:
        """Whether any neutral host answers, as far as is known; asked again only where none did."""
        if self._cut_off:
            await self._ask_canaries(_BELIEVED_S)
        return not self._cut_off

    def heard(self, host: str, date: str | None) -> None:
        """Compares our clock with the `Date` header of an answer."""
        skew = skew_s(date, self._clock.now_ms())
        if skew is not None:
            self._skews[host] = (self._clock.monotonic_s(), skew)

    def concerns(self) -> list[Concern]:
        """What is wrong with ourselves at present; nothing of it is a vendor's fault."""
        found = []
        now_s = self._clock.monotonic_s()
        self._skews = {host: seen for host, seen in self._skews.items() if now_s - seen[0] <= _REMEMBERED_S}
        skew = our_skew_s({host: seconds for host, (_, seconds) in self._skews.items()})
        if skew is not None and abs(skew) > SKEW_BOUND_S:
            side = "behind" if skew > 0 else "ahead of"
            sentence = f"Our clock is {abs(skew):.0f} s {side} every vendor's: set it by NTP (timedatectl set-ntp true)."
            found.append(Concern(kind="clock_skew", sentence=sentence))
        lag_s = self._lag_s(now_s - 60)
        if lag_s > LAG_BOUND_S:
            sentence = f"The event loop stood still for {lag_s:.1f} s: give the process more of a processor."
            found.append(Concern(kind="loop_stalled", sentence=sentence))
        if self._cut_off:
            found.append(Concern(kind="offline", sentence="No neutral host answers: check our own network, proxy and firewall."))
        return found

    @property
    def _cut_off(self) -> bool:
        return bool(self._failures) and None not in self._failures

    def _lag_s(self, since_s: float) -> float:
        if not self._lags:
            return 0.0
        beats = takewhile(lambda beat: beat[0] >= since_s, reversed(self._lags))
        return max((lag for _, lag in beats), default=0.0)

    def _all_at_once(self, now_s: float) -> bool:
        self._suspected = {house: at_s for house, at_s in self._suspected.items() if now_s - at_s <= _CYCLE_S}
        return len(self._suspected) >= _UNRELATED

    async def _ask_canaries(self, believed_s: float) -> tuple[str | None, ...]:
        """What the canaries answer to a question that was put at most `believed_s` before this one."""
        wanted_s = self._clock.monotonic_s()
        async with self._one_at_a_time:
            if self._asked_at_s < wanted_s - believed_s or not self._failures:
                self._asked_at_s = self._clock.monotonic_s()
                self._failures = tuple(await asyncio.gather(*(self._reach(url) for url in self._canaries)))
            return self._failures
