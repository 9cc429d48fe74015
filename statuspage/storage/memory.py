"""The same store without a database: for simulations and tests."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Final

import msgspec

from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.history import History
from statuspage.domain.incident import Incident
from statuspage.domain.ledger import Line, Place, added, line_of, plus
from statuspage.domain.notice import Notice
from statuspage.domain.override import Override
from statuspage.domain.passive import PROGRAMS, Hours, Received, counted
from statuspage.domain.plan import Plan
from statuspage.domain.ports import CheckRecord, KnownModel, Past, StoredSample, WatchedModel
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState
from statuspage.domain.words import Kind
from statuspage.storage.memory_access import MemoryAccess
from statuspage.storage.memory_outbox import MemoryOutbox
from statuspage.storage.memory_people import MemoryPeople
from statuspage.storage.memory_subscribers import MemorySubscribers


class _Remembered(msgspec.Struct, kw_only=True):
    number: int
    first_seen_ms: int
    cadences: list[tuple[int, float]]
    state: ModelState | None = None
    samples: list[Sample] = []
    hours: dict[int, Bucket] = {}
    days: dict[int, Bucket] = {}
    learnt: set[str] = set()

    def keep(self, sample: Sample) -> None:
        at = bisect_left(self.samples, sample.at_ms, key=attrgetter("at_ms"))
        if at < len(self.samples) and self.samples[at].at_ms == sample.at_ms:
            self.samples[at] = sample
        else:
            insort(self.samples, sample, key=attrgetter("at_ms"))

    def between(self, from_ms: int, to_ms: int) -> Sequence[Sample]:
        first, last = (bisect_left(self.samples, ms, key=attrgetter("at_ms")) for ms in (from_ms, to_ms))
        return self.samples[first:last]


class MemoryStore:
    """History in memory (`Store`): nothing is rounded, packed or shortened, and nothing survives."""

    def __init__(self, vantage: str = "local") -> None:
        self.outbox = MemoryOutbox()
        self.access = MemoryAccess()
        self.subscribers = MemorySubscribers()
        self._vantage = vantage
        self._models: dict[str, _Remembered] = {}
        self._notes: dict[str, dict[str, bytes]] = {}
        self._events: list[Event] = []
        self._numbered = 0
        self._lines: dict[Place, Line] = {}
        self._receipts: dict[str, int] = {}
        self._revision = 0
        self.people: Final = MemoryPeople()

    async def open(self) -> None:
        """Nothing is to be done."""

    async def close(self) -> None:
        """Nothing is to be done."""

    async def watch(self, watched: Sequence[WatchedModel], now_ms: int) -> dict[str, KnownModel]:
        keys = {model.key for model in watched}
        for model in watched:
            for alias in model.aliases:
                if alias in self._models and model.key not in self._models and alias not in keys:
                    self._models[model.key] = self._models.pop(alias)
                    self._rename(alias, model.key)
            self._register(model.key, now_ms, model.interval_s, now_ms)
        return {model.key: _known(model.key, self._models[model.key]) for model in watched}

    async def record(self, check: CheckRecord) -> int:
        known = self._known(check.sample.model)
        for incident in check.incidents:
            for key in incident.models:
                self._known(key)
        known.keep(check.sample)
        await self.spend([line_of(check.sample)])
        known.state = check.state
        known.hours |= {bucket.start_ms: _twin(bucket) for bucket in check.hours}
        known.days |= {bucket.start_ms: _twin(bucket) for bucket in check.days}
        for incident in check.incidents:
            self.people.write(incident)
        await self.outbox.post(check.notices)
        self._revision += 1
        return self._revision

    async def receive(self, calls: Sequence[Received], forget_before_ms: int) -> tuple[Received, ...]:
        for call in calls:
            self._known(call.sample.model)
        self._receipts = {receipt: at_ms for receipt, at_ms in self._receipts.items() if at_ms >= forget_before_ms}
        fresh = {call.id: call for call in calls if call.id not in self._receipts}
        for call in fresh.values():
            known, at_ms = self._known(call.sample.model), call.sample.at_ms
            while known.between(at_ms, at_ms + 1):
                at_ms += 1
            known.keep(msgspec.structs.replace(call.sample, at_ms=at_ms))
            self._receipts[call.id] = call.sample.at_ms
            await self.spend([call.line])
        return tuple(fresh.values())

    async def hearsay(self, keys: Sequence[str], from_ms: int) -> dict[str, Hours]:
        found: dict[str, Hours] = {}
        for key in keys:
            known = self._models.get(key)
            for sample in () if known is None else known.samples:
                if sample.kind is Kind.PASSIVE and sample.at_ms >= from_ms:
                    counted(found.setdefault(key, {}), sample)
        return found

    async def past(self, keys: Sequence[str], hours_from_ms: int, days_from_ms: int) -> dict[str, Past]:
        return {
            key: Past(hours=_from(known.hours, hours_from_ms), days=_from(known.days, days_from_ms))
            if (known := self._models.get(key)) is not None
            else Past(hours=(), days=())
            for key in keys
        }

    async def recent(self, keys: Sequence[str], limit: int) -> dict[str, tuple[StoredSample, ...]]:
        return {
            key: self._stored(known, _own(known.samples)[-limit:][::-1]) if (known := self._models.get(key)) is not None else ()
            for key in keys
        }

    async def samples(self, key: str, from_ms: int, to_ms: int, limit: int, *, passive: bool = True) -> tuple[StoredSample, ...]:
        known = self._models.get(key)
        found = () if known is None else known.between(from_ms, to_ms)
        return () if known is None else self._stored(known, (found if passive else _own(found))[:limit])

    async def incidents(self, since_ms: int) -> tuple[Incident, ...]:
        return self.people.since(since_ms)

    async def incident(self, incident_id: str) -> Incident | None:
        return self.people.incidents.get(incident_id)

    async def keep_incident(self, incident: Incident, after: int | None, notices: Sequence[Notice] = ()) -> None:
        for key in incident.models:
            self._known(key)
        self.people.keep_incident(incident, after)
        await self.outbox.post(notices)

    async def plans(self) -> tuple[Plan, ...]:
        return tuple(self.people.plans[plan_id] for plan_id in sorted(self.people.plans))

    async def keep_plan(self, plan: Plan, after: int | None, notices: Sequence[Notice] = ()) -> None:
        self.people.keep_plan(plan, after)
        await self.outbox.post(notices)

    async def overrides(self) -> tuple[Override, ...]:
        return tuple(self.people.overrides[key] for key in sorted(self.people.overrides))

    async def keep_override(self, override: Override) -> None:
        self._known(override.key)
        self.people.keep_override(override)

    async def drop_override(self, key: str) -> None:
        self._known(key)
        self.people.drop_override(key)

    async def learn(self, key: str, dropped_parameters: Sequence[str]) -> None:
        self._known(key).learnt.update(dropped_parameters)

    async def learnt(self) -> dict[str, frozenset[str]]:
        return {key: frozenset(known.learnt) for key, known in self._models.items() if known.learnt}

    async def note(self, topic: str, subject: str, body: bytes) -> None:
        self._notes.setdefault(topic, {})[subject] = body

    async def noted(self, topic: str) -> dict[str, bytes]:
        return dict(self._notes.get(topic, {}))

    async def tell(self, happened: Sequence[Event], notices: Sequence[Notice] = ()) -> None:
        await self.outbox.post(notices)
        self._events[:0] = reversed(happened)  # the newest first, also among those of one time

    async def told(self, since_ms: int, limit: int) -> tuple[Event, ...]:
        newest = sorted(self._events, key=lambda event: event.at_ms, reverse=True)
        return tuple(event for event in newest if event.at_ms >= since_ms)[:limit]

    async def spend(self, lines: Sequence[Line]) -> None:
        for line in lines:
            known = self._lines.get(line.place)
            self._lines[line.place] = line if known is None else plus(known, line)

    async def spendings(self, from_ms: int, to_ms: int) -> tuple[Line, ...]:
        return tuple(self._lines[place] for place in sorted(self._lines) if from_ms <= place[0] < to_ms)

    async def prune(self, samples_before_ms: int | None, hours_before_ms: int | None, days_before_ms: int | None) -> int:
        gone = 0
        for known in self._models.values():
            old = len(known.between(0, samples_before_ms or 0))
            del known.samples[:old]
            gone += old + _drop(known.hours, hours_before_ms) + _drop(known.days, days_before_ms)
        return gone

    async def steer(self) -> None:
        self.people.steered += 1

    async def steered(self) -> int:
        return self.people.steered

    async def ping(self) -> None:
        """Memory can be written."""

    async def seed(self, histories: Iterable[History], incidents: Sequence[Incident] = ()) -> None:
        """Carries whole histories in."""
        for history in histories:
            known = self._register(history.key, history.first_seen_ms, history.interval_s, history.first_seen_ms)
            samples = list(history.samples)
            for sample in samples:
                known.keep(sample)
            self._lines |= {line.place: line for line in added(map(line_of, samples))}
            known.hours |= {bucket.start_ms: bucket for bucket in history.hours}
            known.days |= {bucket.start_ms: bucket for bucket in history.days}
            known.state = history.state or known.state
        for incident in incidents:
            self.people.write(incident)

    def _register(self, key: str, first_seen_ms: int, interval_s: float, since_ms: int) -> _Remembered:
        known = self._models.get(key)
        if known is None:
            self._numbered += 1
            known = self._models[key] = _Remembered(number=self._numbered, first_seen_ms=first_seen_ms, cadences=[])
        if not known.cadences or known.cadences[-1][1] != interval_s:
            known.cadences.append((since_ms, interval_s))
        return known

    def _rename(self, old: str, key: str) -> None:
        known = self._models[key]
        known.samples = [msgspec.structs.replace(sample, model=key) for sample in known.samples]
        self.people.rename(old, key)
        moved = [msgspec.structs.replace(line, subject=key) for line in self._lines.values() if line.subject == old]
        self._lines = {line.place: line for line in (*self._lines.values(), *moved) if line.subject != old}

    def _known(self, key: str) -> _Remembered:
        known = self._models.get(key)
        if known is None:
            msg = f"The model {key} is not known: it must be watched before anything of it is stored."
            raise StorageError(msg)
        return known

    def _stored(self, known: _Remembered, samples: Iterable[Sample]) -> tuple[StoredSample, ...]:
        return tuple(
            StoredSample(
                id=f"{known.number}-{sample.at_ms}",
                sample=sample,
                vantage=PROGRAMS if sample.kind is Kind.PASSIVE else self._vantage,
            )
            for sample in samples
        )


def _own(samples: Sequence[Sample]) -> Sequence[Sample]:
    """Those that no program told of."""
    return [sample for sample in samples if sample.kind is not Kind.PASSIVE]


def _known(key: str, known: _Remembered) -> KnownModel:
    return KnownModel(
        key=key,
        first_seen_ms=known.first_seen_ms,
        cadences=tuple(known.cadences),
        state=known.state,
        hour=_newest(known.hours),
        day=_newest(known.days),
    )


def _twin(bucket: Bucket) -> Bucket:
    """An equal bucket that the other side may go on adding to."""
    return msgspec.structs.replace(
        bucket,
        first_content_ms=bucket.first_content_ms.copy(),
        total_ms=bucket.total_ms.copy(),
        classes=dict(bucket.classes),
        status_ms=dict(bucket.status_ms),
    )


def _newest(buckets: Mapping[int, Bucket]) -> Bucket | None:
    return _twin(buckets[max(buckets)]) if buckets else None


def _from(buckets: Mapping[int, Bucket], from_ms: int) -> tuple[Bucket, ...]:
    return tuple(_twin(buckets[start_ms]) for start_ms in sorted(buckets) if start_ms >= from_ms)


def _drop(buckets: dict[int, Bucket], before_ms: int | None) -> int:
    old = [start_ms for start_ms in buckets if before_ms is not None and start_ms < before_ms]
    for start_ms in old:
        del buckets[start_ms]
    return len(old)
