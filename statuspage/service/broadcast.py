"""The broadcast: compares each rendering with the one before and tells those who listen what changed (contract §4).

Events have ids `<process>-<number>` and the newest are kept, so that a client that was cut off takes up where it was;
after a restart, or too long an absence, its id is not known and it gets everything anew.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from statuspage.domain.clock import Clock
from statuspage.domain.view import ModelView, PageView
from statuspage.render.documents import dump
from statuspage.render.encoded import Document
from statuspage.render.events import RETRY, checked_at_ms, frame, fresh_data, status_data
from statuspage.render.people_documents import incident_object, maintenance_object

DROPDOWN: Final = "/api/v1/models"
KEPT: Final = 1000
"""How many of the newest events a client may have missed."""
_ORDINAL: Final = re.compile(r"0|[1-9][0-9]{0,15}")

Tell = Callable[[bytes], None]
"""Hands frames to everybody who listens; it must not wait."""


class Broadcast:
    """What has been told, in order, and what a newcomer is told first."""

    def __init__(self, clock: Clock, poll_after_s: float) -> None:
        self.tell: Tell = lambda _frames: None
        """Whoever keeps the connections puts itself here."""
        self._clock = clock
        self._poll_after_s = poll_after_s
        self._process = f"{clock.now_ms():x}"
        self._number = 0
        self._kept: deque[bytes] = deque(maxlen=KEPT)
        self._page: PageView | None = None
        self._document = b""
        self._everything: bytes | None = None
        self._from_now_on: bytes | None = None
        self._checked: dict[str, int] = {}
        self._checked_told_s = -poll_after_s
        self._wake = asyncio.Event()

    def shown(self, page: PageView, documents: Mapping[str, Document]) -> None:
        """Takes a rendering: its views, and its documents, the dropdown document of contract §5 among them."""
        before, self._page = self._page, page
        self._document = documents[DROPDOWN].body
        self._everything = self._from_now_on = None
        if before is None:
            return
        if {model.key for model in before.models} - {model.key for model in page.models}:
            self._begin_anew()
            return
        frames = [self._keep(event, data) for event, data in self._changes(before, page)]
        if self._checked:
            self._wake.set()
        if frames:
            self.tell(b"".join(frames))

    def since(self, last_event_id: str | None) -> bytes:
        """A newcomer's first frames: what it missed and when each model was checked, or all there is to know."""
        missed = None if last_event_id is None else self._missed(last_event_id)
        if missed is None or self._page is None:
            if self._everything is None:
                self._everything = RETRY + self._snapshot()
            return self._everything
        return b"".join((RETRY, *missed, self._all_checked()))

    def from_now_on(self) -> bytes:
        """The first frames of a newcomer who has the document, or fetches it: when each model was checked."""
        if self._from_now_on is None:
            self._from_now_on = RETRY + self._all_checked()
        return self._from_now_on

    async def run(self) -> None:
        """Tells for ever which models were checked, no oftener than readers would ask."""
        while True:
            await self._wake.wait()
            left_s = self._checked_told_s + self._poll_after_s - self._clock.monotonic_s()
            if left_s > 0:
                await self._clock.sleep(left_s)
            self._wake.clear()
            checked, self._checked = self._checked, {}
            if checked:
                self._checked_told_s = self._clock.monotonic_s()
                self.tell(frame("fresh", fresh_data(checked)))

    def _changes(self, before: PageView, page: PageView) -> "Iterator[tuple[str, bytes]]":
        known = {model.key: model for model in before.models}
        for model in page.models:
            old = known.get(model.key)
            if old is model:
                continue
            if old is None or _told(old) != _told(model):
                self._checked.pop(model.key, None)
                yield "status", status_data(model)
            elif model.checked_at_ms is not None and model.checked_at_ms != old.checked_at_ms:
                self._checked[model.key] = model.checked_at_ms
        incidents = {incident.id: incident for incident in before.archive}
        for incident in reversed(page.archive):
            if incidents.get(incident.id) != incident:
                yield "incident", dump(incident_object(incident, page.site.url))
        maintenances = {maintenance.id: maintenance for maintenance in before.maintenances}
        for maintenance in page.maintenances:
            if maintenances.get(maintenance.id) != maintenance:
                yield "maintenance", dump(maintenance_object(maintenance, page.site.url))

    def _keep(self, event: str, data: bytes) -> bytes:
        self._number += 1
        made = frame(event, data, self._id)
        self._kept.append(made)
        return made

    def _begin_anew(self) -> None:
        """No event says that a model is gone: everybody gets everything."""
        self._number += 1
        self._kept.clear()
        self._checked.clear()
        self.tell(self._snapshot())

    def _missed(self, last_event_id: str) -> list[bytes] | None:
        """Frames after the one of this id; None when it is not known, or no longer."""
        process, _, number = last_event_id.partition("-")
        if process != self._process or not _ORDINAL.fullmatch(number):
            return None
        count = self._number - int(number)
        if not 0 <= count <= len(self._kept):
            return None
        return list(self._kept)[len(self._kept) - count :]

    def _all_checked(self) -> bytes:
        return frame("fresh", fresh_data(checked_at_ms(() if self._page is None else self._page.models)))

    def _snapshot(self) -> bytes:
        return frame("snapshot", self._document, self._id)

    @property
    def _id(self) -> str:
        """The id of the newest event."""
        return f"{self._process}-{self._number}"


def _told(model: ModelView) -> tuple[object, ...]:
    """What of a model is news when it changes."""
    return model.status, model.class_name, model.label, model.reason
