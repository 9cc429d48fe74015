"""How much of each cap the store believes to be spent, so that a process that is killed cannot forget what was under way.

Before money beyond that is set aside, the store is told of a little more than is needed; a process that ends in order tells
what was really counted. Until then the next one takes the larger of this and the ledger.
"""

import asyncio
from collections.abc import Mapping
from typing import Final

import msgspec
import structlog

from statuspage.domain.errors import StorageError
from statuspage.domain.ports import Store

TOPIC: Final = "budget"
_SUBJECT: Final = "lease"
_ONE_IN: Final = 100
"""A hundredth of a cap at a time: that much may be lost to a kill, and writes stay rare."""

log = structlog.get_logger()


class _Note(msgspec.Struct):
    month_ms: int
    nano_usd: dict[str, int]


class Lease:
    """Nano-dollars by cap, for one month."""

    def __init__(self, store: Store, caps: Mapping[str, int]) -> None:
        self._store = store
        self._caps = caps
        self._month_ms = 0
        self._told: dict[str, int] = {}
        self._writing = asyncio.Lock()

    async def load(self, month_ms: int) -> Mapping[str, int]:
        """What was told before a restart, by cap; nothing of another month."""
        body = (await self._store.noted(TOPIC)).get(_SUBJECT)
        try:
            note = None if body is None else msgspec.json.decode(body, type=_Note)
        except msgspec.MsgspecError:
            note = None
        told = note.nano_usd if note is not None and note.month_ms == month_ms else {}
        self._month_ms, self._told = month_ms, dict(told)
        return told

    async def cover(self, month_ms: int, used: Mapping[str, int]) -> None:
        """Tells the store before more is used than it knows of; returns once it knows."""
        if not self._caps or not self._short(month_ms, used):
            return
        async with self._writing:
            if self._short(month_ms, used):
                told = {name: min(cap, used.get(name, 0) + cap // _ONE_IN) for name, cap in self._caps.items()}
                await self._tell(month_ms, told)

    async def settle(self, month_ms: int, counted: Mapping[str, int]) -> None:
        """Tells the store what was really counted, at an end in order."""
        if self._caps and self._month_ms:
            await self._tell(month_ms, {name: counted.get(name, 0) for name in self._caps})

    def _short(self, month_ms: int, used: Mapping[str, int]) -> bool:
        return month_ms != self._month_ms or any(used.get(name, 0) > self._told.get(name, 0) for name in self._caps)

    async def _tell(self, month_ms: int, told: dict[str, int]) -> None:
        try:
            await self._store.note(TOPIC, _SUBJECT, msgspec.json.encode(_Note(month_ms, told)))
        except StorageError as error:
            # What is counted in memory still holds; only a kill right now would forget it.
            log.warning("the budget could not be noted", error=str(error))
        self._month_ms, self._told = month_ms, told
