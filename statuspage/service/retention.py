"""Old history goes, a slice at a time."""

from typing import Final

import structlog

from statuspage.config.fleet import Config
from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.ports import Store

_FIRST_S: Final = 60.0
_EVERY_S: Final = 3600.0
_DELIVERIES_KEPT_MS: Final = 90 * 86_400_000
"""How long the delivery log goes back."""
_BETWEEN_SLICES_S: Final = 0.2
"""Checks write in between."""

log = structlog.get_logger()


class Retention:
    """Deletes what is older than the configuration keeps."""

    def __init__(self, config: Config, store: Store, clock: Clock) -> None:
        self._kept = config.retention
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """For ever: soon after a start and then once an hour, slice by slice, until nothing old is left."""
        pause_s = _FIRST_S
        while True:
            await self._clock.sleep(pause_s)
            pause_s = _EVERY_S
            try:
                await self.prune()
            except StorageError as error:
                log.warning("old history could not be deleted", error=str(error))

    async def prune(self) -> None:
        """Deletes everything that is too old."""
        now_ms = self._clock.now_ms()
        samples, hours, days = (
            None if kept_s is None else now_ms - round(kept_s * 1000)
            for kept_s in (self._kept.samples_s, self._kept.hourly_s, self._kept.daily_s)
        )
        while await self._store.prune(samples, hours, days):
            await self._clock.sleep(_BETWEEN_SLICES_S)
        while await self._store.outbox.prune(now_ms - _DELIVERIES_KEPT_MS):
            await self._clock.sleep(_BETWEEN_SLICES_S)
