"""What people are told of a change: notices, made before the change is stored so that both are written together."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import msgspec
import structlog

from statuspage.domain.alerting import (
    event_notice,
    incident_notice,
    notice_id,
    public_after,
    severity_of,
    status_title,
    told_of,
)
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.incident import Incident
from statuspage.domain.notice import STATUS_CHANGED, Audience, Notice
from statuspage.domain.ports import Store
from statuspage.domain.view import ModelView
from statuspage.domain.words import Level, Status
from statuspage.render.documents import Json, dump, model_object
from statuspage.service.board import Board

Incidents = Sequence[tuple[Incident | None, Incident]]
"""What became of incidents: before and after, None before one was opened."""
_TOPIC: Final = "alerts"
_CURSOR: Final = "events"
_EVERY_S: Final = 2.0
_EVENTS_AT_ONCE: Final = 500

log = structlog.get_logger()


class Alerting(Protocol):
    """Makes notices of what a check changed."""

    def of_check(self, before: ModelView, after: ModelView, incidents: Incidents) -> list[Notice]:
        """What is told of a model that looked like `before` and looks like `after`."""
        ...

    def stored(self, after: ModelView) -> None:
        """The notices of a change are stored: from here on the public knows of it."""
        ...

    def posted(self) -> None:
        """The outbox may hold something new."""
        ...


class Alerts:
    """Remembers what the public was told last of each public model; private ones are the operator's."""

    def __init__(self, board: Board, store: Store, clock: Clock, wake: Callable[[], None]) -> None:
        """`wake` is called whenever the outbox may hold something new."""
        self._board = board
        self._store = store
        self._clock = clock
        self._wake = wake
        self._read_until_ms = 0
        self._read: tuple[Event, ...] = ()
        self._public: dict[str, Status] = {}

    async def load(self) -> None:
        """Takes over what was told before a restart; where nothing was told, the stored statuses are what is known."""
        told = await self._store.outbox.public_statuses()
        for entry in self._board.entries():
            status = told.get(entry.key, entry.state.status)
            if status.level is not Level.GREY:
                self._public[entry.key] = status
        cursor = (await self._store.noted(_TOPIC)).get(_CURSOR)
        self._read_until_ms = self._clock.now_ms() if cursor is None else int(cursor)

    def of_check(self, before: ModelView, after: ModelView, incidents: Incidents) -> list[Notice]:
        """The change of status, and what became of incidents; of models that are not public only the operator hears."""
        group = after.provider
        found = [self._of_status(before, after, incidents)]
        found += [self._of_incident(old, new, group) for old, new in incidents]
        private = after.key not in frozenset(self._board.keys())
        return [
            msgspec.structs.replace(notice, audience=Audience.OPERATOR) if private else notice
            for notice in found
            if notice is not None
        ]

    def stored(self, after: ModelView) -> None:
        """The public knows of it from here on."""
        known = public_after(self._public.get(after.key), after.status)
        if known is not None:
            self._public[after.key] = known
        self.posted()

    def posted(self) -> None:
        self._wake()

    async def run(self) -> None:
        """For ever: what happened to accounts, lists and the monitor itself becomes notices for the operator."""
        while True:
            try:
                await self.read_events()
            except StorageError as error:
                log.warning("events could not be read", error=str(error))
            await self._clock.sleep(_EVERY_S)

    async def read_events(self) -> None:
        """Posts a notice for every stored event that is not told yet; what was posted before a crash is known by its id."""
        happened = await self._store.told(self._read_until_ms, _EVENTS_AT_ONCE)
        if not happened or happened == self._read:
            return
        await self._store.outbox.post([event_notice(event, url=f"{self._board.site.url}/") for event in reversed(happened)])
        self._read = happened
        self._read_until_ms = happened[0].at_ms
        await self._store.note(_TOPIC, _CURSOR, str(self._read_until_ms).encode())
        self.posted()

    def _of_status(self, before: ModelView, after: ModelView, incidents: Incidents) -> Notice | None:
        told = told_of(self._public.get(after.key), before.status, after.status)
        if told is None:
            return None
        at_ms = after.checked_at_ms or after.since_ms or 0
        data: dict[str, Json] = {"key": after.key, "old_status": told.old.value, **model_object(after)}
        open_before = self._board.entry(after.key).incident
        incident = incidents[-1][1].id if incidents else None if open_before is None else open_before.id
        return Notice(
            id=notice_id(STATUS_CHANGED, after.key, told.old, told.new, at_ms),
            kind=STATUS_CHANGED,
            at_ms=at_ms,
            audience=told.audience,
            severity=severity_of(told.new),
            subject=after.key,
            title=status_title(after.name, told.new),
            body=f"{after.reason}.",
            group=after.provider,
            incident=incident,
            models=(after.key,),
            url=after.url,
            data=msgspec.Raw(dump(data)),
        )

    def _of_incident(self, before: Incident | None, after: Incident, group: str) -> Notice | None:
        url = f"{self._board.site.url}/incidents/{after.id}"
        data: dict[str, Json] = {"id": after.id, "title": after.title, "status": after.status, "impact": after.impact}
        return incident_notice(before, after, url=url, group=group, data=dump(data))
