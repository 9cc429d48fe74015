"""The outbox in SQL: notices go in with the change they tell of, deliveries after them."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Row as SqlRow
from sqlalchemy import bindparam, delete, exists, func, insert, literal_column, select, update

from statuspage.domain.notice import STATUS_CHANGED, Audience, Delivery, DeliveryState, Notice
from statuspage.domain.words import Status
from statuspage.storage.engine import Database
from statuspage.storage.revision import CURRENT
from statuspage.storage.statement import Write
from statuspage.storage.tables import deliveries, outbox

_SLICE: Final = 1000
_NAMES: Final = ("id", "number", "kind", "audience", "subject", "incident", "notice", "known")
_POST: Final = insert(outbox).from_select(
    [*_NAMES[:-1], "addressed"],
    select(*(bindparam(name, type_=outbox.c[name].type) for name in _NAMES[:-1]), literal_column("0")).where(
        ~exists(select(outbox.c.id).where(outbox.c.id == bindparam("known")))
    ),
)
_ADDRESSED: Final = update(outbox).where(outbox.c.id == bindparam("notice_id")).values(addressed=literal_column("1"))


class _StatusData(msgspec.Struct):
    status: Status


def notice_writes(notices: Sequence[Notice]) -> list[Write]:
    """What stores these notices in somebody's transaction; one that is known already is left as it is."""
    first = time.time_ns() // 1000  # an order of writing, not a time that anything is decided by
    rows = [
        (
            notice.id,
            first + place,
            notice.kind,
            notice.audience.value,
            notice.subject,
            notice.incident,
            msgspec.json.encode(notice),
            notice.id,
        )
        for place, notice in enumerate(notices)
    ]
    return [Write(_POST, _NAMES, rows)]


class SqlOutbox:
    """The outbox of an open database (`Outbox`)."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._of = database

    async def post(self, notices: Sequence[Notice]) -> None:
        await self._of().transact(notice_writes(notices), CURRENT)

    async def unaddressed(self, limit: int) -> tuple[tuple[int, Notice], ...]:
        wanted = select(outbox.c.number, outbox.c.notice).where(outbox.c.addressed == 0).order_by(outbox.c.number).limit(limit)
        async with self._of().reading() as connection:
            return tuple((number, _notice(body)) for number, body in await connection.execute(wanted))

    async def address(self, notices: Sequence[Notice], deliveries_: Sequence[Delivery]) -> None:
        database = self._of()
        writes = [
            database.upsert(deliveries, [_row(each) for each in deliveries_]),
            Write(_ADDRESSED, ("notice_id",), [(notice.id,) for notice in notices]),
        ]
        await database.transact(writes, CURRENT)

    async def waiting(self, channel: str, limit: int) -> tuple[Delivery, ...]:
        wanted = (
            select(deliveries, outbox.c.notice.label("body"))
            .join_from(deliveries, outbox)
            .where(deliveries.c.state == DeliveryState.WAITING.value, deliveries.c.channel == channel)
            .order_by(deliveries.c.number)
            .limit(limit)
        )
        async with self._of().reading() as connection:
            return tuple(_delivery(row) for row in await connection.execute(wanted))

    async def backlog(self) -> Mapping[str, tuple[int, int]]:
        wanted = (
            select(deliveries.c.channel, func.count(), func.min(deliveries.c.due_ms))
            .where(deliveries.c.state == DeliveryState.WAITING.value)
            .group_by(deliveries.c.channel)
        )
        async with self._of().reading() as connection:
            return {channel: (count, due_ms) for channel, count, due_ms in await connection.execute(wanted)}

    async def settle(self, deliveries_: Sequence[Delivery]) -> None:
        database = self._of()
        await database.transact([database.upsert(deliveries, [_row(each) for each in deliveries_])], CURRENT)

    async def log(self, limit: int, channel: str | None = None) -> tuple[Delivery, ...]:
        wanted = select(deliveries, outbox.c.notice.label("body")).join_from(deliveries, outbox)
        if channel is not None:
            wanted = wanted.where(deliveries.c.channel == channel)
        async with self._of().reading() as connection:
            rows = await connection.execute(wanted.order_by(deliveries.c.number.desc()).limit(limit))
            return tuple(_delivery(row) for row in rows)

    async def known(self, kind: str, subject: str) -> Notice | None:
        wanted = select(outbox.c.notice).where(outbox.c.kind == kind, outbox.c.subject == subject)
        async with self._of().reading() as connection:
            body = (await connection.execute(wanted.order_by(outbox.c.number.desc()).limit(1))).scalar_one_or_none()
        return None if body is None else _notice(body)

    async def remote(self, channel: str, incident: str) -> str | None:
        wanted = (
            select(deliveries.c.remote)
            .join_from(deliveries, outbox)
            .where(outbox.c.incident == incident, deliveries.c.channel == channel, deliveries.c.remote.is_not(None))
        )
        async with self._of().reading() as connection:
            return (await connection.execute(wanted.order_by(deliveries.c.number.desc()).limit(1))).scalar_one_or_none()

    async def public_statuses(self) -> Mapping[str, Status]:
        newest = (
            select(outbox.c.subject, func.max(outbox.c.number).label("number"))
            .where(outbox.c.kind == STATUS_CHANGED, outbox.c.audience == Audience.PUBLIC.value)
            .group_by(outbox.c.subject)
            .subquery()
        )
        wanted = select(outbox.c.subject, outbox.c.notice).join(
            newest, (outbox.c.subject == newest.c.subject) & (outbox.c.number == newest.c.number)
        )
        async with self._of().reading() as connection:
            rows = (await connection.execute(wanted)).all()
        return {subject: msgspec.json.decode(_notice(body).data, type=_StatusData).status for subject, body in rows}

    async def prune(self, before_ms: int) -> int:
        old = select(deliveries.c.notice).where(deliveries.c.settled_ms < before_ms).limit(_SLICE)
        orphans = select(outbox.c.id).where(outbox.c.addressed == 1, outbox.c.number < before_ms * 1000)
        async with self._of().writing() as connection:
            gone = await connection.execute(
                delete(deliveries).where(deliveries.c.notice.in_(old), deliveries.c.settled_ms < before_ms)
            )
            unneeded = orphans.where(~exists(select(deliveries.c.notice).where(deliveries.c.notice == outbox.c.id)))
            await connection.execute(delete(outbox).where(outbox.c.id.in_(unneeded.limit(_SLICE))))
        return gone.rowcount


def _notice(body: bytes) -> Notice:
    return msgspec.json.decode(body, type=Notice)


def _row(delivery: Delivery) -> tuple[object, ...]:
    return (
        delivery.notice.id,
        delivery.channel,
        delivery.number,
        delivery.due_ms,
        delivery.attempts,
        delivery.state.value,
        delivery.error,
        delivery.settled_ms,
        delivery.remote,
    )


def _delivery(row: "SqlRow[tuple[object, ...]]") -> Delivery:
    return Delivery(
        number=row.number,
        channel=row.channel,
        notice=_notice(row.body),
        due_ms=row.due_ms,
        attempts=row.attempts,
        state=DeliveryState(row.state),
        error=row.error,
        settled_ms=row.settled_ms,
        remote=row.remote,
    )
