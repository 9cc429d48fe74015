"""The outbox without a database: for simulations and tests."""

from collections.abc import Mapping, Sequence

import msgspec

from statuspage.domain.notice import STATUS_CHANGED, Audience, Delivery, DeliveryState, Notice
from statuspage.domain.words import Status


class _StatusData(msgspec.Struct):
    status: Status


class MemoryOutbox:
    """Notices and deliveries in memory (`Outbox`)."""

    def __init__(self) -> None:
        self._notices: dict[str, tuple[int, Notice]] = {}
        self._addressed: set[str] = set()
        self._deliveries: dict[tuple[str, str], Delivery] = {}

    async def post(self, notices: Sequence[Notice]) -> None:
        for notice in notices:
            self._notices.setdefault(notice.id, (len(self._notices) + 1, notice))

    async def unaddressed(self, limit: int) -> tuple[tuple[int, Notice], ...]:
        return tuple(each for key, each in self._notices.items() if key not in self._addressed)[:limit]

    async def address(self, notices: Sequence[Notice], deliveries: Sequence[Delivery]) -> None:
        await self.settle(deliveries)
        self._addressed.update(notice.id for notice in notices)

    async def waiting(self, channel: str, limit: int) -> tuple[Delivery, ...]:
        return tuple(each for each in self._in_order() if each.channel == channel and _waits(each))[:limit]

    async def backlog(self) -> Mapping[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for each in self._in_order():
            if _waits(each):
                count, due_ms = found.get(each.channel, (0, each.due_ms))
                found[each.channel] = (count + 1, min(due_ms, each.due_ms))
        return found

    async def settle(self, deliveries: Sequence[Delivery]) -> None:
        self._deliveries |= {(each.notice.id, each.channel): each for each in deliveries}

    async def log(self, limit: int, channel: str | None = None) -> tuple[Delivery, ...]:
        newest = reversed(self._in_order())
        return tuple(each for each in newest if channel in (None, each.channel))[:limit]

    async def known(self, kind: str, subject: str) -> Notice | None:
        found = [notice for _, notice in self._notices.values() if notice.kind == kind and notice.subject == subject]
        return found[-1] if found else None

    async def remote(self, channel: str, incident: str) -> str | None:
        found = [
            each.remote
            for each in self._in_order()
            if each.channel == channel and each.notice.incident == incident and each.remote is not None
        ]
        return found[-1] if found else None

    async def public_statuses(self) -> Mapping[str, Status]:
        return {
            notice.subject: msgspec.json.decode(notice.data, type=_StatusData).status
            for _, notice in self._notices.values()
            if notice.kind == STATUS_CHANGED and notice.audience is Audience.PUBLIC
        }

    async def prune(self, before_ms: int) -> int:
        old = [key for key, each in self._deliveries.items() if each.settled_ms is not None and each.settled_ms < before_ms]
        for key in old:
            del self._deliveries[key]
        return len(old)

    def _in_order(self) -> list[Delivery]:
        return sorted(self._deliveries.values(), key=lambda each: each.number)


def _waits(delivery: Delivery) -> bool:
    return delivery.state is DeliveryState.WAITING
