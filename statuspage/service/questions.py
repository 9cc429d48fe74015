"""What the web may ask beyond the shelf: the current views, and history by question."""

from typing import Final

import msgspec

from statuspage.domain.clock import Clock
from statuspage.domain.incident import Incident
from statuspage.domain.ports import Store, StoredSample
from statuspage.domain.series import DAY_MS, HOUR_MS, WINDOW_DAYS, Series, series, step_of
from statuspage.domain.uptime import latency_point
from statuspage.domain.view import LatencyPoint, ModelView, PageView
from statuspage.service.shelf import Shelf

_SAMPLES_READ: Final = 5_000
"""Samples that tell the speed of one window: seventeen days at five minutes."""


class Questions:
    """Plain reads over the shelf's views and the store; private and unknown models are the same to it."""

    def __init__(self, shelf: Shelf, store: Store, clock: Clock) -> None:
        self._shelf = shelf
        self._store = store
        self._clock = clock

    def now_ms(self) -> int:
        """UTC milliseconds."""
        return self._clock.now_ms()

    def page(self) -> PageView:
        """The page as it is shown."""
        return self._shelf.page

    def model(self, slug: str) -> ModelView | None:
        """The public model of this slug as it is shown."""
        return self._shelf.model(slug)

    async def incident(self, incident_id: str) -> Incident | None:
        """The incident of that id, however old, without models that are not public; None where nobody may know of it."""
        page = self._shelf.page
        known = next((incident for incident in page.archive if incident.id == incident_id), None)
        if known is not None:
            return known
        stored = await self._store.incident(incident_id)
        public = {model.key for model in page.models}
        keys = () if stored is None else tuple(key for key in stored.models if key in public)
        return msgspec.structs.replace(stored, models=keys) if stored is not None and (keys or not stored.models) else None

    async def samples(self, key: str, from_ms: int, to_ms: int, limit: int) -> tuple[StoredSample, ...]:
        """Samples from `from_ms` on and before `to_ms`, oldest first."""
        return await self._store.samples(key, from_ms, to_ms, limit)

    async def series(self, model: ModelView, window: str) -> Series:
        """Everything measured of a model over a window; its speed from the newest samples, so far as they reach."""
        now_ms = self._clock.now_ms()
        since_ms = now_ms - WINDOW_DAYS[window] * DAY_MS
        past = (await self._store.past([model.key], since_ms, since_ms))[model.key]
        reach_ms = round(_SAMPLES_READ * model.interval_seconds * 1000)
        stored = await self._store.samples(model.key, max(since_ms, now_ms - reach_ms), now_ms + 1, _SAMPLES_READ, passive=False)
        buckets = past.hours if step_of(window) == HOUR_MS else past.days
        return series(window, buckets, [each.sample for each in stored])

    async def latency(self, key: str, window: str) -> tuple[LatencyPoint, ...]:
        """Hours of windows up to 7 days, days of longer ones, oldest first."""
        since_ms = self._clock.now_ms() - WINDOW_DAYS[window] * DAY_MS
        past = (await self._store.past([key], since_ms, since_ms))[key]
        return tuple(latency_point(bucket) for bucket in (past.hours if step_of(window) == HOUR_MS else past.days))
