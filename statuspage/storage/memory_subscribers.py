"""Subscribers without a database: for simulations and tests."""

from statuspage.domain.subscription import Subscriber


class MemorySubscribers:
    """Subscribers in memory (`Subscribers`)."""

    def __init__(self) -> None:
        self._kept: dict[str, Subscriber] = {}

    async def all(self) -> tuple[Subscriber, ...]:
        return tuple(sorted(self._kept.values(), key=lambda each: (each.created_ms, each.id)))

    async def keep(self, subscriber: Subscriber) -> None:
        self._kept[subscriber.id] = subscriber

    async def remove(self, subscriber_id: str) -> bool:
        return self._kept.pop(subscriber_id, None) is not None
