"""Subscribers in SQL, each as one document."""

from collections.abc import Callable

import msgspec
from sqlalchemy import delete, select

from statuspage.domain.subscription import Subscriber
from statuspage.storage.engine import Database
from statuspage.storage.revision import CURRENT
from statuspage.storage.steering import STEER
from statuspage.storage.tables import subscribers


class SqlSubscribers:
    """The subscribers of an open database (`Subscribers`)."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._of = database

    async def all(self) -> tuple[Subscriber, ...]:
        async with self._of().reading() as connection:
            rows = await connection.execute(select(subscribers.c.data).order_by(subscribers.c.created_ms, subscribers.c.id))
            return tuple(msgspec.json.decode(data, type=Subscriber) for (data,) in rows)

    async def keep(self, subscriber: Subscriber) -> None:
        database = self._of()
        row = (subscriber.id, subscriber.created_ms, msgspec.json.encode(subscriber))
        await database.transact([database.upsert(subscribers, [row]), STEER], CURRENT)

    async def remove(self, subscriber_id: str) -> bool:
        database = self._of()
        async with database.writing() as connection:
            gone = await connection.execute(delete(subscribers).where(subscribers.c.id == subscriber_id))
        await database.transact([STEER], CURRENT)
        return gone.rowcount > 0
