"""Discovery: asks each vendor for its list of models, tells what changed, and adds what the configuration asks to add."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import msgspec
import structlog

from statuspage.config.discovered import discovered
from statuspage.config.fleet import Config, Model, Provider
from statuspage.domain.catalog import CatalogEntry
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.lifecycle import PUBLIC_KINDS, Change, ChangeKind, Snapshot, compare, find
from statuspage.domain.model import model_key
from statuspage.domain.ports import Store
from statuspage.domain.sample import Sample
from statuspage.domain.words import Status
from statuspage.service.board import Board
from statuspage.service.chronicle import Chronicle
from statuspage.service.entry import Entry
from statuspage.service.lifecycle import lifecycle_view
from statuspage.service.seats import Seats
from statuspage.service.shelf import Shelf

LONGEST_S: Final = 900.0
_SHORTEST_S: Final = 10.0
_INTERVALS: Final = 3
"""A list is read at every third probe: at the default of 5 minutes this is a quarter of an hour."""
_SHARE_OF_RPM: Final = 10
"""Lists take at most a tenth of what the account may ask."""
CATALOG: Final = "catalog"
"""Topic of the notes that keep each provider's newest listing."""
DISCOVERED: Final = "discovered"
"""Topic of the notes that keep which listed models were added."""
_AFTER_PROBES_S: Final = 3.0
"""The first probes of a start come before the first listing, where the account is slow."""
_FIRST_S: Final = 20.0
_BELIEVED_MS: Final = 3_600_000
_AGAIN_S: Final = 30.0
"""Where nothing is known yet of what to watch."""
_SHOWN_AT_ONCE: Final = 25
"""Finding near ids takes time; probes go on in between."""
_TOLD_APART: Final = 20
"""More models than this that nobody watches come and go in one sentence."""

log = structlog.get_logger()

Lister = Callable[[str], Awaitable[tuple[CatalogEntry, ...] | None]]
"""Asks a provider, by name, which models there are; None when no list could be had."""
Start = Callable[[Sequence[Model]], None]
"""Has models probed that were added while the process runs."""


class Discovery:
    """What vendors list, by provider, and what became of it."""

    def __init__(  # noqa: PLR0913 - the means, by name
        self,
        *,
        config: Config,
        board: Board,
        store: Store,
        lister: Lister,
        seats: Seats,
        shelf: Shelf,
        clock: Clock,
        start: Start,
    ) -> None:
        self._config = config
        self._board = board
        self._store = store
        self._lister = lister
        self._seats = seats
        self._shelf = shelf
        self._clock = clock
        self._start = start
        self._snapshots: dict[str, Snapshot] = {}
        renamed = {alias: model.key for model in config.models for alias in model.aliases}
        self.chronicle: Final = Chronicle(store, clock, renamed)

    async def load(self) -> None:
        """Takes over the newest listings and shows what they say."""
        await self.chronicle.load()
        for name, body in (await self._store.noted(CATALOG)).items():
            snapshot = snapshot_of(body)
            if snapshot is not None:
                self._snapshots[name] = snapshot
        for entry in self._board.entries():
            self._show(entry)

    async def run(self) -> None:
        """For ever: every provider in its own turn, spread over the time between two listings."""
        asked = [provider for provider in self._config.providers if provider.not_configured is None]
        async with asyncio.TaskGroup() as group:
            for place, provider in enumerate(asked):
                group.create_task(self._follow(provider, place / len(asked)))

    async def ask(self, name: str) -> None:
        """One listing of one provider, and all that follows from it; a failed one leaves everything as it is."""
        async with self._seats.take(name):
            listing = await self._lister(name)
        before = self._snapshots.get(name)
        snapshot, changes = compare(before, listing, self._clock.now_ms())
        if snapshot is None or snapshot is before:
            return
        self._snapshots[name] = snapshot
        await self._note(CATALOG, name, msgspec.json.encode(snapshot))
        await self.chronicle.tell(self._events(name, changes))
        await self._add(self._config.provider(name), snapshot)
        its_own = [entry for entry in self._board.entries() if entry.provider.name == name]
        for at, entry in enumerate(its_own):
            if at % _SHOWN_AT_ONCE == 0:
                await self._clock.sleep(0)
            self._show(entry)

    async def saw(self, entry: Entry, _sample: Sample, before: Status) -> None:
        """Tells of a retirement, and of a life after it, once."""
        after = entry.state.status
        if after is before or Status.RETIRED not in (before, after):
            return
        if after is Status.RETIRED:
            kind, says = ChangeKind.RETIRED, "has been retired by its vendor"
            public = entry.once_worked
        else:
            kind, says, public = ChangeKind.WORKS_AGAIN, "works again after its retirement", True
        await self.chronicle.tell([self._event(entry, kind, says, {}, public=public)])
        self._show(entry)

    def listed_elsewhere(self, entry: Entry) -> bool:
        """Whether another account at the same address was lately told of this model."""
        now_ms = self._clock.now_ms()
        own = entry.provider
        return any(
            find(snapshot, entry.model.id) is not None
            for other in self._config.providers
            if other.name != own.name and (other.vendor.name, other.base_url) == (own.vendor.name, own.base_url)
            if (snapshot := self._snapshots.get(other.name)) is not None and now_ms - snapshot.at_ms < _BELIEVED_MS
        )

    def show_again(self, entry: Entry) -> None:
        """Shows what the chronicle has of a model by now."""
        self._show(entry)

    async def _follow(self, provider: Provider, place: float) -> None:
        snapshot = self._snapshots.get(provider.name)
        every_s = listing_every_s(self._config, provider)
        pause_s = min(_AFTER_PROBES_S + place * _FIRST_S, every_s)
        if snapshot is not None:
            age_s = (self._clock.now_ms() - snapshot.at_ms) / 1000
            pause_s = max(pause_s, min(every_s, every_s - age_s))
        elif provider.discover is not None:
            pause_s = 0.0
        while True:
            await self._clock.sleep(pause_s)
            try:
                await self.ask(provider.name)
            except StorageError as error:
                log.warning("what a vendor lists could not be taken over", provider=provider.name, error=str(error))
            except Exception:
                log.exception("a listing failed on our side", provider=provider.name)
            pause_s = listing_every_s(self._config, provider)
            if provider.discover is not None and provider.name not in self._snapshots:
                pause_s = min(pause_s, _AGAIN_S)

    async def _note(self, topic: str, subject: str, body: bytes) -> None:
        try:
            await self._store.note(topic, subject, body)
        except StorageError as error:
            log.warning("a listing could not be stored", provider=subject, error=str(error))

    async def _add(self, provider: Provider, snapshot: Snapshot) -> None:
        """Adds what the provider lists and its patterns ask for; it is watched from here on, also when it is gone again."""
        if provider.discover is None:
            return
        added = discovered(self._config, provider, snapshot.entries.values())
        if not added:
            return
        await self._board.grow(added, self._store, self._clock.now_ms())
        self._config = msgspec.structs.replace(self._config, models=(*self._config.models, *added))
        self._start(added)
        self._shelf.grow()
        known = added_before((await self._store.noted(DISCOVERED)).get(provider.name))
        entries = {entry.id: entry for entry in known}
        entries |= {model.id: CatalogEntry(id=model.id, name=model.name) for model in added}
        await self._note(DISCOVERED, provider.name, msgspec.json.encode(list(entries.values())))
        log.info("models were added", provider=provider.name, models=[model.id for model in added])

    def _events(self, provider: str, changes: Sequence[Change]) -> list[Event]:
        """Of watched models every change; of the others who came and went, for the operator."""
        told: list[Event] = []
        others: list[Event] = []
        for change in changes:
            key = model_key(provider, change.model_id)
            facts = {name: value for name, value in (("old", change.old), ("new", change.new)) if value is not None}
            entry = self._board.find(key)
            if entry is not None:
                told.append(self._event(entry, change.kind, change.says, facts, public=change.kind in PUBLIC_KINDS))
            elif change.kind in (ChangeKind.NEW, ChangeKind.GONE, ChangeKind.BACK, ChangeKind.RENAMED):
                sentence = f"{change.model_id} {change.says}."
                others.append(Event(at_ms=self._clock.now_ms(), kind=change.kind, subject=key, sentence=sentence, facts=facts))
        if len(others) > _TOLD_APART:
            sentence = f"{len(others)} models that are not watched came, went or were renamed."
            others = [Event(at_ms=self._clock.now_ms(), kind="listing_changed", subject=provider, sentence=sentence)]
        return told + others

    def _event(self, entry: Entry, kind: ChangeKind, says: str, facts: dict[str, str], *, public: bool) -> Event:
        return Event(
            at_ms=self._clock.now_ms(),
            kind=kind,
            subject=entry.key,
            sentence=f"{entry.spoken_name} {says}.",
            public=public and entry.model.public,
            facts=facts,
        )

    def _show(self, entry: Entry) -> None:
        view = lifecycle_view(entry, self._snapshots.get(entry.provider.name), self.chronicle.of(entry.key))
        if view != entry.lifecycle:
            entry.lifecycle = view
            entry.changed_at_ms = self._clock.now_ms()
            self._shelf.changed(entry.key, at_once=True)


def listing_every_s(config: Config, provider: Provider) -> float:
    """Seconds between two listings of a provider: three intervals of its fastest model, at least 10 s, at most 15 minutes."""
    models = [model for model in config.models if model.provider == provider.name]
    later = config.templates.get(provider.name)
    fastest_s = min((model.interval_s for model in (*models, *([later] if later else []))), default=LONGEST_S)
    pace_s = _SHARE_OF_RPM * 60.0 / provider.rpm if provider.rpm else 0.0
    return min(LONGEST_S, max(_SHORTEST_S, pace_s, _INTERVALS * fastest_s))


def snapshot_of(body: bytes) -> Snapshot | None:
    """A noted listing; what is not understood is as if there were none."""
    try:
        return msgspec.json.decode(body, type=Snapshot)
    except msgspec.MsgspecError:
        return None


def added_before(body: bytes | None) -> list[CatalogEntry]:
    """The noted models that were added at one provider."""
    try:
        return [] if body is None else msgspec.json.decode(body, type=list[CatalogEntry])
    except msgspec.MsgspecError:
        return []


async def grown(config: Config, store: Store) -> Config:
    """The configuration with what was discovered before this start, as far as its patterns still ask for it."""
    if not any(provider.discover is not None for provider in config.providers):
        return config
    noted = await store.noted(DISCOVERED)
    for provider in config.providers:
        added = discovered(config, provider, added_before(noted.get(provider.name)))
        config = msgspec.structs.replace(config, models=(*config.models, *added))
    return config
