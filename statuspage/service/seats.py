"""Seats: how many probes may run at once, and how fast one account may be asked."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
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
        self._line = asyncio.Lock()
        self._seats = asyncio.Semaphore(limit.concurrency) if limit.concurrency else None
        self._starts: deque[float] = deque()
        self.in_flight = 0

    @asynccontextmanager
    async def seat(self, house: asyncio.Semaphore) -> AsyncIterator[None]:
        """Waits for a free seat, for the account's turn and for room in the house, and holds both for the block."""
        async with self._seats or nullcontext():
            # One in line at a time: whoever got room starts at once, so that no two starts are closer than the spacing.
            async with self._line:
                await self._wait_for_room(house)
                self._start()
            self.in_flight += 1
            try:
                yield
            finally:
                self.in_flight -= 1
                house.release()

    async def once_more(self, patience_s: float) -> bool:
        """Takes another turn in a seat already held; False, at once, when none comes within that time."""
        if self._spacing_s and self._next_start_s - self._clock.monotonic_s() > patience_s:
            return False
        await self._wait_for_turn()
        self._start()
        return True

    def asked_lately(self) -> int:
        """How many probes started in the last minute."""
        oldest = self._clock.monotonic_s() - _WATCHED_S
        while self._starts and self._starts[0] < oldest:
            self._starts.popleft()
        return len(self._starts)

    def follow(self, before: "AccountPace") -> None:
        """Takes up the pace of the same account's earlier seats, whose probes have ended."""
        self._starts = before._starts
        if self._starts:
            self._next_start_s = self._starts[-1] + self._spacing_s

    async def _wait_for_room(self, house: asyncio.Semaphore) -> None:
        while True:
            await self._wait_for_turn()
            await house.acquire()
            if self._next_start_s <= self._clock.monotonic_s():
                return
            house.release()  # `once_more` took the turn meanwhile

    async def _wait_for_turn(self) -> None:
        while (wait_s := self._next_start_s - self._clock.monotonic_s()) > 0:
            await self._clock.sleep(wait_s)

    def _start(self) -> None:
        now_s = self._clock.monotonic_s()
        self._next_start_s = now_s + self._spacing_s
        self._starts.append(now_s)
        self.asked_lately()


class Seats:
    """All accounts' seats under one ceiling of probes at once."""

    def __init__(self, limits: Iterable[AccountLimit], concurrency: int, clock: Clock) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._accounts = {limit.provider: AccountPace(limit, clock) for limit in limits}

    def account(self, provider: str) -> AccountPace:
        """The pace of one provider's account."""
        return self._accounts[provider]

    def follow(self, before: "Seats") -> None:
        """Takes up the pace of earlier seats, so that no account is asked faster for having been configured anew."""
        for provider, pace in self._accounts.items():
            if provider in before._accounts:
                pace.follow(before._accounts[provider])

    def take(self, provider: str) -> AbstractAsyncContextManager[None]:
        """Holds a seat of the account, then one of all; an account that waits for its turn blocks nobody else."""
        return self._accounts[provider].seat(self._all)
