"""What people wrote, in a running server: maintenance begins and ends, overrides expire, incidents are taken over."""

import math
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol

import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import EditedMeanwhileError, StorageError
from statuspage.domain.event import Event
from statuspage.domain.notice import Notice
from statuspage.domain.pins import Pin, detour_of, pin_at, pins_of
from statuspage.domain.plan import Plan, next_turn_ms, windows
from statuspage.domain.ports import Store
from statuspage.domain.reading import Reading
from statuspage.domain.speech import reason
from statuspage.domain.verdict import Transition
from statuspage.domain.words import Fault, Level
from statuspage.service.alerts import Alerting
from statuspage.service.announcing import window_notices
from statuspage.service.board import Board
from statuspage.service.bookkeeping import incident_id
from statuspage.service.casebook import Case
from statuspage.service.entry import Entry

BROKEN_AFTER: Final = "broken_after_maintenance"
"""The kind of event that tells of a model that is broken when its maintenance ends."""
_LOOK_EVERY_S: Final = 1.0
_BEHIND_MS: Final = 2 * 86_400_000
"""How far back windows are known: time since the newest sample is spent in them."""
_AHEAD_MS: Final = 86_400_000
_ARRANGE_EVERY_MS: Final = 3_600_000
_INCIDENTS_MS: Final = 91 * 86_400_000

log = structlog.get_logger()


class Rack(Protocol):
    """Hears what is to be rendered anew."""

    def changed(self, key: str, *, at_once: bool) -> None:
        """A model looks different."""
        ...

    def page_changed(self) -> None:
        """What the page tells beside its models is different."""
        ...


class People:
    """Keeps the board at what people wrote, and tells of every window and override that begins or ends."""

    def __init__(
        self,
        *,
        board: Board,
        store: Store,
        shelf: Rack,
        tell: Callable[[Sequence[Event]], Awaitable[None]],
        clock: Clock,
        alerts: Alerting | None = None,
    ) -> None:
        self._board = board
        self._store = store
        self._shelf = shelf
        self._tell = tell
        self._clock = clock
        self._alerts = alerts
        self._held: dict[str, Pin | None] = {}
        self._arrange_ms = 0
        self._arranged = 0
        self._plans: tuple[Plan, ...] = ()
        self._tell_ms: float = 0

    async def load(self) -> None:
        """Takes over what is stored; what began or ended while nobody looked is told at the first turn."""
        await self._arrange()
        for entry in self._board.entries():
            self._held[entry.key] = pin_at(entry.pins, entry.spent_until_ms)

    async def take_over(self) -> None:
        """Reads everything anew that people may have written. Raises `StorageError`."""
        self._board.cases.note_newer(await self._store.incidents(self._clock.now_ms() - _INCIDENTS_MS))
        await self._arrange()
        await self.turn()
        self._shelf.page_changed()

    async def run(self) -> None:
        """For ever: has every window and every override begin and end at its time."""
        await self.tidy()
        while True:
            await self._clock.sleep(_LOOK_EVERY_S)
            try:
                if self._clock.now_ms() >= self._arrange_ms or len(self._board.entries()) != self._arranged:
                    await self._arrange()
                await self.turn()
            except StorageError as error:
                log.warning("what people wrote could not be applied", error=str(error))

    async def tidy(self) -> None:
        """Closes incidents that wait for models which the configuration does not name any more."""
        for case in self._board.cases.abandoned(self._clock.now_ms()):
            try:
                await self._write(case, ())
            except (EditedMeanwhileError, StorageError) as error:
                log.warning("an incident of models that are gone could not be closed", incident=case.after.id, error=str(error))

    async def turn(self) -> None:
        """Tells of every model that came under another pin since the last turn. Raises `StorageError`."""
        now_ms = self._clock.now_ms()
        over = False
        for entry in self._board.entries():
            pin, held = pin_at(entry.pins, now_ms), self._held.get(entry.key)
            if pin != held:
                await self._turned(entry, held, pin, now_ms)
                over = True
        if over or now_ms >= self._tell_ms:
            self._shelf.page_changed()
        if now_ms >= self._tell_ms:
            await self._tell_of_windows(now_ms)

    async def _tell_of_windows(self, now_ms: int) -> None:
        """Has people told of windows that began or ended; what was told already is known by its id."""
        if self._alerts is not None:
            fleet = self._board.fleet()
            await self._store.outbox.post(window_notices(self._plans, fleet, self._board.site.url, now_ms))
            self._alerts.posted()
        turns = (next_turn_ms(plan, now_ms) for plan in self._plans)
        self._tell_ms = min((turn_ms for turn_ms in turns if turn_ms is not None), default=math.inf)

    async def _arrange(self) -> None:
        """Reads plans and overrides, and has the board know the pins of these days."""
        now_ms = self._clock.now_ms()
        fleet = self._board.fleet()
        plans = tuple(fleet.today(plan) for plan in await self._store.plans())
        overrides = {each.key: each for each in await self._store.overrides()}
        entries = self._board.entries()
        from_ms, to_ms = now_ms - _BEHIND_MS, now_ms + _AHEAD_MS
        scheduled = [(plan, tuple(windows(plan, from_ms, to_ms))) for plan in plans]
        pins = {each.key: pins_of(each.key, each.provider.name, scheduled, overrides.get(each.key), from_ms) for each in entries}
        self._board.plan(plans)
        self._plans = plans
        self._tell_ms = now_ms
        detours = {key: detour for key, each in overrides.items() if (detour := detour_of(each, fleet.renamed)) is not None}
        self._board.pin(pins, detours, now_ms)
        self._arranged = len(entries)
        self._arrange_ms = now_ms + _ARRANGE_EVERY_MS

    async def _turned(self, entry: Entry, held: Pin | None, pin: Pin | None, now_ms: int) -> None:
        """One model comes under another pin: stored, told and shown."""
        before, after = self._board.under(entry, held, now_ms), self._board.model(entry.key, now_ms)
        measured = entry.reading(now_ms)
        case = self._case(entry, held, pin, measured, now_ms)
        notices = () if self._alerts is None else self._alerts.of_check(before, after, () if case is None else (case,))
        if case is not None:
            try:
                await self._write(case, notices)
            except EditedMeanwhileError:
                return  # the next turn sees what the other wrote
        elif notices:
            await self._store.outbox.post(notices)
        self._held[entry.key] = pin
        entry.changed_at_ms = max(entry.changed_at_ms, now_ms)
        if self._alerts is not None:
            self._alerts.stored(after)
        for key in (entry.key, *self._board.dependants(entry.key)):
            self._shelf.changed(key, at_once=True)
        if held is not None and held.maintenance is not None and pin is None and _broken(measured):
            sentence = f"{entry.spoken_name} is broken after its maintenance ({held.text}): {reason(entry.model.name, measured)}."
            await self._tell([Event(at_ms=now_ms, kind=BROKEN_AFTER, subject=entry.key, sentence=sentence)])

    async def _write(self, case: Case, notices: Sequence[Notice]) -> None:
        """Stores what became of an incident. Raises `EditedMeanwhileError` and `StorageError`; then nothing happened."""
        try:
            await self._store.keep_incident(case.after, None if case.before is None else case.before.version, notices)
        except (EditedMeanwhileError, StorageError):
            self._board.cases.undo(case)
            raise
        self._board.cases.kept(case)

    def _case(self, entry: Entry, held: Pin | None, pin: Pin | None, measured: Reading, now_ms: int) -> Case | None:
        """What the beginning or the end of a pin says to an incident; an operator's own word says nothing."""
        if pin is not None and pin.maintenance is None:
            return None
        old = entry.state.status if held is None else held.status
        if old is measured.status:
            return None
        begun_ms = now_ms if held is None else min(held.until_ms, now_ms)
        change = Transition(old=old, new=measured.status, at_ms=now_ms, started_at_ms=begun_ms)
        return self._board.cases.follow(entry, [change], measured, incident_id(entry.key, now_ms))


def _broken(measured: Reading) -> bool:
    return measured.status.level in (Level.YELLOW, Level.RED) and measured.fault in (Fault.PROVIDER, Fault.ROUTER)
