"""Models and their numbers: registered once, renamed by aliases, never renumbered."""

import logging
from collections.abc import Iterable, Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.ports import WatchedModel
from statuspage.storage.statement import chunks
from statuspage.storage.tables import ledger, models

log = logging.getLogger(__name__)


async def numbers_of(connection: AsyncConnection, keys: Iterable[str]) -> dict[str, int]:
    """The numbers of those keys that are known."""
    found: dict[str, int] = {}
    for some in chunks(keys):
        rows = await connection.execute(select(models.c.key, models.c.number).where(models.c.key.in_(some)))
        found.update((row.key, row.number) for row in rows)
    return found


async def first_seen_of(connection: AsyncConnection, numbers: Iterable[int]) -> dict[int, int]:
    """When each model was registered, in UTC milliseconds, by number."""
    found: dict[int, int] = {}
    for some in chunks(numbers):
        rows = await connection.execute(select(models.c.number, models.c.first_seen_ms).where(models.c.number.in_(some)))
        found.update((row.number, row.first_seen_ms) for row in rows)
    return found


async def register(connection: AsyncConnection, first_seen_ms: dict[str, int]) -> dict[str, int]:
    """Gives a number to every key that has none; answers the numbers of all, in the order asked."""
    numbers = await numbers_of(connection, first_seen_ms)
    added = [{"key": key, "first_seen_ms": at_ms} for key, at_ms in first_seen_ms.items() if key not in numbers]
    if added:
        await connection.execute(insert(models), added)
        numbers |= await numbers_of(connection, [str(row["key"]) for row in added])
    return {key: numbers[key] for key in first_seen_ms}


async def take_over(connection: AsyncConnection, watched: Sequence[WatchedModel]) -> None:
    """Renames the model of an alias to the key that has no history of its own; what cannot be joined stays and is logged."""
    keys = {model.key for model in watched}
    numbers = await numbers_of(connection, keys | {alias for model in watched for alias in model.aliases})
    for model in watched:
        for alias in model.aliases:
            if alias not in numbers or alias == model.key:
                continue
            if model.key in numbers or alias in keys:
                log.warning("%s keeps its own history: that of its alias %s stays apart", model.key, alias)
                continue
            await connection.execute(update(models).where(models.c.number == numbers[alias]).values(key=model.key))
            await connection.execute(update(ledger).where(ledger.c.subject == alias).values(subject=model.key))
            numbers[model.key] = numbers.pop(alias)
