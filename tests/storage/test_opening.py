"""A database that is not ours, newer, broken or out of reach is refused in one sentence and left byte for byte as it was."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from statuspage.domain.errors import DatabaseRefusedError, DatabaseUnavailableError, StorageError
from statuspage.storage.migrate import migrate
from statuspage.storage.revisions import HEAD, judge_version
from statuspage.storage.store import SqlStore
from tests.storage.world import KEY, NOW_MS, check, good, watched


def contents(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


async def refused(url: str, folder: Path) -> str:
    before = contents(folder)
    with pytest.raises(DatabaseRefusedError) as caught:
        await SqlStore(url).open()
    assert contents(folder) == before
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


async def made(url: str) -> None:
    store = SqlStore(url)
    await store.open()
    await store.watch(watched(KEY), NOW_MS)
    await store.record(check(good()))
    await store.close()


async def test_it_makes_a_database_and_finds_it_again(url: str, tmp_path: Path) -> None:
    assert await migrate(url) is None
    await made(url)
    assert await migrate(url) == HEAD
    assert list(contents(tmp_path)) == ["statuspage.db"]


async def test_it_refuses_a_newer_database(url: str, tmp_path: Path) -> None:
    await made(url)
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    sentence = await refused(url, tmp_path)
    assert "newer statuspage" in sentence
    assert "9999" in sentence


async def test_it_refuses_a_newer_database_whose_log_was_not_folded_in(url: str, tmp_path: Path) -> None:
    await made(url)
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as writer:
        writer.execute("UPDATE alembic_version SET version_num = '9999'")
        writer.commit()
        main = (tmp_path / "statuspage.db").read_bytes()
        with pytest.raises(DatabaseRefusedError, match="newer statuspage"):
            await SqlStore(url).open()
        assert (tmp_path / "statuspage.db").read_bytes() == main


async def test_it_refuses_another_programs_database(url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute(f"INSERT INTO alembic_version VALUES ('{HEAD}')")
    assert "another program's data" in await refused(url, tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"hello, I am a text file\n", b"SQLite format 3\x00" + b"\xff" * 4096, b"SQLite format 3\x00"],
    ids=["text", "garbage", "cut"],
)
async def test_it_refuses_what_is_no_database(url: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "statuspage.db").write_bytes(content)
    await refused(url, tmp_path)


async def test_it_refuses_a_database_that_was_damaged(url: str, tmp_path: Path) -> None:
    await made(url)
    path = tmp_path / "statuspage.db"
    path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000)
    assert "restore a backup" in await refused(url, tmp_path)


async def test_it_refuses_a_missing_directory(tmp_path: Path) -> None:
    sentence = await refused(f"sqlite+aiosqlite:///{tmp_path}/not/here/statuspage.db", tmp_path)
    assert "the directory" in sentence
    assert "does not exist" in sentence
    assert not (tmp_path / "not").exists()


async def test_it_refuses_a_directory_in_the_place_of_the_file(tmp_path: Path) -> None:
    assert "is not a file" in await refused(f"sqlite+aiosqlite:///{tmp_path}", tmp_path)


@pytest.mark.parametrize("url", ["sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "sqlite+aiosqlite:///file:x?uri=true"])
async def test_it_refuses_a_database_that_is_no_file(url: str, tmp_path: Path) -> None:
    assert "must be a file" in await refused(url, tmp_path)


@pytest.mark.parametrize("url", ["statuspage.db", "mysql://scott:tiger@host/db", "sqlite:///x.db", ""])
async def test_it_refuses_an_address_it_does_not_know_without_repeating_secrets(url: str, tmp_path: Path) -> None:
    sentence = await refused(url, tmp_path)
    assert "sqlite+aiosqlite://" in sentence
    assert "tiger" not in sentence


async def test_it_takes_an_empty_file_for_a_database_yet_to_be_made(url: str, tmp_path: Path) -> None:
    (tmp_path / "statuspage.db").touch()
    await made(url)


async def test_it_leaves_nothing_half_made_when_a_migration_fails(url: str, tmp_path: Path) -> None:
    migrations = tmp_path / "migrations"
    (migrations / "versions").mkdir(parents=True)
    (migrations / "env.py").write_text((Path("migrations") / "env.py").read_text())
    (migrations / "versions" / "0001_first.py").write_text(
        "from alembic import op\nrevision = '0001'\ndown_revision = None\n"
        "def upgrade():\n    op.execute('CREATE TABLE half (a)')\n    op.execute('CREATE nonsense')\n"
    )
    with pytest.raises(StorageError):
        await migrate(url, migrations)
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == []
    await made(url)


async def test_it_says_that_another_process_holds_the_lock(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await made(url)
    monkeypatch.setattr("statuspage.storage.sqlite._WRITER_PRAGMAS", ("busy_timeout=1", "journal_mode=WAL"))
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseUnavailableError, match="locked by another process"):
            await SqlStore(url).open()


async def test_it_is_of_no_use_before_it_is_opened_and_after_it_is_closed(url: str) -> None:
    store = SqlStore(url)
    with pytest.raises(StorageError, match="not open"):
        await store.ping()
    await store.open()
    await store.close()
    await store.close()
    with pytest.raises(StorageError, match="not open"):
        await store.ping()


def test_it_names_the_version_it_would_need() -> None:
    with pytest.raises(DatabaseRefusedError, match=f"schema 9999, this program knows {HEAD}"):
        judge_version("The database x", "9999", empty=False)
    assert judge_version("The database x", None, empty=True) is None
