"""The migrations make exactly the tables that the queries name, and the program knows their versions by heart."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from statuspage import paths
from statuspage.storage.dialect import dialect_of
from statuspage.storage.engine import Database
from statuspage.storage.inspection import APPLICATION_ID
from statuspage.storage.migrate import migrate
from statuspage.storage.revisions import HEAD, REVISIONS
from statuspage.storage.sqlite import SqliteDialect
from statuspage.storage.tables import metadata


def test_it_knows_every_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS
    assert scripts.get_current_head() == HEAD


async def test_it_makes_the_tables_that_the_code_names(url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    await migrate(url)
    database = Database(*dialect_of(url))
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_it_lays_out_the_tables_as_the_code_says(url: str, tmp_path: Path) -> None:
    """Autogenerate does not see WITHOUT ROWID and AUTOINCREMENT: the clauses are compared one by one."""
    await migrate(url)
    made = Database(*dialect_of(url))
    declared = SqliteDialect().writer(dialect_of(f"sqlite+aiosqlite:///{tmp_path / 'declared.db'}")[1])
    async with declared.begin() as connection:
        await connection.run_sync(metadata.create_all)
        wanted = dict([tuple(row) for row in await connection.execute(_LAYOUT)])
    async with made.reading() as connection:
        found = dict([tuple(row) for row in await connection.execute(_LAYOUT)])
        assert (await connection.execute(text("PRAGMA application_id"))).scalar() == APPLICATION_ID
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar() == "wal"
    await made.close()
    await declared.dispose()
    assert {name: found[name] for name in wanted} == wanted


_LAYOUT = text(
    "SELECT name, upper(sql) LIKE '%WITHOUT ROWID%' || upper(sql) LIKE '%AUTOINCREMENT%' FROM sqlite_schema WHERE type = 'table'"
)
