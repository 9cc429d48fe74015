"""Request parameters that models reject."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.storage.tables import learnt, models


async def learnt_of(connection: AsyncConnection) -> dict[str, frozenset[str]]:
    """Rejected parameters, by key; models that reject none are left out."""
    found: dict[str, set[str]] = {}
    for key, parameter in await connection.execute(select(models.c.key, learnt.c.parameter).join_from(learnt, models)):
        found.setdefault(key, set()).add(parameter)
    return {key: frozenset(parameters) for key, parameters in found.items()}
