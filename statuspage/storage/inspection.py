"""What an SQLite file is, before anything opens it for writing: nothing here changes a byte."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Final

from statuspage.domain.errors import DatabaseRefusedError
from statuspage.storage.revisions import judge_version

APPLICATION_ID: Final = 0x53745067
"""`StPg`, in the file's header (SQLite file format §1.2.12): this file is a statuspage's."""

_MAGIC: Final = b"SQLite format 3\x00"


def inspect_file(database: str | None, name: str) -> str | None:
    """The schema's version, None for a file that is absent or empty; refuses everything that is not ours."""
    if not database or ":memory:" in database or database.startswith("file:"):
        msg = "The database must be a file: write sqlite+aiosqlite:///path/to/statuspage.db."
        raise DatabaseRefusedError(msg)
    path = Path(database)
    if not path.parent.is_dir():
        msg = f"{name} cannot be made: the directory {path.parent} does not exist; make it first."
        raise DatabaseRefusedError(msg)
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        msg = f"{name} is not a file; name a file."
        raise DatabaseRefusedError(msg)
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except FileNotFoundError:
        if os.access(path.parent, os.W_OK):
            return None
        msg = f"{name} cannot be made: the directory {path.parent} may not be written by this user."
        raise DatabaseRefusedError(msg) from None
    except OSError as error:
        msg = f"{name} cannot be read: {os.strerror(error.errno or 0)}."
        raise DatabaseRefusedError(msg) from error
    if not magic:
        return None
    if magic != _MAGIC:
        msg = f"{name} is not an SQLite database and was left as it is; name another file."
        raise DatabaseRefusedError(msg)
    return _look(path, name)


def _look(path: Path, name: str) -> str | None:
    # `immutable` keeps SQLite from making -wal and -shm files beside a database that is not ours to touch.
    # Where a log with changes exists, it must be read to see the newest schema.
    log = path.with_name(f"{path.name}-wal")
    immutable = "" if log.exists() and log.stat().st_size else "&immutable=1"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{immutable}", uri=True)) as connection:
            tables = {table for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            version = None
            if ours and "alembic_version" in tables:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                version = None if row is None else str(row[0])
    except sqlite3.Error as error:
        msg = f"{name} cannot be read and was left as it is ({error}); restore a backup or name another file."
        raise DatabaseRefusedError(msg) from error
    return judge_version(name, version, empty=not tables)
