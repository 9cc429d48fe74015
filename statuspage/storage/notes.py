"""What parts of the service remember, as documents by topic and subject."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.storage.tables import notes


async def notes_of(connection: AsyncConnection, topic: str) -> dict[str, bytes]:
    """The documents of a topic, by subject."""
    rows = await connection.execute(select(notes.c.subject, notes.c.body).where(notes.c.topic == topic))
    return {row.subject: row.body for row in rows}
