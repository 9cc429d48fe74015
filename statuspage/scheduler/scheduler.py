"""The rounds of checks, from a start to a drained stop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType
from typing import Final

import msgspec
from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_SUBMITTED, JobSubmissionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from statuspage.domain.clock import Clock
from statuspage.scheduler.grid import GridTrigger, first_due
from statuspage.scheduler.in_flight import InFlight

_OVERDUE_ROUNDS: Final = 2
_OVERDUE_GRACE_S: Final = 5.0
_UNWIND_S: Final = 1.0
"""How long checks that were given up may take to let go of what they hold."""

Check = Callable[[str], Awaitable[None]]


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A model to check over and over."""

    key: str
    interval_s: float


class Rhythm:
    """What the rounds have shown of themselves: lag, skipped runs, whether one is overdue."""

    def __init__(self, rounds: Iterable[Round], clock: Clock) -> None:
        self._clock = clock
        self._shortest_s = min((each.interval_s for each in rounds), default=None)
        self.last_started_s = clock.monotonic_s()
        self.lag_s = 0.0
        self.skipped = 0

    def expect(self, each: Round) -> None:
        """One more round; the patience begins anew with the first one."""
        if self._shortest_s is None:
            self.last_started_s = self._clock.monotonic_s()
        self._shortest_s = each.interval_s if self._shortest_s is None else min(self._shortest_s, each.interval_s)

    def overdue(self, in_flight: int) -> bool:
        """Whether the newest scheduled round should long have begun and nothing is under way."""
        if self._shortest_s is None or in_flight:
            return False
        return self._clock.monotonic_s() - self.last_started_s > _OVERDUE_ROUNDS * self._shortest_s + _OVERDUE_GRACE_S


class Scheduler:
    """Runs `check(key)` for every model on its grid, in the running event loop."""

    def __init__(self, rounds: Iterable[Round], check: Check, clock: Clock, stopping: asyncio.Event) -> None:
        self._rounds = tuple(rounds)
        self._check = check
        self._clock = clock
        self._stopping = stopping
        self._jobs = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self.in_flight = InFlight()
        self.rhythm = Rhythm(self._rounds, clock)
        self.due: dict[str, datetime] = {}
        """When each round comes next, known once the rounds were stopped; one that was given up is not named."""
        self._slots: Mapping[str, datetime] = {}

    @property
    def overdue(self) -> bool:
        """Whether the newest scheduled round is overdue."""
        return self.rhythm.overdue(self.in_flight.count)

    @asynccontextmanager
    async def running(self, drain_s: float, slots: Mapping[str, datetime] = MappingProxyType({})) -> AsyncIterator[None]:
        """Checks for the length of the block, then lets what is under way end within `drain_s` seconds.

        `slots` say when a round comes first, by key; the others come soon, as after a start.
        """
        self._slots = slots
        self._jobs.add_listener(self._on_submitted, EVENT_JOB_SUBMITTED)
        self._jobs.add_listener(self._on_skipped, EVENT_JOB_MAX_INSTANCES)
        for each in self._rounds:
            self._schedule(each)
        self._jobs.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._jobs.pause()
            try:
                await self._idle_within(drain_s)
            finally:
                self.due = {job.id: job.next_run_time for job in self._jobs.get_jobs() if job.id not in self.in_flight.keys}
                # Cancels what is left; the executor's own waiting does nothing (reference: libraries.md B2).
                self._jobs.shutdown(wait=False)
            await self._idle_within(_UNWIND_S)

    async def _idle_within(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.in_flight.idle.wait()

    def add(self, rounds: Iterable[Round]) -> None:
        """More models to check, from here on."""
        for each in rounds:
            self._rounds = (*self._rounds, each)
            self.rhythm.expect(each)
            if self._jobs.running:
                self._schedule(each)

    def _schedule(self, each: Round) -> None:
        self._jobs.add_job(
            partial(self._run, each.key),
            GridTrigger(each.key, each.interval_s),
            id=each.key,
            name=each.key,
            next_run_time=self._slots.get(each.key) or first_due(each.key, each.interval_s, datetime.now(UTC)),
        )

    def next_ms(self, key: str) -> int | None:
        """When the next round of a model is due, UTC milliseconds; None while there is none."""
        job = self._jobs.get_job(key)
        at = None if job is None else job.next_run_time
        return None if at is None else round(at.timestamp() * 1000)

    async def _run(self, key: str) -> None:
        if key in self.in_flight.keys:
            self.rhythm.skipped += 1  # somebody has it checked out of turn
            return
        with self.in_flight.one(key):
            self.rhythm.last_started_s = self._clock.monotonic_s()
            try:
                await self._check(key)
            except asyncio.CancelledError:
                # APScheduler would log it as an error that a check outlasted the drain.
                if not self._stopping.is_set():
                    raise

    def _on_submitted(self, event: JobSubmissionEvent) -> None:
        due: datetime = event.scheduled_run_times[0]
        self.rhythm.lag_s = max(0.0, (datetime.now(UTC) - due).total_seconds())

    def _on_skipped(self, _event: JobSubmissionEvent) -> None:
        self.rhythm.skipped += 1
