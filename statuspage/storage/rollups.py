"""Hours and days: buckets as rows, and the way back."""

from collections.abc import Iterable, Mapping
from typing import Final, cast

import msgspec
from sqlalchemy import Table, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.classes import BY_CODE, CLASSES
from statuspage.domain.histogram import Histogram
from statuspage.domain.rollup import Bucket
from statuspage.storage.codes import STATUSES, words
from statuspage.storage.packs import HOUR_PACK_MS, Figures, merged, unpack
from statuspage.storage.statement import chunks
from statuspage.storage.tables import days, hour_packs, hours, models

_Bucket = tuple[int, int, int, int, int, int, bytes | None, bytes | None, bytes | None, bytes | None]
_STATUSES: Final = words(STATUSES)
_ENCODER: Final = msgspec.msgpack.Encoder()
_COUNTS: Final = msgspec.msgpack.Decoder(dict[int, int])


def bucket_row(number: int, bucket: Bucket) -> tuple[int, *Figures]:
    """One row of `hours` or `days`; of the classes only those that are not `ok`."""
    classes = {CLASSES[name].code: count for name, count in bucket.classes.items() if name != "ok"}
    status_ms = {STATUSES[status]: ms for status, ms in bucket.status_ms.items()}
    return (
        number,
        bucket.start_ms,
        bucket.judged,
        bucket.failed,
        bucket.slow,
        bucket.excluded,
        round(bucket.cost_usd * 1e9),
        bucket.first_content_ms.encode() or None,
        bucket.total_ms.encode() or None,
        _ENCODER.encode(classes) if classes else None,
        _ENCODER.encode(status_ms) if status_ms else None,
    )


def bucket_of(row: Figures) -> Bucket:
    """The bucket that was stored as this row (without its model)."""
    start_ms, judged, failed, slow, excluded, cost, first_content, total, classes, status_ms = cast("_Bucket", row)
    return Bucket(
        start_ms=start_ms,
        judged=judged,
        failed=failed,
        slow=slow,
        excluded=excluded,
        first_content_ms=Histogram(first_content or b""),
        total_ms=Histogram(total or b""),
        classes={BY_CODE[code].name: count for code, count in _COUNTS.decode(classes).items()} if classes else {},
        status_ms={_STATUSES[code]: ms for code, ms in _COUNTS.decode(status_ms).items()} if status_ms else {},
        cost_usd=cost / 1e9,
    )


async def newest_bucket(connection: AsyncConnection, table: Table, numbers: Iterable[int]) -> dict[int, Bucket]:
    """The newest row of each model."""
    inner = table.alias()
    newest = select(func.max(inner.c.start_ms)).where(inner.c.model == models.c.number).correlate(models).scalar_subquery()
    found = {}
    for some in chunks(numbers):
        rows = await connection.execute(
            select(table)
            .select_from(models)
            .join(table, and_(table.c.model == models.c.number, table.c.start_ms == newest))
            .where(models.c.number.in_(some))
        )
        found.update({number: bucket_of(cast("Figures", tuple(figures))) for number, *figures in rows})
    return found


async def days_from(connection: AsyncConnection, numbers: Iterable[int], from_ms: int) -> dict[int, tuple[Bucket, ...]]:
    """The days of each model that began at or after a time, oldest first."""
    found = await _rows_from(connection, days, numbers, from_ms)
    return {number: tuple(map(bucket_of, rows)) for number, rows in found.items()}


async def hours_from(connection: AsyncConnection, numbers: Iterable[int], from_ms: int) -> dict[int, tuple[Bucket, ...]]:
    """The hours of each model that began at or after a time, oldest first."""
    numbers = list(numbers)
    rows = await _rows_from(connection, hours, numbers, from_ms)
    packed = await _packed_from(connection, numbers, from_ms)
    return {number: tuple(map(bucket_of, merged(packed.get(number, []), rows[number]))) for number in numbers}


async def _rows_from(
    connection: AsyncConnection, table: Table, numbers: Iterable[int], from_ms: int
) -> Mapping[int, list[Figures]]:
    found: dict[int, list[Figures]] = {number: [] for number in numbers}
    for some in chunks(found):
        rows = await connection.execute(
            select(table).where(table.c.model.in_(some), table.c.start_ms >= from_ms).order_by(table.c.model, table.c.start_ms)
        )
        for row in rows.all():
            found[row[0]].append(cast("Figures", row[1:]))
    return found


async def _packed_from(connection: AsyncConnection, numbers: Iterable[int], from_ms: int) -> dict[int, list[Figures]]:
    found: dict[int, list[Figures]] = {}
    for some in chunks(numbers):
        packs = await connection.execute(
            select(hour_packs)
            .where(hour_packs.c.model.in_(some), hour_packs.c.start_ms > from_ms - HOUR_PACK_MS)
            .order_by(hour_packs.c.model, hour_packs.c.start_ms)
        )
        for number, start_ms, data in packs:
            found.setdefault(number, []).extend(row for row in unpack(start_ms, data) if row[0] >= from_ms)
    return found
