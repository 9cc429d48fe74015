"""Hears what people change in other processes: a running server takes it over within a second."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.ports import Store

LOOK_EVERY_S: Final = 1.0

log = structlog.get_logger()

TakeOver = Callable[[], Awaitable[None]]
"""Reads anew what people may have changed. Raises `StorageError` when it cannot."""


class Steering:
    """Compares the store's steering counter with what it knows, and has every part read anew when it grew."""

    def __init__(self, store: Store, clock: Clock, parts: Sequence[TakeOver]) -> None:
        self._store = store
        self._clock = clock
        self._parts = tuple(parts)
        self._known: int | None = None

    async def run(self) -> None:
        """Looks for ever; what could not be read is read at the next look."""
        while True:
            await self._clock.sleep(LOOK_EVERY_S)
            try:
                await self.look()
            except StorageError as error:
                log.warning("what people changed could not be read", error=str(error))

    async def look(self) -> None:
        """Takes over what was changed since the last look; whoever changes something in this process calls it at once."""
        number = await self._store.steered()
        if number == self._known:
            return
        for part in self._parts:
            await part()
        self._known = number
