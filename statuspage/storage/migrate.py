"""Brings the schema to the head, over our own connection and in one transaction."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection

from statuspage import paths
from statuspage.storage.dialect import dialect_of
from statuspage.storage.engine import Database
from statuspage.storage.revisions import HEAD
from statuspage.storage.tables import metadata


async def migrate(url: str, migrations: Path = paths.MIGRATIONS) -> str | None:
    """Makes or upgrades the database; returns the version found, None where there was none.

    Raises `DatabaseRefusedError` for a database that is newer, foreign, broken or out of reach, which stays as it is.
    """
    dialect, address = dialect_of(url)
    found = await dialect.inspect(address)
    if found != HEAD:
        # Alembic takes a tenth of a second to import; the loop has better things to do meanwhile.
        await asyncio.to_thread(__import__, "alembic.command")
        database = Database(dialect, address)
        try:
            async with database.writing() as connection:
                await connection.run_sync(_upgrade, migrations)
        finally:
            await database.close()
    return found


def _upgrade(connection: Connection, migrations: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection, "target_metadata": metadata})
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    command.upgrade(config, "head")
