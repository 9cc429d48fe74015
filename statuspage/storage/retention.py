"""What leaves the rows: old ones are packed, older ones deleted, a slice in a transaction."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final, cast

from sqlalchemy import Table, and_, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.storage.engine import Database, execute
from statuspage.storage.packs import HOUR_PACK_MS, SAMPLE_PACK_MS, Figures, merged, pack, unpack
from statuspage.storage.tables import days, evidence, hour_packs, hours, models, sample_packs, samples

SLICE: Final = 1000
"""Rows of one transaction: it is over in some 20 ms, so that no check waits long for its turn to be written."""

ROWS_MS: Final = 26 * 3_600_000
"""How much older than its model's newest a row is before it is packed: a reader of the last 24 hours finds every detail."""


async def prune_slice(
    database: Database, samples_before_ms: int | None, hours_before_ms: int | None, days_before_ms: int | None
) -> int:
    """Packs or deletes one slice; returns how many rows went, 0 when nothing is left to do. None keeps for ever."""
    # A pack goes when all of it is too old, and with it the evidence of its samples.
    samples_gone_ms = 0 if samples_before_ms is None else samples_before_ms // SAMPLE_PACK_MS * SAMPLE_PACK_MS
    hours_gone_ms = 0 if hours_before_ms is None else hours_before_ms // HOUR_PACK_MS * HOUR_PACK_MS
    async with database.writing() as connection:
        for table, before_ms in (
            (samples, samples_gone_ms),
            (evidence, samples_gone_ms),
            (sample_packs, samples_gone_ms),
            (hours, hours_gone_ms),
            (hour_packs, hours_gone_ms),
            (days, days_before_ms or 0),
        ):
            if before_ms and (gone := await _delete_older(connection, table, before_ms)):
                return gone
        return await _pack_older(database, connection, samples, sample_packs, SAMPLE_PACK_MS) or await _pack_older(
            database, connection, hours, hour_packs, HOUR_PACK_MS
        )


async def _delete_older(connection: AsyncConnection, table: Table, before_ms: int) -> int:
    time = table.columns[1]
    # The models lead, so that a seek for each finds its oldest rows; a condition on time alone would read the whole table.
    older = (
        select(table.c.model, time)
        .select_from(models)
        .join(table, and_(table.c.model == models.c.number, time < before_ms))
        .limit(SLICE)
    )
    result = await connection.execute(delete(table).where(tuple_(table.c.model, time).in_(older)))
    return result.rowcount


async def _pack_older(database: Database, connection: AsyncConnection, table: Table, packs: Table, span_ms: int) -> int:
    """Moves rows of full spans into packs. A model's newest row stays: a start looks for it among the rows."""
    time = table.columns[1]
    inner = table.alias()
    newest = select(func.max(inner.columns[1])).where(inner.c.model == models.c.number).correlate(models).scalar_subquery()
    edge_ms = (newest - ROWS_MS) // span_ms * span_ms
    due = await connection.execute(
        select(table)
        .select_from(models)
        .join(table, and_(table.c.model == models.c.number, time < edge_ms))
        .order_by(models.c.number, time)
        .limit(SLICE)
    )
    rows = [cast("tuple[int, *Figures]", tuple(row)) for row in due]
    groups = {
        place: [row[1:] for row in group] for place, group in groupby(rows, key=lambda row: (row[0], row[1] // span_ms * span_ms))
    }
    known = await _known_packs(connection, packs, groups)
    full = [
        (number, start_ms, pack(start_ms, merged(known.get((number, start_ms), []), group)))
        for (number, start_ms), group in groups.items()
    ]
    await execute(connection, [database.upsert(packs, full)])
    for (number, _), group in groups.items():
        first_ms, last_ms = group[0][0], group[-1][0]
        await connection.execute(delete(table).where(table.c.model == number, time >= first_ms, time <= last_ms))
        if table is samples:
            await connection.execute(
                delete(evidence).where(
                    evidence.c.model == number,
                    evidence.c.at_ms >= first_ms,
                    evidence.c.at_ms <= last_ms,
                    evidence.c.kept == 0,
                )
            )
    return len(rows)


async def _known_packs(
    connection: AsyncConnection, packs: Table, places: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], list[Figures]]:
    """What already lies in these packs: a clock that jumped back may bring rows to a time that was packed."""
    asked = list(places)
    if not asked:
        return {}
    found = await connection.execute(select(packs).where(tuple_(packs.c.model, packs.c.start_ms).in_(asked)))
    return {(number, start_ms): unpack(start_ms, data) for number, start_ms, data in found}
