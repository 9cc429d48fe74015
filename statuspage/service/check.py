"""The flow of one check, from a seat to a stored verdict: read `Checker.check` and `Checker.measure` top to bottom."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import msgspec
import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.doubt import doubt
from statuspage.domain.errors import StorageError
from statuspage.domain.lifecycle import with_history
from statuspage.domain.ports import Store
from statuspage.domain.sample import Sample
from statuspage.domain.verdict import advance, bad_news, grade
from statuspage.domain.view import ModelView
from statuspage.domain.words import Fault, Kind, ProbeKind, Status
from statuspage.service.alerts import Alerting
from statuspage.service.board import Board
from statuspage.service.bookkeeping import Changes, booked, record_of
from statuspage.service.entry import Entry
from statuspage.service.seats import Seats
from statuspage.service.selfcheck import SelfCheck

_OVERRUN_S = 5.0
"""How much longer than its deadline a probe may take before the check gives up on it."""

log = structlog.get_logger()


class Prober(Protocol):
    """Asks a model once; answers with a sample, whatever happens."""

    async def __call__(self, key: str, kind: ProbeKind) -> Sample:
        """One real request."""
        ...


class Bulletin(Protocol):
    """Hears which models look different to readers."""

    def changed(self, key: str, *, at_once: bool) -> None:
        """A model was checked; `at_once` where its status changed."""
        ...


Listener = Callable[[Entry, Sample, Status], Awaitable[None]]
"""Hears of a check once it is booked: the model, the sample, and the status before it."""


def _nowhere_else(_entry: Entry) -> bool:
    """Where no other account is known."""
    return False


class Checker:
    """Checks models: asks, doubts itself, judges, stores, and says what changed."""

    def __init__(  # noqa: PLR0913 - the parts of the flow, by name
        self,
        *,
        board: Board,
        store: Store,
        prober: Prober,
        seats: Seats,
        selfcheck: SelfCheck,
        shelf: Bulletin,
        clock: Clock,
        stopping: asyncio.Event,
        listed_elsewhere: Callable[[Entry], bool] = _nowhere_else,
        listeners: Sequence[Listener] = (),
        alerts: Alerting | None = None,
    ) -> None:
        self._board = board
        self._store = store
        self._prober = prober
        self._seats = seats
        self._selfcheck = selfcheck
        self._shelf = shelf
        self._clock = clock
        self._stopping = stopping
        self._listed_elsewhere = listed_elsewhere
        self._listeners = tuple(listeners)
        self._alerts = alerts

    async def check(self, key: str) -> None:
        """One scheduled check of a model, and the burst of confirmations it asks for."""
        entry = self._board.entry(key)
        await self._confirm(entry, await self._probe_and_book(entry, Kind.SCHEDULED))

    async def check_now(self, key: str) -> None:
        """One check out of turn.

        It counts in no figure of uptime, as whoever asks for it does so when something is wrong. Where it fails and nothing
        is known to be wrong yet, the scheduled check is made at once, with all its doubts.
        """
        entry = self._board.entry(key)
        confirm_in_s = await self._probe_and_book(entry, Kind.CONFIRM)
        if confirm_in_s is None and bad_news(entry.state):
            await self.check(key)
        else:
            await self._confirm(entry, confirm_in_s)

    async def _confirm(self, entry: Entry, in_s: float | None) -> None:
        """Asks again as often as the verdict wants it."""
        while in_s is not None and await self._rested(in_s):
            in_s = await self._probe_and_book(entry, Kind.CONFIRM)

    async def _probe_and_book(self, entry: Entry, kind: Kind) -> float | None:
        """One sample, judged and stored; the seconds after which to ask again, or None.

        What could not be stored did not happen: the state stays as storage has it, and goes stale in time.
        """
        sample = await self.measure(entry, kind)
        now_ms = self._clock.now_ms()
        step = advance(entry.state, sample, entry.policy, now_ms)
        sample = entry.kept(sample)
        changes = booked(entry, sample, step, self._board.cases, self._board.zone, now_ms)
        try:
            told = await self._record(entry, sample, changes, now_ms)
        except StorageError as error:
            log.warning("a check could not be stored", model=entry.key, error=str(error))
            if changes.case is not None:
                self._board.cases.undo(changes.case)
            return None
        before = entry.state.status
        try:
            await self._board.take_over(entry, sample, changes, self._store, now_ms)
        except StorageError as error:
            log.warning("the hours before could not be read anew", model=entry.key, error=str(error))
        if told is not None and self._alerts is not None:
            self._alerts.stored(told)
        self._announce(entry, changes)
        for listener in self._listeners:
            await listener(entry, sample, before)
        return step.confirm_in_s

    async def _record(self, entry: Entry, sample: Sample, changes: Changes, now_ms: int) -> ModelView | None:
        """Stores the changes, and in the same transaction what people are told of them; returns what they will see."""
        if self._alerts is None or not changes.visible:
            await self._store.record(record_of(sample, changes))
            return None
        after = self._board.after(entry, changes, now_ms)
        incidents = () if changes.case is None else (changes.case,)
        notices = self._alerts.of_check(self._board.model(entry.key, now_ms), after, incidents)
        await self._store.record(record_of(sample, changes, notices))
        return after

    async def measure(self, entry: Entry, kind: Kind) -> Sample:
        """One request under the account's pace, seen with doubt about ourselves, and graded by its speed."""
        async with self._seats.take(entry.provider.name):
            began = self._selfcheck.mark()
            sample = await self._ask(entry)
        wellness = await self._selfcheck.wellness(sample, since=began, house=entry.house)
        sample = msgspec.structs.replace(sample, kind=kind)
        graded = grade(doubt(sample, wellness), entry.state, entry.policy)
        return with_history(graded, worked=entry.once_worked, listed_elsewhere=self._listed_elsewhere(entry))

    async def _ask(self, entry: Entry) -> Sample:
        """The probe within a hard deadline: one that hangs is our own fault."""
        began_ms = self._clock.now_ms()
        try:
            async with asyncio.timeout(entry.model.timeout_s + _OVERRUN_S):
                return await self._prober(entry.key, entry.verdict_probe)
        except TimeoutError:
            return Sample(
                model=entry.key,
                at_ms=began_ms,
                probe=entry.verdict_probe,
                class_name="loop_stalled",
                fault=Fault.MONITOR,
                message="Our own check overran its deadline.",
            )

    def _announce(self, entry: Entry, changes: Changes) -> None:
        """Has everything rendered that shows this model."""
        self._shelf.changed(entry.key, at_once=changes.visible)
        if changes.visible:
            for key in self._board.dependants(entry.key):
                self._shelf.changed(key, at_once=True)

    async def _rested(self, seconds: float) -> bool:
        """Waits for the next confirmation; False when the process is told to stop meanwhile."""
        rest = asyncio.ensure_future(self._clock.sleep(seconds))
        stop = asyncio.ensure_future(self._stopping.wait())
        done, pending = await asyncio.wait({rest, stop}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        return stop not in done
