"""Accounts: asks what is left, hourly and whenever a refusal speaks of money; tells the operator once of each cause."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Final

import msgspec
import structlog

from statuspage.config.fleet import Config, Provider
from statuspage.domain.accountfaults import Cause, Causes, follow, without_strangers
from statuspage.domain.balance import spell
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.keyslots import MONEY, REJECTED, Slot, SlotState
from statuspage.domain.ports import Store
from statuspage.domain.purse import Purse, read
from statuspage.domain.sample import Sample
from statuspage.domain.words import ProbeKind, Retry
from statuspage.service.keyslots import KeySlots
from statuspage.service.seats import Seats

TOPIC: Final = "account"
_HOUR_MS: Final = 3_600_000
_AT_LEAST_APART_MS: Final = 60_000
"""A storm of refusals is one question to the balance."""
_SPREAD_MS: Final = 2_000
_LONGEST_WAIT_S: Final = 600.0

AskWith = Callable[[str, int, ProbeKind], Awaitable[Sample]]
"""Asks the provider of that name with that slot's key."""

log = structlog.get_logger()


class AccountNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a provider's account and survives a restart; purses by the key's reference."""

    slots: tuple[Slot, ...] = ()
    purses: dict[str, Purse] = {}
    causes: dict[str, Cause] = {}


class Accounts:
    """Keeps an eye on every account; `slots` tells it of every answer to a key, the check flow of every settled sample."""

    def __init__(self, *, config: Config, slots: KeySlots, ask_with: AskWith, seats: Seats, store: Store, clock: Clock) -> None:
        self._providers = {each.name: each for each in config.providers if each.not_configured is None}
        self._slots = slots
        self._ask_with = ask_with
        self._seats = seats
        self._store = store
        self._clock = clock
        self._watched = frozenset(model.key for model in config.models)
        self._purses: dict[tuple[str, str], Purse] = {}
        self._causes: dict[str, Causes] = {}
        self._due: dict[tuple[str, int], tuple[int, ProbeKind]] = {}
        self._asked_at_ms: dict[tuple[str, int], int] = {}
        self._untold: list[Event] = []
        self._dirty: set[str] = set()
        self._wake = asyncio.Event()
        slots.listener = self._heard

    async def load(self) -> None:
        """Takes over what was known before a restart, and plans the questions of the first hour."""
        for name, body in (await self._store.noted(TOPIC)).items():
            if name in self._providers:
                self._restore(name, body)
        now_ms = self._clock.now_ms()
        for place, (name, provider) in enumerate(self._providers.items()):
            for index, slot in enumerate(self._slots.slots(name)):
                kind = self._regular(provider, slot)
                if kind is not None:
                    read_at_ms = self.purse(name, slot.reference).read_at_ms or 0
                    first_ms = now_ms + (place + 1) * _SPREAD_MS
                    overdue = slot.state is not SlotState.ACTIVE or read_at_ms + _HOUR_MS <= first_ms
                    self._due[name, index] = (first_ms if overdue else read_at_ms + _HOUR_MS, kind)

    async def run(self) -> None:
        """For ever: asks what is due, and keeps and tells what was learnt; a slow account delays nobody."""
        async with asyncio.TaskGroup() as questions:
            while True:
                for question in self._take_due():
                    questions.create_task(self._ask(*question))
                await self._write()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._until_due_s()):
                        await self._wake.wait()
                self._wake.clear()

    async def turn(self) -> None:
        """Everything that is due now, to its end."""
        await asyncio.gather(*(self._ask(*question) for question in self._take_due()))
        await self._write()

    def purse(self, provider: str, reference: str) -> Purse:
        """What is known of the money behind a key."""
        return self._purses.get((provider, reference), Purse())

    def causes(self, provider: str) -> Causes:
        """What hides models of that provider at present, by class."""
        return self._causes.get(provider, {})

    def settled(self, provider: str, index: int | None, sample: Sample) -> None:
        """Hears of a model's sample once no other key is left to try."""
        before = self._causes.get(provider, {})
        causes, events = follow(before, provider, sample)
        if index is not None and sample.class_name in MONEY | REJECTED:
            reference = self._slots.slots(provider)[index].reference
            events = tuple(_with_key(event, reference) for event in events)
        self._causes[provider] = causes
        if events:
            self._changed(provider, events)
        elif causes is not before:
            self._dirty.add(provider)

    def _heard(self, provider: str, index: int, before: Slot, after: Slot, sample: Sample) -> None:
        account = self._providers.get(provider)
        if account is None:
            return
        if _speaks_of_money(sample) and sample.probe is not ProbeKind.BALANCE and account.vendor.balance:
            self._soon(provider, index, ProbeKind.BALANCE)
        if after.state is SlotState.INVALID and sample.class_name in REJECTED:
            self._soon(provider, index, _proof(account))
        if before.state is not after.state:
            self._changed(provider, self._told_of_slot(provider, before, after, sample))

    def _told_of_slot(self, provider: str, before: Slot, after: Slot, sample: Sample) -> tuple[Event, ...]:
        """What the operator hears of one key; where there is but one key, the account's fault says it all."""
        name = after.reference
        contradicted = before.state is SlotState.EXHAUSTED and sample.balance is not None
        if contradicted and sample.at_ms - (before.since_ms or 0) < _AT_LEAST_APART_MS * 5:
            left = "" if sample.balance is None else spell(sample.balance)
            sentence = (
                f"{provider}: answers to {name} say that its money is gone, its balance says otherwise ({left}). "
                "The balance is believed; ask the vendor."
            )
            return (self._event(provider, after, "contradicted", sentence),)
        if len(self._slots.slots(provider)) < 2:
            return ()
        match after.state:
            case SlotState.DISABLED:
                why = "it belongs to another region" if after.reason == "wrong_region" else "the vendor rejects it"
                sentence = f"{provider}: the key {name} is used no more, as {why}. Replace it or remove the reference."
            case SlotState.EXHAUSTED:
                sentence = f"{provider}: the key {name} has no money left; the next one is used. Top up its account."
            case SlotState.ACTIVE if before.state is not SlotState.INVALID:
                sentence = f"{provider}: the key {name} is in use again."
            case _:
                return ()
        return (self._event(provider, after, after.state.value, sentence),)

    def _event(self, provider: str, slot: Slot, state: str, sentence: str) -> Event:
        facts = {"state": state, "key": slot.reference}
        return Event(at_ms=self._clock.now_ms(), kind="key", subject=provider, sentence=sentence, facts=facts)

    def _changed(self, provider: str, events: tuple[Event, ...]) -> None:
        for event in events:
            log.warning(event.sentence, provider=provider, kind=event.kind)
        self._untold.extend(events)
        self._dirty.add(provider)
        self._wake.set()

    def _take_due(self) -> list[tuple[str, int, ProbeKind]]:
        now_ms = self._clock.now_ms()
        due = [(name, index, kind) for (name, index), (at_ms, kind) in self._due.items() if at_ms <= now_ms]
        for name, index, _ in due:
            del self._due[name, index]
            self._asked_at_ms[name, index] = now_ms
        return due

    async def _ask(self, name: str, index: int, kind: ProbeKind) -> None:
        async with self._seats.take(name):
            sample = await self._ask_with(name, index, kind)
        slot = self._slots.slots(name)[index]
        if sample.balance is not None:
            several = len(self._slots.slots(name)) > 1
            who = f"{name} ({slot.reference})" if several else name
            purse, events = read(self.purse(name, slot.reference), sample.balance, who, name, self._clock.now_ms())
            self._purses[name, slot.reference] = purse
            self._changed(name, events)
        regular = self._regular(self._providers[name], slot)
        if regular is not None and (name, index) not in self._due:
            self._due[name, index] = (self._clock.now_ms() + _HOUR_MS, regular)
            self._wake.set()

    def _soon(self, provider: str, index: int, kind: ProbeKind) -> None:
        now_ms = self._clock.now_ms()
        at_ms = max(now_ms, self._asked_at_ms.get((provider, index), now_ms - _AT_LEAST_APART_MS) + _AT_LEAST_APART_MS)
        planned = self._due.get((provider, index))
        if planned is None or planned[0] > at_ms:
            self._due[provider, index] = (at_ms, kind)
            self._wake.set()

    def _regular(self, provider: Provider, slot: Slot) -> ProbeKind | None:
        """What is asked of a key each hour: its balance, else whether it is good at all, where there is another to turn to."""
        if slot.state is SlotState.DISABLED or (slot.state is SlotState.INVALID and not provider.vendor.balance):
            return _proof(provider)
        if provider.vendor.balance:
            return ProbeKind.BALANCE
        return ProbeKind.CATALOG if len(provider.keys) > 1 else None

    def _until_due_s(self) -> float:
        soonest_ms = min((at_ms for at_ms, _ in self._due.values()), default=None)
        if soonest_ms is None:
            return _LONGEST_WAIT_S
        return min(_LONGEST_WAIT_S, max(0.05, (soonest_ms - self._clock.now_ms()) / 1000))

    async def _write(self) -> None:
        """Keeps what changed; what cannot be stored now is tried again with the next turn."""
        dirty, self._dirty = self._dirty, set()
        untold, self._untold = self._untold, []
        try:
            for name in sorted(dirty):
                await self._store.note(TOPIC, name, msgspec.json.encode(self._note(name)))
            dirty = set()
            if untold:
                await self._store.tell(untold)
        except StorageError as error:
            self._dirty |= dirty
            self._untold = untold + self._untold
            log.warning("what is known of an account could not be stored", error=str(error))

    def _note(self, name: str) -> AccountNote:
        slots = self._slots.slots(name)
        purses = {slot.reference: self._purses[name, slot.reference] for slot in slots if (name, slot.reference) in self._purses}
        return AccountNote(slots=slots, purses=purses, causes=dict(self._causes.get(name, {})))

    def _restore(self, name: str, body: bytes) -> None:
        try:
            note = msgspec.json.decode(body, type=AccountNote)
        except msgspec.DecodeError as error:
            log.warning("what was known of an account cannot be read", provider=name, error=str(error))
            return
        self._slots.restore(name, note.slots)
        self._purses |= {(name, reference): purse for reference, purse in note.purses.items()}
        self._causes[name] = without_strangers(note.causes, self._watched)


def _speaks_of_money(sample: Sample) -> bool:
    """A refusal for want of money, or one whose words and type disagree where money might be meant."""
    if sample.class_name in MONEY:
        return sample.retry is not Retry.AFTER
    return sample.http_status in (402, 429) and not sample.confident


def _proof(provider: Provider) -> ProbeKind:
    """The free question that proves a key; where `/models` answers anybody, the balance."""
    return ProbeKind.BALANCE if provider.vendor.router and provider.vendor.balance else ProbeKind.CATALOG


def _with_key(event: Event, reference: str) -> Event:
    facts: Mapping[str, str] = {**event.facts, "key": reference}
    return msgspec.structs.replace(event, sentence=f"{event.sentence} (Key: {reference}.)", facts=dict(facts))
