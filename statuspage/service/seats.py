"""Seats: how many probes may run at once, and how fast one account may be asked."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

import msgspec

from statuspage.domain.clock import Clock

_WATCHED_S: Final = 60.0


class AccountLimit(msgspec.Struct, frozen=True, kw_only=True):
    """Our own ceiling for one account; None is no ceiling."""

    provider: str
    rpm: int | None = None
    concurrency: int | None = None


class AccountPace:
    """One account's seats: starts are spaced evenly under its `rpm`, so that no minute ever holds more."""

    def __init__(self, limit: AccountLimit, clock: Clock) -> None:
        self._clock = clock
        self._spacing_s = 60.0 / limit.rpm if limit.rpm else 0.0
        self._next_start_s = 0.0
        self._seats = asyncio.Semaphore(limit.concurrency) if limit.concurrency else None
        self._starts: deque[float] = deque()
        self.in_flight = 0

    @asynccontextmanager
    async def seat(self) -> AsyncIterator[None]:
        """Waits for a free seat and for the account's turn, and holds the seat for the block."""
        if self._seats is not None:
            await self._seats.acquire()
        try:
            await self._wait_for_turn()
            self._starts.append(self._clock.monotonic_s())
            self.in_flight += 1
            try:
                yield
            finally:
                self.in_flight -= 1
        finally:
            if self._seats is not None:
                self._seats.release()

    async def once_more(self, patience_s: float) -> bool:
        """Takes another turn in a seat already held; False, at once, when none comes within that time."""
        if self._spacing_s and self._next_start_s - self._clock.monotonic_s() > patience_s:
            return False
        await self._wait_for_turn()
        self._starts.append(self._clock.monotonic_s())
        return True

    def asked_lately(self) -> int:
        """How many probes started in the last minute."""
        oldest = self._clock.monotonic_s() - _WATCHED_S
        while self._starts and self._starts[0] < oldest:
            self._starts.popleft()
        return len(self._starts)

    async def _wait_for_turn(self) -> None:
        if not self._spacing_s:
            self.asked_lately()
            return
        now = self._clock.monotonic_s()
        turn = max(now, self._next_start_s)
        self._next_start_s = turn + self._spacing_s
        if turn > now:
            await self._clock.sleep(turn - now)


class Seats:
    """All accounts' seats under one ceiling of probes at once."""

    def __init__(self, limits: Iterable[AccountLimit], concurrency: int, clock: Clock) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._accounts = {limit.provider: AccountPace(limit, clock) for limit in limits}

    def account(self, provider: str) -> AccountPace:
        """The pace of one provider's account."""
        return self._accounts[provider]

    @asynccontextmanager
    async def take(self, provider: str) -> AsyncIterator[None]:
        """Holds a seat of the account, then one of all; an account that waits for its turn blocks nobody else."""
        async with self._accounts[provider].seat(), self._all:
            yield
