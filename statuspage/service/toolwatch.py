"""Tests tool calling on its own cadence and keeps its own light; the status of a model never depends on it."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, Protocol

import msgspec
import structlog

from statuspage.config.fleet import Config
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.ports import Store
from statuspage.domain.sample import Sample
from statuspage.domain.toollight import BURST, Record, Suite, burst_of, due_ms, evidence_of, light, with_suite
from statuspage.domain.words import ProbeKind
from statuspage.service.board import Board
from statuspage.service.entry import Entry

TOPIC: Final = "tools"
_LOOK_S: Final = 30.0
"""So often a provider's models are looked over for one that is due."""
_BURST_SPACING_S: Final = 20.0

log = structlog.get_logger()


class SuiteRunner(Protocol):
    """Runs the suite, or some of its cases, taking a seat of the account for every request."""

    async def __call__(self, key: str, kind: ProbeKind, cases: tuple[str, ...] = ()) -> Sample:
        """One sample of kind `tools`."""
        ...


class Shown(Protocol):
    """Where readers look."""

    def changed(self, key: str, *, at_once: bool) -> None:
        """Says that something public about a model changed."""
        ...


class ToolWatch:
    """The light of tools of every model that has `tools` among its probes."""

    def __init__(  # noqa: PLR0913 - the parts, by name
        self,
        *,
        config: Config,
        board: Board,
        store: Store,
        runner: SuiteRunner,
        titles: Mapping[str, str],
        abilities: frozenset[str],
        shelf: Shown,
        clock: Clock,
    ) -> None:
        self._board = board
        self._store = store
        self._runner = runner
        self._titles = titles
        self._abilities = abilities
        self._shelf = shelf
        self._clock = clock
        self._records: dict[str, Record] = {}
        self._tried_ms: dict[str, int] = {}
        self._keys: defaultdict[str, list[str]] = defaultdict(list)
        for model in config.models:
            if ProbeKind.TOOLS in model.probes:
                self._keys[model.provider].append(model.key)

    async def load(self) -> None:
        """Takes over what was kept before a restart, and shows it."""
        noted = await self._store.noted(TOPIC)
        for key in (key for keys in self._keys.values() for key in keys):
            body = next((noted[name] for name in self._entry(key).model.names if name in noted), None)
            try:
                self._records[key] = Record() if body is None else msgspec.json.decode(body, type=Record)
            except msgspec.DecodeError:
                self._records[key] = Record()
            self._show(key)

    async def run(self) -> None:
        """For ever, one suite at a time for each account."""
        async with asyncio.TaskGroup() as group:
            for keys in self._keys.values():
                group.create_task(self._watch(keys, group))

    async def _watch(self, keys: list[str], group: asyncio.TaskGroup) -> None:
        while True:
            for key in keys:
                self._show(key)
                if self._is_due(key) and (failed := await self.test(key)):
                    group.create_task(self.repeat(key, failed))
            await self._clock.sleep(_LOOK_S)

    def _is_due(self, key: str) -> bool:
        if self._entry(key).retired_at_ms is not None:
            return False
        return due_ms(self._records[key], self._tried_ms.get(key)) <= self._clock.now_ms()

    async def test(self, key: str) -> tuple[str, ...]:
        """One suite; answers the cases that are worth repeating."""
        record = self._records[key]
        suite = await self._run(key)
        return () if suite is None else burst_of(record, suite)

    async def repeat(self, key: str, cases: tuple[str, ...]) -> None:
        """The burst: failed cases alone, five times; other models are tested meanwhile."""
        for _ in range(BURST):
            await self._clock.sleep(_BURST_SPACING_S)
            await self._run(key, cases)

    async def _run(self, key: str, cases: tuple[str, ...] = ()) -> Suite | None:
        """One run, kept and shown; None when it proved nothing."""
        now_ms = self._clock.now_ms()
        if not cases:
            self._tried_ms[key] = now_ms
        sample = await self._runner(key, ProbeKind.TOOLS, cases)
        suite = Suite(at_ms=now_ms, results=evidence_of(sample.cases), burst=bool(cases))
        if not suite.results:
            return None
        record = with_suite(self._records[key], suite)
        try:
            await self._store.note(TOPIC, key, msgspec.json.encode(record))
        except StorageError as error:
            log.warning("a test of tools could not be stored", model=key, error=str(error))
            return None
        self._records[key] = record
        self._show(key)
        return suite

    def _show(self, key: str) -> None:
        """Has readers told when the light says something else than before; what is seven days old goes out by itself."""
        entry = self._entry(key)
        now_ms = self._clock.now_ms()
        before, view = entry.tools, light(self._records[key], self._titles, self._abilities, now_ms)
        if view == before:
            return
        entry.tools = view
        entry.changed_at_ms = now_ms
        self._shelf.changed(key, at_once=before is None or before.state != view.state)

    def _entry(self, key: str) -> Entry:
        return self._board.entry(key)
