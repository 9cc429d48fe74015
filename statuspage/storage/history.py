"""Reads samples back, whether they lie as rows or in packs."""

from collections.abc import Iterable
from typing import Final, cast

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.words import Kind
from statuspage.storage.codes import KINDS
from statuspage.storage.packs import SAMPLE_PACK_MS, Figures, unpack
from statuspage.storage.statement import chunks
from statuspage.storage.tables import evidence, models, sample_packs, samples

Found = tuple[Figures, bytes | None]
"""A row of `samples` without its model, and its evidence."""

_PACKS_AT_ONCE: Final = 8
_PASSIVE: Final = KINDS[Kind.PASSIVE]
_KIND: Final = samples.columns.keys().index("kind_code") - 1
"""Where the kind stands in a row without its model."""
_ROW_AND_DETAIL: Final = select(samples, evidence.c.detail).outerjoin_from(
    samples, evidence, and_(evidence.c.model == samples.c.model, evidence.c.at_ms == samples.c.at_ms)
)


async def samples_between(
    connection: AsyncConnection, number: int, from_ms: int, to_ms: int, limit: int, *, passive: bool
) -> list[Found]:
    """The first `limit` samples of a model with `from_ms <= at_ms < to_ms`, oldest first."""
    packed: list[Figures] = []
    start_ms = from_ms - SAMPLE_PACK_MS
    while len(packed) < limit:
        packs = (
            await connection.execute(
                select(sample_packs.c.start_ms, sample_packs.c.data)
                .where(sample_packs.c.model == number, sample_packs.c.start_ms > start_ms, sample_packs.c.start_ms < to_ms)
                .order_by(sample_packs.c.start_ms)
                .limit(_PACKS_AT_ONCE)
            )
        ).all()
        for start_ms, data in packs:
            packed += [row for row in unpack(start_ms, data) if from_ms <= row[0] < to_ms and (passive or _own(row))]
        if len(packs) < _PACKS_AT_ONCE:
            break
    wanted = _ROW_AND_DETAIL.where(samples.c.model == number, samples.c.at_ms >= from_ms, samples.c.at_ms < to_ms)
    if not passive:
        wanted = wanted.where(samples.c.kind_code != _PASSIVE)
    rows = await connection.execute(wanted.order_by(samples.c.at_ms).limit(limit))
    return (await _joined(connection, number, packed, rows))[:limit]


async def newest_samples(connection: AsyncConnection, numbers: Iterable[int], limit: int) -> dict[int, list[Found]]:
    """The newest `limit` samples of each model that no program told of, newest first."""
    rows: dict[int, list[tuple[object, ...]]] = {number: [] for number in numbers}
    for some in chunks(rows):
        for row in await connection.execute(_newest_rows(some, limit)):
            rows[row.model].append(tuple(row))
    found = {}
    for number, lying in rows.items():
        packed = [] if len(lying) >= limit else await _newest_packed(connection, number, limit)
        found[number] = (await _joined(connection, number, packed, lying))[-limit:][::-1]
    return found


def _newest_rows(numbers: list[int], limit: int) -> Select[*tuple[object, ...]]:
    """Rows from the `limit`-th newest on, of every model: one seek and one short walk each."""
    inner = samples.alias()
    from_ms = (
        select(inner.c.at_ms)
        .where(inner.c.model == models.c.number, inner.c.kind_code != _PASSIVE)
        .order_by(inner.c.at_ms.desc())
        .limit(1)
        .offset(limit - 1)
        .correlate(models)
        .scalar_subquery()
    )
    return (
        select(samples, evidence.c.detail)
        .select_from(models)
        .join(samples, and_(samples.c.model == models.c.number, samples.c.at_ms >= func.coalesce(from_ms, 0)))
        .outerjoin(evidence, and_(evidence.c.model == samples.c.model, evidence.c.at_ms == samples.c.at_ms))
        .where(models.c.number.in_(numbers), samples.c.kind_code != _PASSIVE)
    )


async def _newest_packed(connection: AsyncConnection, number: int, limit: int) -> list[Figures]:
    packed: list[Figures] = []
    below_ms: int | None = None
    while len(packed) < limit:
        asked = select(sample_packs.c.start_ms, sample_packs.c.data).where(sample_packs.c.model == number)
        if below_ms is not None:
            asked = asked.where(sample_packs.c.start_ms < below_ms)
        packs = (await connection.execute(asked.order_by(sample_packs.c.start_ms.desc()).limit(_PACKS_AT_ONCE))).all()
        for below_ms, data in packs:
            packed += [row for row in unpack(below_ms, data) if _own(row)]
        if len(packs) < _PACKS_AT_ONCE:
            break
    return packed


async def _joined(
    connection: AsyncConnection, number: int, packed: list[Figures], rows: Iterable[Iterable[object]]
) -> list[Found]:
    """Oldest first; where a row and a pack have the same time, the row counts."""
    found: dict[int, Found] = {}
    if packed:
        times = [row[0] for row in packed]
        details = await _details_between(connection, number, min(times), max(times))
        found = {row[0]: (row, details.get(row[0])) for row in packed}
    for _, *figures, detail in rows:
        row = cast("Figures", tuple(figures))
        found[row[0]] = (row, cast("bytes | None", detail))
    return [found[at_ms] for at_ms in sorted(found)]


def _own(row: Figures) -> bool:
    """Whether the monitor took the sample itself."""
    return row[_KIND] != _PASSIVE


async def _details_between(connection: AsyncConnection, number: int, from_ms: int, last_ms: int) -> dict[int, bytes]:
    rows = await connection.execute(
        select(evidence.c.at_ms, evidence.c.detail).where(
            evidence.c.model == number, evidence.c.at_ms >= from_ms, evidence.c.at_ms <= last_ms
        )
    )
    return {row.at_ms: row.detail for row in rows}
