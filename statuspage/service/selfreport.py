"""Tells the operator when the monitor has reason to doubt itself, once for each cause as long as it lasts."""

from typing import Final

import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.ports import Store
from statuspage.service.selfcheck import SelfCheck

SUBJECT: Final = "monitor"
_EVERY_S: Final = 30.0

log = structlog.get_logger()


class SelfReport:
    """Turns the self-check's concerns into events for the operator; none of them ever costs a colour."""

    def __init__(self, selfcheck: SelfCheck, store: Store, clock: Clock) -> None:
        self._selfcheck = selfcheck
        self._store = store
        self._clock = clock
        self._told: frozenset[str] = frozenset()

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._clock.sleep(_EVERY_S)
            await self.turn()

    async def turn(self) -> None:
        """Tells what has begun since the last turn; what could not be stored is told again."""
        concerns = self._selfcheck.concerns()
        begun = [concern for concern in concerns if concern.kind not in self._told]
        now_ms = self._clock.now_ms()
        events = [Event(at_ms=now_ms, kind=each.kind, subject=SUBJECT, sentence=each.sentence) for each in begun]
        try:
            if events:
                await self._store.tell(events)
        except StorageError as error:
            log.warning("a doubt about ourselves could not be stored", error=str(error))
            return
        for each in begun:
            log.warning(each.sentence, kind=each.kind)
        self._told = frozenset(concern.kind for concern in concerns)
