"""What the service asks of the outside: storage and probing, as questions."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from statuspage.domain.access import AccessStore
from statuspage.domain.event import Event
from statuspage.domain.incident import Incident
from statuspage.domain.ledger import Line
from statuspage.domain.notice import Notice
from statuspage.domain.outbox import Outbox
from statuspage.domain.override import Override
from statuspage.domain.passive import Hours, Received
from statuspage.domain.plan import Plan
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.subscription import Subscribers
from statuspage.domain.verdict import ModelState


class KnownModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model as storage knows it; `cadences` are `(since_ms, interval_s)`, oldest first."""

    key: str
    first_seen_ms: int
    cadences: tuple[tuple[int, float], ...]
    state: ModelState | None
    hour: Bucket | None
    """The newest stored hour, which may still be going on."""
    day: Bucket | None
    """The newest stored day, which may still be going on."""


class WatchedModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model of the configuration; history stored under an alias is taken over by the key."""

    key: str
    interval_s: float
    aliases: tuple[str, ...] = ()


class CheckRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one check changes, written in one transaction."""

    sample: Sample
    state: ModelState
    hours: tuple[Bucket, ...]
    """The hours touched, whole: stored values are replaced."""
    days: tuple[Bucket, ...]
    """The days touched, whole: stored values are replaced."""
    incidents: tuple[Incident, ...] = ()
    """Opened, updated or closed by this check."""
    notices: tuple[Notice, ...] = ()
    """What people are to be told of it."""


class StoredSample(msgspec.Struct, frozen=True, kw_only=True):
    """A sample read back: what evidence and the API need of it."""

    id: str
    """`{model number}-{at_ms}`, opaque and stable."""
    sample: Sample
    vantage: str


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """Stored hours and days of one model, oldest first."""

    hours: tuple[Bucket, ...]
    days: tuple[Bucket, ...]


class Store(Protocol):
    """History that survives a restart. Raises `StorageError` when the database cannot answer."""

    @property
    def outbox(self) -> Outbox:
        """What people are told."""
        ...

    @property
    def access(self) -> AccessStore:
        """Who may do what."""
        ...

    @property
    def subscribers(self) -> Subscribers:
        """Who of the public asked to hear."""
        ...

    async def watch(self, models: Sequence[WatchedModel], now_ms: int) -> dict[str, KnownModel]:
        """Registers the models of a start and answers what is known of each, by key."""
        ...

    async def record(self, check: CheckRecord) -> int:
        """Stores one check; returns the new revision once it is committed."""
        ...

    async def receive(self, calls: Sequence[Received], forget_before_ms: int) -> tuple[Received, ...]:
        """Stores what programs told of their calls, with its lines in the ledger; those that were not known yet.

        Where a sample of the same model has the same moment, the call is kept under the next free one. What began before
        `forget_before_ms` would not be known again.
        """
        ...

    async def hearsay(self, keys: Sequence[str], from_ms: int) -> dict[str, Hours]:
        """How many calls programs told of that began at or after a time, by hour and class; models without any are left out."""
        ...

    async def past(self, keys: Sequence[str], hours_from_ms: int, days_from_ms: int) -> dict[str, Past]:
        """Hours and days that started at or after the given times."""
        ...

    async def recent(self, keys: Sequence[str], limit: int) -> dict[str, tuple[StoredSample, ...]]:
        """The newest samples of each model that the monitor took itself, newest first."""
        ...

    async def samples(self, key: str, from_ms: int, to_ms: int, limit: int, *, passive: bool = True) -> tuple[StoredSample, ...]:
        """Samples with `from_ms <= at_ms < to_ms`, oldest first; without those that programs told of where not `passive`."""
        ...

    async def incidents(self, since_ms: int) -> tuple[Incident, ...]:
        """Open incidents and those resolved at or after `since_ms`, newest first."""
        ...

    async def incident(self, incident_id: str) -> Incident | None:
        """The incident of that id, however old."""
        ...

    async def keep_incident(self, incident: Incident, after: int | None, notices: Sequence[Notice] = ()) -> None:
        """Stores what a person wrote upon version `after`, None for a new one. Raises `EditedMeanwhileError`."""
        ...

    async def plans(self) -> tuple[Plan, ...]:
        """Every plan of maintenance, in the order of their ids."""
        ...

    async def keep_plan(self, plan: Plan, after: int | None, notices: Sequence[Notice] = ()) -> None:
        """Stores a plan written upon version `after`, None for a new one. Raises `EditedMeanwhileError`."""
        ...

    async def overrides(self) -> tuple[Override, ...]:
        """Every override, also one that has expired, in the order of keys."""
        ...

    async def keep_override(self, override: Override) -> None:
        """Stores what is shown of a model for a time; an earlier one of the model is replaced."""
        ...

    async def drop_override(self, key: str) -> None:
        """Takes the override of a model away; where there is none nothing happens."""
        ...

    async def learn(self, key: str, dropped_parameters: Sequence[str]) -> None:
        """Remembers which request parameters this model rejects."""
        ...

    async def learnt(self) -> dict[str, frozenset[str]]:
        """Rejected request parameters, by key."""
        ...

    async def note(self, topic: str, subject: str, body: bytes) -> None:
        """Keeps a document of a part of the service about a model or a provider; the last one is replaced."""
        ...

    async def noted(self, topic: str) -> dict[str, bytes]:
        """The documents of a topic, by subject."""
        ...

    async def tell(self, happened: Sequence[Event], notices: Sequence[Notice] = ()) -> None:
        """Adds events to the history, and what people are to be told of them."""
        ...

    async def told(self, since_ms: int, limit: int) -> tuple[Event, ...]:
        """The newest events at or after `since_ms`, newest first."""
        ...

    async def spend(self, lines: Sequence[Line]) -> None:
        """Adds to the ledger what probes used that are not recorded as checks; `record` adds its own."""
        ...

    async def spendings(self, from_ms: int, to_ms: int) -> tuple[Line, ...]:
        """The ledger of the UTC days that begin in `[from_ms, to_ms)`, oldest first."""
        ...

    async def prune(self, samples_before_ms: int | None, hours_before_ms: int | None, days_before_ms: int | None) -> int:
        """Deletes one slice of what is older (None keeps all); returns how many rows went, 0 when nothing is left to do."""
        ...

    async def steer(self) -> None:
        """Counts one more change that people made; writes of such changes count themselves."""
        ...

    async def steered(self) -> int:
        """How many changes people ever made, in whatever process: what was read before it grew may be old."""
        ...

    async def ping(self) -> None:
        """Proves that the database can be written."""
        ...
