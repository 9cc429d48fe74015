"""Enters into the ledger what is no check: suites of tools, lists, balances; a check enters itself."""

from collections.abc import Awaitable, Callable

import structlog

from statuspage.domain.catalog import CatalogEntry
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.ledger import Line, added, day_start_ms, line_of
from statuspage.domain.ports import Store
from statuspage.domain.sample import Sample
from statuspage.domain.words import Kind, ProbeKind
from statuspage.service.budget import Budget

log = structlog.get_logger()


class Bookkeeper:
    """What could not be written is written with what comes next."""

    def __init__(self, store: Store, budget: Budget, clock: Clock) -> None:
        self._store = store
        self._budget = budget
        self._clock = clock
        self._unwritten: list[Line] = []

    async def enter(self, sample: Sample) -> Sample:
        """Enters one sample, and hands it back."""
        self._budget.booked(sample)
        await self._write(line_of(sample))
        return sample

    async def listed(
        self, provider: str, ask: Callable[[str], Awaitable[tuple[CatalogEntry, ...] | None]]
    ) -> tuple[CatalogEntry, ...] | None:
        """Asks for a provider's list, and enters that it was asked for."""
        listing = await ask(provider)
        today_ms = day_start_ms(self._clock.now_ms())
        await self._write(Line(day_ms=today_ms, subject=provider, probe=ProbeKind.CATALOG, kind=Kind.SCHEDULED, probes=1))
        return listing

    async def _write(self, line: Line) -> None:
        lines, self._unwritten = added([*self._unwritten, line]), []
        try:
            await self._store.spend(lines)
        except StorageError as error:
            self._unwritten = added([*lines, *self._unwritten])
            log.warning("the ledger could not be written; its lines are kept for later", error=str(error))
