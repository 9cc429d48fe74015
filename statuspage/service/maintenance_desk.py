"""Where people announce, end and cancel maintenance: the same for commands, the API and the admin pages."""

import asyncio
import secrets
from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

import msgspec

from statuspage.domain.clock import Clock, rfc3339
from statuspage.domain.days import zone_of
from statuspage.domain.errors import UnknownNameError, WrongInputError
from statuspage.domain.incident import IncidentUpdate
from statuspage.domain.maintenance import Maintenance, in_order
from statuspage.domain.model import nearest
from statuspage.domain.notice import MAINTENANCE_COMPLETED, MAINTENANCE_SCHEDULED, Notice
from statuspage.domain.plan import Plan, Window, as_read, next_window, window_at
from statuspage.domain.ports import Store
from statuspage.domain.recurrence import RecurrenceError, first_starts, never_ends
from statuspage.service.announcing import maintenance_notice
from statuspage.service.fleet import Fleet
from statuspage.service.inputs import line, text

_LONGEST_MS: Final = 366 * 86_400_000


class NewMaintenance(msgspec.Struct, frozen=True, kw_only=True):
    """What announces work: its first window, UTC milliseconds; without models and providers it concerns the whole page.

    `zone` is the IANA name of the clocks that `rrule` (RFC 5545) runs on.
    """

    title: str
    message: str
    starts_at_ms: int
    ends_at_ms: int
    rrule: str | None = None
    zone: str = "UTC"
    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    author: str | None = None


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """The maintenance as readers meet it; `notes` are sentences for whoever wrote it, `version` guards the next edit."""

    maintenance: Maintenance
    version: int
    notes: tuple[str, ...] = ()


class MaintenanceDesk:
    """Maintenance by hand."""

    def __init__(self, store: Store, clock: Clock, fleet: Callable[[], Fleet], site_url: str) -> None:
        self._store = store
        self._clock = clock
        self._fleet = fleet
        self._site_url = site_url

    async def plan(self, new: NewMaintenance) -> Planned:
        """Announces one. Raises `WrongInputError`; a rule that never ends is taken, with a note that says so."""
        fleet = self._fleet()
        fleet.check_models(new.models)
        fleet.check_providers(new.providers)
        now_ms = self._clock.now_ms()
        _check_zone(new.zone)
        _check_window(new.starts_at_ms, new.ends_at_ms)
        # A rule that never fires is searched to the end of the calendar.
        starts_at_ms, notes = await asyncio.to_thread(_check_rule, new)
        first = IncidentUpdate(
            id=secrets.token_hex(6), status="scheduled", body=text("message", new.message), at_ms=now_ms, author=new.author
        )
        plan = Plan(
            id=secrets.token_hex(6),
            title=line("title", new.title),
            starts_at_ms=starts_at_ms,
            ends_at_ms=starts_at_ms + new.ends_at_ms - new.starts_at_ms,
            rrule=None if new.rrule is None else new.rrule.strip(),
            zone=new.zone,
            models=tuple(dict.fromkeys(new.models)),
            providers=tuple(dict.fromkeys(new.providers)),
            updates=(first,),
            author=new.author,
        )
        window = next_window(plan, now_ms)
        if window is None:
            raise WrongInputError("The maintenance is over before it begins: no window of it lies ahead.")
        await self._store.keep_plan(plan, None, [self._notice(plan, MAINTENANCE_SCHEDULED, window)])
        return self._planned(plan, notes)

    async def cancel(
        self,
        plan_id: str,
        message: str = "The maintenance was cancelled.",
        author: str | None = None,
        expected: int | None = None,
    ) -> Planned:
        """Takes one back; a window that is going on ends now. Raises `UnknownNameError`, `WrongInputError`."""
        plan = await self._find(plan_id)
        now_ms = self._clock.now_ms()
        self._check_alive(plan, now_ms)
        cancelled = msgspec.structs.replace(plan, cancelled_at_ms=now_ms)
        return await self._keep(plan, cancelled, "cancelled", message, author, expected, next_window(plan, now_ms))

    async def end(
        self, plan_id: str, message: str = "The maintenance ended early.", author: str | None = None, expected: int | None = None
    ) -> Planned:
        """Ends the window that is going on; the next ones stay. Raises `UnknownNameError`, `WrongInputError`."""
        plan = await self._find(plan_id)
        now_ms = self._clock.now_ms()
        window = window_at(plan, now_ms)
        if window is None:
            raise WrongInputError(f"The maintenance {plan_id} is not under way, so it cannot be ended; cancel it instead.")
        ended = msgspec.structs.replace(plan, cut={**plan.cut, window.start_ms: now_ms})
        return await self._keep(plan, ended, "completed", message, author, expected, window)

    async def tell(
        self, plan_id: str, status: str, message: str, author: str | None = None, expected: int | None = None
    ) -> Planned:
        """Adds an update. Raises `UnknownNameError`, `WrongInputError`."""
        plan = await self._find(plan_id)
        return await self._keep(plan, plan, status, message, author, expected)

    async def find(self, plan_id: str) -> Planned:
        """The maintenance of that id. Raises `UnknownNameError`."""
        return self._planned(await self._find(plan_id))

    async def known(self) -> tuple[Planned, ...]:
        """Every maintenance, those under way first."""
        plans = {plan.id: self._fleet().today(plan) for plan in await self._store.plans()}
        told = {plan.id: self._planned(plan) for plan in plans.values()}
        return tuple(told[each.id] for each in in_order(planned.maintenance for planned in told.values()))

    async def _keep(
        self,
        before: Plan,
        after: Plan,
        status: str,
        message: str,
        author: str | None,
        expected: int | None,
        over: Window | None = None,
    ) -> Planned:
        """Stores a plan with one more entry; people are told of the window that is over by it."""
        update = IncidentUpdate(
            id=secrets.token_hex(6), status=status, body=text("message", message), at_ms=self._clock.now_ms(), author=author
        )
        after = msgspec.structs.replace(after, updates=(update, *after.updates), version=before.version + 1)
        notices = [] if over is None else [self._notice(after, MAINTENANCE_COMPLETED, over)]
        await self._store.keep_plan(after, before.version if expected is None else expected, notices)
        return self._planned(after)

    def _notice(self, plan: Plan, kind: str, window: Window) -> Notice:
        return maintenance_notice(plan, kind, window, self._fleet(), self._site_url, self._clock.now_ms())

    async def _find(self, plan_id: str) -> Plan:
        plans = {plan.id: self._fleet().today(plan) for plan in await self._store.plans()}
        if plan_id not in plans:
            raise UnknownNameError("maintenance", plan_id, nearest(plan_id, plans))
        return plans[plan_id]

    def _planned(self, plan: Plan, notes: tuple[str, ...] = ()) -> Planned:
        keys = [key for key, provider in self._fleet().providers.items() if plan.covers(key, provider)]
        return Planned(maintenance=as_read(plan, keys, self._clock.now_ms()), version=plan.version, notes=notes)

    @staticmethod
    def _check_alive(plan: Plan, now_ms: int) -> None:
        if plan.cancelled_at_ms is not None:
            raise WrongInputError(f"The maintenance {plan.id} was cancelled at {rfc3339(plan.cancelled_at_ms)} already.")
        if next_window(plan, now_ms) is None:
            raise WrongInputError(f"The maintenance {plan.id} is over; there is nothing left to cancel.")


def _check_zone(name: str) -> None:
    try:
        zone_of(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongInputError(f"{name!r} is no time zone; write one such as Europe/Berlin or UTC.") from None


def _check_window(starts_at_ms: int, ends_at_ms: int) -> None:
    if ends_at_ms <= starts_at_ms:
        raise WrongInputError(
            f"The end {rfc3339(ends_at_ms)} is not after the start {rfc3339(starts_at_ms)}; swap or correct them."
        )
    if ends_at_ms - starts_at_ms > _LONGEST_MS:
        raise WrongInputError("The maintenance lasts longer than a year; retire the models or set an override instead.")


def _check_rule(new: NewMaintenance) -> tuple[int, tuple[str, ...]]:
    """Where the first window starts, and what whoever wrote the rule should know. Raises `WrongInputError`."""
    if new.rrule is None:
        return new.starts_at_ms, ()
    try:
        endless = never_ends(new.rrule)
        starts = first_starts(new.rrule, new.starts_at_ms, new.zone)
    except RecurrenceError as error:
        raise WrongInputError(str(error)) from None
    if not starts:
        raise WrongInputError(
            f"The rule {new.rrule!r} never fires after {rfc3339(new.starts_at_ms)}; check its days and its end."
        )
    if len(starts) > 1 and starts[1] - starts[0] < new.ends_at_ms - new.starts_at_ms:
        msg = f"The windows overlap: the second begins at {rfc3339(starts[1])}, before the first is over; shorten them."
        raise WrongInputError(msg)
    notes = []
    if endless:
        notes.append("This rule never ends: the maintenance repeats until somebody cancels it.")
    if starts[0] != new.starts_at_ms:
        notes.append(f"The rule does not fire at the given start; the first window begins at {rfc3339(starts[0])}.")
    return starts[0], tuple(notes)
