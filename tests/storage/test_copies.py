"""Backup and restore: whole copies, and nothing replaced that must not be."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from statuspage.domain.errors import DatabaseRefusedError, StorageError
from statuspage.storage.copies import backup, restore
from statuspage.storage.revisions import HEAD
from statuspage.storage.store import SqlStore
from tests.storage.test_opening import contents
from tests.storage.world import KEY, NOW_MS, check, good, watched


@pytest.fixture
async def copy(sql_store: SqlStore, url: str, tmp_path: Path) -> Path:
    """A backup of a store that is open and was just written to."""
    await sql_store.watch(watched(KEY), NOW_MS)
    await sql_store.record(check(good()))
    made = backup(url, tmp_path / "copy.db")
    assert (made.schema, made.bytes) == (HEAD, (tmp_path / "copy.db").stat().st_size)
    return made.file


def elsewhere(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    return f"sqlite+aiosqlite:///{folder / 'statuspage.db'}"


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def samples(url: str) -> int:
    store = SqlStore(url)
    await store.open()
    await store.watch(watched(KEY), NOW_MS)
    found = await store.samples(KEY, 0, NOW_MS + 1, 10)
    await store.close()
    return len(found)


async def test_a_copy_of_a_database_in_use_is_one_private_file_with_everything(copy: Path, tmp_path: Path) -> None:
    assert mode_of(copy) == 0o600
    assert {name for name in contents(tmp_path) if "copy" in name} == {"copy.db"}
    where = elsewhere(tmp_path / "new")
    made = restore(where, copy)
    assert (made.file, made.kept) == (tmp_path / "new/statuspage.db", None)
    assert await samples(where) == 1


async def test_an_older_copy_is_replaced_and_nothing_else_is(copy: Path, url: str, tmp_path: Path) -> None:
    backup(url, copy)
    other = tmp_path / "letter.txt"
    other.write_text("Dear Ada,", encoding="utf-8")
    with pytest.raises(DatabaseRefusedError, match="is not an SQLite database"):
        backup(url, other)
    with pytest.raises(StorageError, match="is the database itself"):
        backup(url, tmp_path / "statuspage.db")
    with pytest.raises(StorageError, match="does not exist; make it first"):
        backup(url, tmp_path / "nowhere/copy.db")
    assert other.read_text(encoding="utf-8") == "Dear Ada,"


async def test_there_is_nothing_to_copy_before_there_is_a_database(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is nothing to back up"):
        backup(elsewhere(tmp_path / "new"), tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


async def test_what_a_restore_replaces_is_kept(copy: Path, tmp_path: Path) -> None:
    where = elsewhere(tmp_path / "new")
    store = SqlStore(where)
    await store.open()
    await store.close()
    (tmp_path / "new/statuspage.db").chmod(0o640)
    before = (tmp_path / "new/statuspage.db").read_bytes()
    kept = restore(where, copy).kept
    assert kept is not None
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM samples").fetchone() == (0,)
    assert len(kept.read_bytes()) == len(before)
    assert mode_of(tmp_path / "new/statuspage.db") == 0o640
    assert await samples(where) == 1


async def test_a_database_in_use_is_not_replaced(copy: Path, url: str, sql_store: SqlStore) -> None:
    with pytest.raises(StorageError, match="is in use: stop statuspage first"):
        restore(url, copy)
    assert await sql_store.record(check(good(NOW_MS + 1)))


async def test_the_log_of_a_database_that_is_gone_is_not_played_into_the_new_one(copy: Path, url: str, tmp_path: Path) -> None:
    where = elsewhere(tmp_path / "new")
    shutil.copy(tmp_path / "statuspage.db-wal", tmp_path / "new/statuspage.db-wal")
    restore(where, copy)
    assert list(contents(tmp_path / "new")) == ["statuspage.db"]


@pytest.mark.parametrize("content", [b"SQLite format 3\x00" + b"\xff" * 5000, b"no database", "newer"])
async def test_a_broken_or_newer_database_is_never_replaced(copy: Path, tmp_path: Path, content: bytes | str) -> None:
    where = elsewhere(tmp_path / "new")
    database = tmp_path / "new/statuspage.db"
    make(database, copy, content)
    before = contents(tmp_path / "new")
    with pytest.raises(DatabaseRefusedError, match="left as it is"):
        restore(where, copy)
    assert contents(tmp_path / "new") == before


@pytest.mark.parametrize("content", [b"SQLite format 3\x00" + b"\xff" * 5000, b"no database", b"", None, "newer", "torn"])
async def test_a_broken_or_newer_copy_replaces_nothing(copy: Path, tmp_path: Path, content: bytes | str | None) -> None:
    where = elsewhere(tmp_path / "new")
    restore(where, copy)
    before = contents(tmp_path / "new")
    bad = tmp_path / "bad.db"
    make(bad, copy, content)
    with pytest.raises(StorageError) as caught:
        restore(where, bad)
    assert str(bad) in str(caught.value)
    assert contents(tmp_path / "new") == before


def test_a_database_that_is_no_file_has_tools_of_its_own(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://user:secret@db.example/statuspage"
    for refused in (backup, restore):
        with pytest.raises(DatabaseRefusedError, match="pg_dump") as caught:
            refused(url, tmp_path / "copy.db")
        assert "secret" not in str(caught.value)


def make(path: Path, copy: Path, content: bytes | str | None) -> None:
    if content == "torn":
        whole = copy.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif content == "newer":
        path.write_bytes(copy.read_bytes())
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
    elif isinstance(content, bytes):
        path.write_bytes(content)
