"""The migrations make exactly the tables that the queries name, and the program knows their versions by heart."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from statuspage import paths
from statuspage.domain.words import Kind
from statuspage.storage.dialect import dialect_of
from statuspage.storage.engine import Database
from statuspage.storage.inspection import APPLICATION_ID
from statuspage.storage.migrate import migrate
from statuspage.storage.revisions import HEAD, REVISIONS
from statuspage.storage.sqlite import SqliteDialect
from statuspage.storage.store import SqlStore
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


async def test_it_keeps_the_timelines_of_a_database_before_people_wrote_in_them(url: str, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(paths.MIGRATIONS, before)
    for later in (before / "versions").glob("*.py"):
        if later.name > "0005":
            later.unlink()
    await migrate(url, before)
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as connection, connection:
        connection.execute("INSERT INTO incidents VALUES ('i1', 'Kimi K3', 'resolved', 'major', 1, 2, 9, 1)")
        rows = [("i1", 0, "i1-2", "resolved", "It works.", 9, None), ("i1", 1, "i1-1", "investigating", "It began.", 9, "ops")]
        connection.executemany("INSERT INTO incident_updates VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    await migrate(url)
    store = SqlStore(url)
    await store.open()
    kept = await store.incident("i1")
    await store.close()
    assert kept is not None
    assert (kept.version, kept.cause, kept.affected) == (0, None, ())
    assert [(update.id, update.author) for update in kept.updates] == [("i1-2", None), ("i1-1", "ops")]


async def test_it_keeps_the_ledger_of_a_database_before_programs_told_of_calls(url: str, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(paths.MIGRATIONS, before)
    for later in (before / "versions").glob("*.py"):
        if later.name > "0009":
            later.unlink()
    await migrate(url, before)
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as connection, connection:
        connection.execute("INSERT INTO ledger VALUES (86400000, 'moonshot/kimi-k3', 0, 1, 5, 2, 10, 20, 300, 40)")
    store = SqlStore(url)
    await store.open()
    (line,) = await store.spendings(0, 2 * 86_400_000)
    await store.close()
    assert (line.subject, line.kind, line.who, line.probes, line.unpriced) == ("moonshot/kimi-k3", Kind.CONFIRM, "", 5, 2)
    assert (line.input_tokens, line.output_tokens, line.cost_nano_usd, line.assumed_nano_usd) == (10, 20, 300, 40)


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
