"""At which interval each model was probed since when: what coverage is counted against."""

from collections.abc import Iterable, Mapping

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.storage.statement import chunks
from statuspage.storage.tables import cadences

Cadence = tuple[int, float]
"""`(since_ms, interval_s)`."""


async def cadences_of(connection: AsyncConnection, numbers: Iterable[int]) -> dict[int, tuple[Cadence, ...]]:
    """Oldest first, by model number."""
    found: dict[int, list[Cadence]] = {}
    for some in chunks(numbers):
        rows = await connection.execute(
            select(cadences).where(cadences.c.model.in_(some)).order_by(cadences.c.model, cadences.c.since_ms)
        )
        for model, since_ms, interval_ms in rows:
            found.setdefault(model, []).append((since_ms, interval_ms / 1000))
    return {number: tuple(every) for number, every in found.items()}


async def note_cadences(connection: AsyncConnection, intervals_s: Mapping[int, float], since_ms: Mapping[int, int]) -> None:
    """Begins an era for every model whose interval differs from its last one."""
    known = await cadences_of(connection, intervals_s)
    begun = [
        {"model": number, "since_ms": since_ms[number], "interval_ms": round(interval_s * 1000)}
        for number, interval_s in intervals_s.items()
        if number not in known or round(known[number][-1][1] * 1000) != round(interval_s * 1000)
    ]
    if begun:
        await connection.execute(insert(cadences), begun)
