"""Where samples were taken from: names with numbers."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.storage.tables import vantages


async def vantages_of(connection: AsyncConnection) -> dict[int, str]:
    """Every vantage's name, by number."""
    return {row.number: row.name for row in await connection.execute(select(vantages))}


async def vantage_number(connection: AsyncConnection, name: str) -> int:
    """The number of a vantage, which is added when unknown; the first is 0, which SQLite stores in no byte."""
    known = await vantages_of(connection)
    for number, other in known.items():
        if other == name:
            return number
    await connection.execute(insert(vantages).values(number=len(known), name=name))
    return len(known)
