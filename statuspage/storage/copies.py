"""Backup and restore of an SQLite file, through SQLite itself, so that a copy is whole whatever happens meanwhile."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from statuspage.domain.errors import DatabaseRefusedError, StorageError
from statuspage.storage.dialect import dialect_of
from statuspage.storage.inspection import inspect_file
from statuspage.storage.sqlite import SqliteDialect

_PATIENCE_S: Final = 2.0
"""How long another process may hold the file before it counts as in use."""
KEPT: Final = ".before-restore"
"""What the file that a restore replaced is called, after its own name."""


class Copied(msgspec.Struct, frozen=True, kw_only=True):
    """What was made: `file` with so many bytes, under this version of the schema; `kept` is what it replaced."""

    file: Path
    bytes: int
    schema: str
    kept: Path | None = None


def backup(url: str, target: Path) -> Copied:
    """Copies the database, in use or not, into one file that only its owner may read; an older copy of ours is replaced.

    Raises `StorageError` where there is nothing to copy or the file cannot be written, `DatabaseRefusedError` where
    either of the two is broken, newer or another program's.
    """
    database = _file_of(url)
    name = f"The database {database}"
    schema = inspect_file(str(database), name)
    if schema is None:
        msg = f"{name} holds nothing yet: there is nothing to back up."
        raise StorageError(msg)
    if target.exists() and target.samefile(database):
        msg = f"{target} is the database itself; name another file."
        raise StorageError(msg)
    inspect_file(str(target), f"The file {target}")
    with _explained(name), _beside(target) as new:
        _copy(f"{database.resolve().as_uri()}?mode=rw", new)
        new.replace(target)
    return Copied(file=target, bytes=target.stat().st_size, schema=schema)


def restore(url: str, source: Path) -> Copied:
    """Puts a backup in the database's place and keeps what was there beside it.

    Raises `DatabaseRefusedError` when the backup or the database is broken, newer or another program's, and
    `StorageError` while a running process uses the database; nothing is changed then.
    """
    database = _file_of(url)
    name, backup_name = f"The database {database}", f"The backup {source}"
    if not source.is_file():
        msg = f"{backup_name} does not exist; name a file that `statuspage backup` wrote."
        raise StorageError(msg)
    schema = inspect_file(str(source), backup_name)
    if schema is None:
        msg = f"{backup_name} is empty; name another one."
        raise StorageError(msg)
    if database.exists() and source.samefile(database):
        msg = f"{source} is the database itself; name a backup."
        raise StorageError(msg)
    replaced = inspect_file(str(database), name) is not None
    with _explained(backup_name), _beside(database) as new:
        _copy(f"{source.resolve().as_uri()}?mode=ro", new)
        kept = _put_aside(database, name, new) if replaced else None
        for left in ("-wal", "-shm", "-journal"):  # of a database that is gone: SQLite would play it into the new one
            database.with_name(database.name + left).unlink(missing_ok=True)
        new.replace(database)
    return Copied(file=database, bytes=database.stat().st_size, schema=schema, kept=kept)


def _file_of(url: str) -> Path:
    dialect, address = dialect_of(url)
    if not isinstance(dialect, SqliteDialect):
        msg = f"{dialect.name_of(address)} is no file: use the database's own tools (pg_dump), or `statuspage export`."
        raise DatabaseRefusedError(msg)
    return Path(address.database or "")


def _copy(source: str, target: Path) -> None:
    """Copies page by page within one transaction of the source, and looks whether the copy is sound."""
    with closing(sqlite3.connect(source, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        found = [row[0] for row in new.execute("PRAGMA integrity_check(1)")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError(found[0])
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _put_aside(database: Path, name: str, new: Path) -> Path:
    """Keeps a copy of what is replaced, once it is certain that nobody uses it; the new file gets its rights."""
    with closing(sqlite3.connect(database, timeout=_PATIENCE_S)) as connection:
        try:
            # Only a connection that is alone may leave the log, which is then folded into the file.
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            msg = f"{name} is in use: stop statuspage first. Nothing was changed."
            raise StorageError(msg) from None
    kept = database.with_name(f"{database.name}{KEPT}")
    shutil.copy2(database, kept)
    shutil.copymode(database, new)
    with suppress(PermissionError):
        shutil.chown(new, database.stat().st_uid, database.stat().st_gid)
    return kept


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new, empty file in the target's directory, readable by its owner alone, gone when the block ends."""
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        msg = f"{name} cannot be copied ({error}); nothing was changed."
        raise StorageError(msg) from error
    except OSError as error:
        msg = f"{error.filename or name} cannot be written: {os.strerror(error.errno or 0)}. Nothing was changed."
        raise StorageError(msg) from error
