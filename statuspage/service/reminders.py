"""Reminds channels that ask for it of what still lasts."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
import structlog

from statuspage.domain.alerting import notice_id
from statuspage.domain.clock import Clock
from statuspage.domain.durations import spell
from statuspage.domain.errors import StorageError
from statuspage.domain.incident import Incident
from statuspage.domain.notice import INCIDENT_REMINDER, Audience, Notice, Severity
from statuspage.domain.outbox import Outbox
from statuspage.service.dispatch import Line

_EVERY_S: Final = 30.0

log = structlog.get_logger()


class Reminders:
    """Tells an open incident again, in the rhythm of each channel, for as long as it lasts."""

    def __init__(
        self,
        *,
        lines: Sequence[Line],
        open_incidents: Callable[[], Sequence[Incident]],
        outbox: Outbox,
        clock: Clock,
        site_url: str,
        posted: Callable[[], None],
    ) -> None:
        self._lines = [line for line in lines if line.remind_every_s is not None]
        self._open = open_incidents
        self._outbox = outbox
        self._clock = clock
        self._site_url = site_url
        self._posted = posted
        self._told: dict[tuple[str, str], int] = {}

    async def run(self) -> None:
        """For ever, where any channel asks for it."""
        while True:
            await self._clock.sleep(_EVERY_S)
            try:
                await self.remind()
            except StorageError as error:
                log.warning("reminders could not be written", error=str(error))

    async def remind(self) -> None:
        """Writes the reminders that are due now; one that a restart writes again is known by its id."""
        now_ms = self._clock.now_ms()
        for line in self._lines:
            for incident in self._open():
                turn = int((now_ms - incident.detected_at_ms) / 1000 // (line.remind_every_s or 1))
                if turn > self._told.get((line.name, incident.id), 0):
                    await self._write(line, incident, turn, now_ms)
                    self._told[line.name, incident.id] = turn

    async def _write(self, line: Line, incident: Incident, turn: int, now_ms: int) -> None:
        lasts = spell((now_ms - incident.started_at_ms) // 60_000 * 60)
        notice = Notice(
            id=notice_id(INCIDENT_REMINDER, line.name, incident.id, turn),
            kind=INCIDENT_REMINDER,
            at_ms=now_ms,
            audience=Audience.PUBLIC,
            only=line.name,
            severity=Severity.WARNING,
            subject=incident.id,
            title=f"Still going on: {incident.title}",
            body=f"It has lasted {lasts}. {incident.updates[0].body if incident.updates else ''}".strip(),
            incident=incident.id,
            url=f"{self._site_url}/incidents/{incident.id}",
            data=msgspec.Raw(msgspec.json.encode({"id": incident.id, "title": incident.title, "status": incident.status})),
        )
        await self._outbox.post([notice])
        self._posted()
