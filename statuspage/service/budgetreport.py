"""Tells the operator when a budget gets tight and when it is used up, once a month for each."""

from typing import Final

import msgspec
import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.ledger import month_start_ms
from statuspage.domain.ports import Store
from statuspage.domain.thrift import Stage, stage_of, told_of
from statuspage.service.budget import Budget
from statuspage.service.lease import TOPIC

KIND: Final = "budget"
_ALL: Final = "monitor"
_SUBJECT: Final = "told"
_EVERY_S: Final = 60.0

log = structlog.get_logger()


class _Told(msgspec.Struct):
    month_ms: int = 0
    stages: dict[str, int] = {}


class BudgetReport:
    """Remembers over a restart what it told."""

    def __init__(self, budget: Budget, store: Store, clock: Clock) -> None:
        self._budget = budget
        self._store = store
        self._clock = clock
        self._told: _Told | None = None

    async def run(self) -> None:
        """For ever."""
        while True:
            await self._clock.sleep(_EVERY_S)
            await self.turn()

    async def turn(self) -> None:
        """Tells of every cap that reached a further stage; what could not be stored is told again."""
        now_ms = self._clock.now_ms()
        try:
            known = await self._known(month_start_ms(now_ms))
            stages = {each.name: (each, stage_of(each)) for each in self._budget.standings()}
            begun = [(each, stage) for name, (each, stage) in stages.items() if stage > known.stages.get(name, Stage.WELL)]
            if not begun:
                return
            events = [
                Event(
                    at_ms=now_ms,
                    kind=KIND,
                    subject=each.name or _ALL,
                    sentence=told_of(each, stage),
                    facts={"state": stage.name.lower()},
                )
                for each, stage in begun
            ]
            await self._store.tell(events)
            told = _Told(known.month_ms, known.stages | {each.name: int(stage) for each, stage in begun})
            self._told = told
            await self._store.note(TOPIC, _SUBJECT, msgspec.json.encode(told))
        except StorageError as error:
            log.warning("a word about the budget could not be stored", error=str(error))
            return
        for event in events:
            log.warning(event.sentence)

    async def _known(self, month_ms: int) -> _Told:
        """What was told this month; another month begins anew."""
        if self._told is None:
            body = (await self._store.noted(TOPIC)).get(_SUBJECT)
            try:
                self._told = _Told() if body is None else msgspec.json.decode(body, type=_Told)
            except msgspec.MsgspecError:
                self._told = _Told()
        return self._told if self._told.month_ms == month_ms else _Told(month_ms)
