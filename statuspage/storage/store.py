"""The store: every subject's queries behind one port."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from statuspage import paths
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.history import History
from statuspage.domain.incident import Incident
from statuspage.domain.ledger import Line
from statuspage.domain.notice import Notice
from statuspage.domain.override import Override
from statuspage.domain.passive import PROGRAMS, Hours, Received
from statuspage.domain.plan import Plan
from statuspage.domain.ports import CheckRecord, KnownModel, Past, StoredSample, WatchedModel
from statuspage.storage import cadences, models, vantages
from statuspage.storage.access import SqlAccess
from statuspage.storage.checks import CheckRows, check_writes, rows_of
from statuspage.storage.dialect import dialect_of
from statuspage.storage.engine import Database
from statuspage.storage.events import event_writes, events_since
from statuspage.storage.history import Found, newest_samples, samples_between
from statuspage.storage.incidents import incident_of, incident_writes, incidents_since
from statuspage.storage.learnt import learnt_of
from statuspage.storage.ledger import ledger_between, ledger_writes
from statuspage.storage.migrate import migrate
from statuspage.storage.notes import notes_of
from statuspage.storage.outbox import SqlOutbox, notice_writes
from statuspage.storage.passive import hours_of, receive
from statuspage.storage.people import clearing_writes, override_writes, overrides_of, plans_of, write_incident, write_plan
from statuspage.storage.retention import prune_slice
from statuspage.storage.revision import CURRENT, grow
from statuspage.storage.rollups import days_from, hours_from, newest_bucket
from statuspage.storage.samples import stored_sample
from statuspage.storage.seeding import seed_writes
from statuspage.storage.statement import Write
from statuspage.storage.states import states_of
from statuspage.storage.steering import STEER, STEERED
from statuspage.storage.subscribers import SqlSubscribers
from statuspage.storage.tables import days, hours, learnt, notes
from statuspage.storage.writer import GATHER_S, GroupCommit

VANTAGE: Final = "local"
"""The name of the place a lone monitor measures from."""


class SqlStore:
    """History in the database at an SQLAlchemy address (`Store`); of use between `open` and `close`."""

    def __init__(
        self, url: str, *, vantage: str = VANTAGE, migrations: Path = paths.MIGRATIONS, gather_s: float = GATHER_S
    ) -> None:
        self._url = url
        self._migrations = migrations
        self._vantage_name = vantage
        self._vantage = 0
        self._vantage_names: Mapping[int, str] = {}
        self._numbers: dict[str, int] = {}
        self._checks: GroupCommit[CheckRows, int] = GroupCommit(self._commit, gather_s)
        self._closing = False
        self._opened: Database | None = None
        self.outbox: Final = SqlOutbox(lambda: self._database)
        self.access: Final = SqlAccess(lambda: self._database)
        self.subscribers: Final = SqlSubscribers(lambda: self._database)

    async def open(self) -> None:
        """Makes or upgrades the database.

        Raises `DatabaseRefusedError` for a database that is newer, foreign, broken or out of reach, which stays as it is.
        """
        await migrate(self._url, self._migrations)
        database = Database(*dialect_of(self._url))
        try:
            async with database.writing() as connection:
                self._vantage = await vantages.vantage_number(connection, self._vantage_name)
                self._vantage_names = await vantages.vantages_of(connection)
        except BaseException:
            await database.close()
            raise
        self._opened, self._closing = database, False

    async def close(self) -> None:
        """Waits for checks that are being written, then closes every connection; a second time does nothing."""
        if self._opened is not None and not self._closing:
            self._closing = True
            await self._checks.drain()
            await self._opened.close()
            self._opened = None

    @property
    def _database(self) -> Database:
        if self._opened is None:
            msg = "The database is not open."
            raise StorageError(msg)
        return self._opened

    async def watch(self, watched: Sequence[WatchedModel], now_ms: int) -> dict[str, KnownModel]:
        async with self._database.writing() as connection:
            await models.take_over(connection, watched)
            numbers = await models.register(connection, {model.key: now_ms for model in watched})
            intervals_s = {numbers[model.key]: model.interval_s for model in watched}
            await cadences.note_cadences(connection, intervals_s, dict.fromkeys(intervals_s, now_ms))
            first_seen_ms = await models.first_seen_of(connection, intervals_s)
            eras = await cadences.cadences_of(connection, intervals_s)
            states = await states_of(connection, intervals_s)
            newest_hours = await newest_bucket(connection, hours, intervals_s)
            newest_days = await newest_bucket(connection, days, intervals_s)
        self._numbers = numbers
        return {
            key: KnownModel(
                key=key,
                first_seen_ms=first_seen_ms[number],
                cadences=eras[number],
                state=states.get(number),
                hour=newest_hours.get(number),
                day=newest_days.get(number),
            )
            for key, number in numbers.items()
        }

    async def record(self, check: CheckRecord) -> int:
        if self._closing:
            msg = f"{self._database.name} is being closed."
            raise StorageError(msg)
        concerned = [check.sample.model, *(key for incident in check.incidents for key in incident.models)]
        await self._find(concerned)
        return await self._checks.submit(rows_of(check, self._number(check.sample.model), self._numbers, self._vantage))

    async def receive(self, calls: Sequence[Received], forget_before_ms: int) -> tuple[Received, ...]:
        await self._find(call.sample.model for call in calls)
        numbers = {call.sample.model: self._number(call.sample.model) for call in calls}
        async with self._database.writing() as connection:
            place = await vantages.vantage_number(connection, PROGRAMS)
            self._vantage_names = await vantages.vantages_of(connection)
            return await receive(self._database, connection, calls, numbers, place, forget_before_ms)

    async def hearsay(self, keys: Sequence[str], from_ms: int) -> dict[str, Hours]:
        numbers = await self._find(keys)
        async with self._database.reading() as connection:
            found = await hours_of(connection, numbers.values(), from_ms)
        return {key: found[number] for key, number in numbers.items() if number in found}

    async def past(self, keys: Sequence[str], hours_from_ms: int, days_from_ms: int) -> dict[str, Past]:
        numbers = await self._find(keys)
        async with self._database.reading() as connection:
            hourly = await hours_from(connection, numbers.values(), hours_from_ms)
            daily = await days_from(connection, numbers.values(), days_from_ms)
        return {
            key: Past(hours=hourly[numbers[key]], days=daily[numbers[key]]) if key in numbers else Past(hours=(), days=())
            for key in keys
        }

    async def recent(self, keys: Sequence[str], limit: int) -> dict[str, tuple[StoredSample, ...]]:
        numbers = await self._find(keys)
        async with self._database.reading() as connection:
            found = await newest_samples(connection, numbers.values(), limit)
        return {key: self._stored(key, numbers[key], found[numbers[key]]) if key in numbers else () for key in keys}

    async def samples(self, key: str, from_ms: int, to_ms: int, limit: int, *, passive: bool = True) -> tuple[StoredSample, ...]:
        number = (await self._find([key])).get(key)
        if number is None:
            return ()
        async with self._database.reading() as connection:
            found = await samples_between(connection, number, from_ms, to_ms, limit, passive=passive)
        return self._stored(key, number, found)

    async def incidents(self, since_ms: int) -> tuple[Incident, ...]:
        async with self._database.reading() as connection:
            return await incidents_since(connection, since_ms)

    async def incident(self, incident_id: str) -> Incident | None:
        async with self._database.reading() as connection:
            return await incident_of(connection, incident_id)

    async def keep_incident(self, incident: Incident, after: int | None, notices: Sequence[Notice] = ()) -> None:
        await self._find(incident.models)
        numbers = {key: self._number(key) for key in incident.models}
        await write_incident(self._database, incident, after, numbers, notices)

    async def plans(self) -> tuple[Plan, ...]:
        async with self._database.reading() as connection:
            return await plans_of(connection)

    async def keep_plan(self, plan: Plan, after: int | None, notices: Sequence[Notice] = ()) -> None:
        await write_plan(self._database, plan, after, notices)

    async def overrides(self) -> tuple[Override, ...]:
        async with self._database.reading() as connection:
            return await overrides_of(connection)

    async def keep_override(self, override: Override) -> None:
        await self._find([override.key])
        await self._transact(override_writes(self._database, override, self._number(override.key)))

    async def drop_override(self, key: str) -> None:
        await self._find([key])
        await self._transact(clearing_writes(self._number(key)))

    async def learn(self, key: str, dropped_parameters: Sequence[str]) -> None:
        await self._find([key])
        number = self._number(key)
        rows = [(number, parameter) for parameter in dict.fromkeys(dropped_parameters)]
        await self._transact([self._database.upsert(learnt, rows)])

    async def learnt(self) -> dict[str, frozenset[str]]:
        async with self._database.reading() as connection:
            return await learnt_of(connection)

    async def note(self, topic: str, subject: str, body: bytes) -> None:
        await self._transact([self._database.upsert(notes, [(topic, subject, body)])])

    async def noted(self, topic: str) -> dict[str, bytes]:
        async with self._database.reading() as connection:
            return await notes_of(connection, topic)

    async def tell(self, happened: Sequence[Event], notices: Sequence[Notice] = ()) -> None:
        await self._transact([*event_writes(happened), *notice_writes(notices)])

    async def told(self, since_ms: int, limit: int) -> tuple[Event, ...]:
        async with self._database.reading() as connection:
            return await events_since(connection, since_ms, limit)

    async def spend(self, lines: Sequence[Line]) -> None:
        await self._transact(ledger_writes(self._database, lines))

    async def spendings(self, from_ms: int, to_ms: int) -> tuple[Line, ...]:
        async with self._database.reading() as connection:
            return await ledger_between(connection, from_ms, to_ms)

    async def prune(self, samples_before_ms: int | None, hours_before_ms: int | None, days_before_ms: int | None) -> int:
        return await prune_slice(self._database, samples_before_ms, hours_before_ms, days_before_ms)

    async def steer(self) -> None:
        await self._transact([STEER])

    async def steered(self) -> int:
        async with self._database.reading() as connection:
            number: int = (await connection.execute(STEERED)).scalar_one()
        return number

    async def ping(self) -> None:
        await self._transact([grow(0)])

    async def seed(self, histories: Iterable[History], incidents: Sequence[Incident] = ()) -> None:
        """Carries whole histories in, a model in a transaction; what is stored under the same times is replaced."""
        for history in histories:
            first_seen_ms = {history.key: history.first_seen_ms}
            async with self._database.writing() as connection:
                self._numbers |= await models.register(connection, first_seen_ms)
                number = self._numbers[history.key]
                await cadences.note_cadences(connection, {number: history.interval_s}, {number: history.first_seen_ms})
            await self._transact(seed_writes(self._database, history, number, self._vantage))
        await self._find(key for incident in incidents for key in incident.models)
        await self._transact(incident_writes(self._database, incidents, self._numbers))

    async def _commit(self, checks: Sequence[CheckRows]) -> Sequence[int]:
        last = await self._transact(check_writes(self._database, checks, self._numbers))
        return range(last - len(checks) + 1, last + 1)

    async def _transact(self, writes: Sequence[Write]) -> int:
        return await self._database.transact(writes, CURRENT)

    async def _find(self, keys: Iterable[str]) -> Mapping[str, int]:
        """The numbers of those keys that are known; the database is asked only for keys not met before."""
        asked = list(dict.fromkeys(keys))
        unmet = [key for key in asked if key not in self._numbers]
        if unmet:
            async with self._database.reading() as connection:
                self._numbers |= await models.numbers_of(connection, unmet)
        return {key: self._numbers[key] for key in asked if key in self._numbers}

    def _number(self, key: str) -> int:
        number = self._numbers.get(key)
        if number is None:
            msg = f"{self._database.name} does not know the model {key}: it must be watched before anything of it is stored."
            raise StorageError(msg)
        return number

    def _stored(self, key: str, number: int, found: Iterable[Found]) -> tuple[StoredSample, ...]:
        return tuple(stored_sample(key, number, row, detail, self._vantage_names) for row, detail in found)
