"""The desks together: where people steer."""

from collections.abc import Awaitable, Callable
from typing import Final

from statuspage.domain.access import AuditEntry
from statuspage.domain.clock import Clock
from statuspage.domain.ports import Store
from statuspage.service.fleet import Fleet
from statuspage.service.incident_desk import IncidentDesk
from statuspage.service.maintenance_desk import MaintenanceDesk
from statuspage.service.override_desk import OverrideDesk


async def _nobody_waits() -> None:
    """Where no server runs in this process."""


class Desks:
    """Where people write; `written` has this process take over at once what was written."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        fleet: Callable[[], Fleet],
        site_url: str,
        written: Callable[[], Awaitable[None]] = _nobody_waits,
    ) -> None:
        self.incidents: Final = IncidentDesk(store, clock, fleet, site_url)
        self.maintenance: Final = MaintenanceDesk(store, clock, fleet, site_url)
        self.overrides: Final = OverrideDesk(store, clock, fleet)
        self.site_url: Final = site_url
        self.fleet: Final = fleet
        self.written: Final = written
        self._store = store
        self._clock = clock

    async def book(self, who: str, what: str, subject: str, place: str) -> None:
        """Writes a line into the audit book; over HTTP the gate does that. Raises `StorageError`."""
        entry = AuditEntry(at_ms=self._clock.now_ms(), who=who, what=what, subject=subject, place=place)
        await self._store.access.audit(entry)
