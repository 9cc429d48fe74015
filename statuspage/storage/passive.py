"""What programs told of their calls: samples beside those of the monitor, lines of the ledger, and receipts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.classes import BY_CODE
from statuspage.domain.ledger import added
from statuspage.domain.passive import Hours, Received
from statuspage.domain.sample import Sample
from statuspage.domain.words import Kind
from statuspage.storage.codes import KINDS
from statuspage.storage.engine import Database, execute
from statuspage.storage.evidence import evidence_row
from statuspage.storage.ledger import ledger_writes
from statuspage.storage.samples import sample_row
from statuspage.storage.statement import chunks
from statuspage.storage.tables import evidence, receipts, samples

HOUR_MS: Final = 3_600_000


async def receive(
    database: Database,
    connection: AsyncConnection,
    calls: Sequence[Received],
    numbers: Mapping[str, int],
    vantage: int,
    forget_before_ms: int,
) -> tuple[Received, ...]:
    """Writes those calls that are not known yet, within a transaction, and answers which those were."""
    await connection.execute(delete(receipts).where(receipts.c.at_ms < forget_before_ms))
    known = await _receipts(connection, [call.id for call in calls])
    fresh = {call.id: call for call in calls if call.id not in known}
    placed = await _placed(connection, [call.sample for call in fresh.values()], numbers)
    writes = [
        database.upsert(samples, [sample_row(numbers[sample.model], sample, vantage) for sample in placed]),
        database.upsert(evidence, [evidence_row(numbers[sample.model], sample) for sample in placed]),
        *ledger_writes(database, added(call.line for call in fresh.values())),
        database.upsert(receipts, [(call.id, call.sample.at_ms) for call in fresh.values()]),
    ]
    await execute(connection, writes)
    return tuple(fresh.values())


async def hours_of(connection: AsyncConnection, models: Iterable[int], from_ms: int) -> dict[int, Hours]:
    """How many calls began at or after a time, by model, hour and class; those that were packed are left out."""
    hour_ms = samples.c.at_ms - samples.c.at_ms % HOUR_MS
    found: dict[int, Hours] = {}
    for some in chunks(models):
        rows = await connection.execute(
            select(samples.c.model, hour_ms, samples.c.class_code, func.count())
            .where(samples.c.model.in_(some), samples.c.at_ms >= from_ms, samples.c.kind_code == KINDS[Kind.PASSIVE])
            .group_by(samples.c.model, hour_ms, samples.c.class_code)
        )
        for number, start_ms, class_code, count in rows:
            found.setdefault(number, {}).setdefault(start_ms, {})[BY_CODE[class_code].name] = count
    return found


async def _receipts(connection: AsyncConnection, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(ids):
        found.update((await connection.execute(select(receipts.c.id).where(receipts.c.id.in_(some)))).scalars())
    return found


async def _placed(connection: AsyncConnection, told: Sequence[Sample], numbers: Mapping[str, int]) -> list[Sample]:
    """Each sample at the first free moment from its own on: what is stored is never replaced."""
    if not told:
        return []
    models = {numbers[sample.model] for sample in told}
    from_ms, to_ms = min(sample.at_ms for sample in told), max(sample.at_ms for sample in told)
    room_ms = len(told)
    while True:
        room_ms *= 2
        taken = await _moments(connection, models, from_ms, to_ms + room_ms)
        placed = [_at_free_moment(sample, numbers[sample.model], taken) for sample in told]
        if max(sample.at_ms for sample in placed) <= to_ms + room_ms:
            return placed


async def _moments(connection: AsyncConnection, models: Iterable[int], from_ms: int, to_ms: int) -> set[tuple[int, int]]:
    """Which moments these models have samples of, both ends among them."""
    rows = await connection.execute(
        select(samples.c.model, samples.c.at_ms).where(
            samples.c.model.in_(models), samples.c.at_ms >= from_ms, samples.c.at_ms <= to_ms
        )
    )
    return {(number, at_ms) for number, at_ms in rows}


def _at_free_moment(sample: Sample, number: int, taken: set[tuple[int, int]]) -> Sample:
    """The sample at a moment that is not taken, and is from then on."""
    at_ms = sample.at_ms
    while (number, at_ms) in taken:
        at_ms += 1
    taken.add((number, at_ms))
    return msgspec.structs.replace(sample, at_ms=at_ms)
