"""What leaves the rows: old ones are packed, older ones deleted, a slice in a transaction."""

from collections.abc import Collection
from itertools import groupby
from typing import Final, cast

from sqlalchemy import Table, and_, bindparam, delete, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Delete

from statuspage.storage.engine import Database, execute
from statuspage.storage.packs import HOUR_PACK_MS, SAMPLE_PACK_MS, Figures, merged, pack, unpack
from statuspage.storage.statement import Row, Write
from statuspage.storage.tables import days, evidence, hour_packs, hours, models, sample_packs, samples

SLICE: Final = 1000
"""Rows of one transaction: it is over in some 20 ms, so that no check waits long for its turn to be written."""

_RANGE: Final = ("of_model", "first_ms", "last_ms")

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
    # In this order the models lead, and a seek for each finds its oldest rows; else the whole table would be read.
    older = (
        select(table.c.model, time)
        .select_from(models)
        .join(table, and_(table.c.model == models.c.number, time < before_ms))
        .order_by(models.c.number, time)
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
    ranges: list[Row] = [(number, group[0][0], group[-1][0]) for (number, _), group in groups.items()]
    gone = [Write(_between(table), _RANGE, ranges)]
    if table is samples:
        gone.append(Write(_between(evidence).where(evidence.c.kept == 0), _RANGE, ranges))
    await execute(connection, [database.upsert(packs, full), *gone])
    return len(rows)


def _between(table: Table) -> Delete:
    time = table.columns[1]
    return delete(table).where(
        table.c.model == bindparam("of_model"), time >= bindparam("first_ms"), time <= bindparam("last_ms")
    )


async def _known_packs(
    connection: AsyncConnection, packs: Table, places: Collection[tuple[int, int]]
) -> dict[tuple[int, int], list[Figures]]:
    """What already lies in these packs: a clock that jumped back may bring rows to a time that was packed."""
    if not places:
        return {}
    # Two lists are looked up in the index, where a list of pairs would read the whole table.
    found = await connection.execute(
        select(packs).where(
            packs.c.model.in_({number for number, _ in places}), packs.c.start_ms.in_({start_ms for _, start_ms in places})
        )
    )
    return {(number, start_ms): unpack(start_ms, data) for number, start_ms, data in found if (number, start_ms) in places}
