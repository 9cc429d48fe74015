"""SQLite: WAL, one writer that locks at BEGIN, readers that cannot write."""

import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, Protocol

from sqlalchemy import Connection, Select, Table, event
from sqlalchemy.dialects import sqlite as flavour
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.dml import Insert

from statuspage.domain.errors import DatabaseUnavailableError, StorageError
from statuspage.storage.inspection import inspect_file
from statuspage.storage.statement import Write, adding, replacing

READERS: Final = 4
BUSY_TIMEOUT_MS: Final = 5000
"""How long a writer waits for another process to let go."""

_PRAGMAS: Final = (f"busy_timeout={BUSY_TIMEOUT_MS}", "synchronous=NORMAL", "foreign_keys=ON")
_WRITER_PRAGMAS: Final = (*_PRAGMAS, "journal_mode=WAL")
_READER_PRAGMAS: Final = (*_PRAGMAS, "query_only=ON", "cache_size=-512")

_SENTENCES: Final = {
    sqlite3.SQLITE_BUSY: "is locked by another process; stop it or try again",
    sqlite3.SQLITE_LOCKED: "is locked by another process; stop it or try again",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; make room",
    sqlite3.SQLITE_READONLY: "cannot be written: it is read-only; give this user the right to write it and its directory",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its directory exists and may be written",
    sqlite3.SQLITE_PERM: "cannot be opened: access is denied",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore a backup",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database; name another file",
}


class _Driver(Protocol):
    """What is used of `aiosqlite.Connection`: a thread that owns a connection and runs functions in turn."""

    _conn: sqlite3.Connection

    async def _execute(
        self,
        fn: Callable[[sqlite3.Connection, Sequence[Write], str], int],
        connection: sqlite3.Connection,
        writes: Sequence[Write],
        ask: str,
    ) -> int: ...


class SqliteDialect:
    """A file on a local disk."""

    # The last two: an integer beyond 64 bits, and text that is not Unicode.
    driver_errors: tuple[type[Exception], ...] = (SQLAlchemyError, OSError, sqlite3.Error, OverflowError, UnicodeError)

    def name_of(self, url: URL) -> str:
        return f"The database {url.database}"

    async def inspect(self, url: URL) -> str | None:
        return inspect_file(url.database, self.name_of(url))

    def writer(self, url: URL) -> AsyncEngine:
        # Every transaction ends explicitly, so a returned connection needs no further rollback.
        engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=60, pool_reset_on_return=None)
        return _set_up(engine, _WRITER_PRAGMAS, "BEGIN IMMEDIATE")

    def reader(self, url: URL) -> AsyncEngine:
        engine = create_async_engine(url, pool_size=READERS, max_overflow=0, pool_timeout=30)
        return _set_up(engine, _READER_PRAGMAS, "BEGIN")

    def upsert(self, table: Table, newer: str | None = None) -> Insert:
        return replacing(insert(table), table, newer)

    def adding(self, table: Table) -> Insert:
        return adding(insert(table), table)

    async def transact(self, writer: AsyncEngine, writes: Sequence[Write], ask: Select[int]) -> int:
        # The whole transaction runs in one visit to the driver's thread: a visit costs more than a statement,
        # and a check is some seven statements (docs/decisions/0003-sample-layout.md has the figures).
        async with writer.connect() as connection:
            driver: _Driver = (await connection.get_raw_connection()).driver_connection  # type: ignore[assignment]
            return await driver._execute(_transaction, driver._conn, writes, _sql(ask))

    def explain(self, error: Exception, name: str) -> StorageError:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        code = getattr(cause, "sqlite_errorcode", None)
        sentence = _SENTENCES.get(code & 0xFF) if isinstance(code, int) else None
        if sentence is not None:
            return DatabaseUnavailableError(f"{name} {sentence}.")
        if isinstance(cause, sqlite3.OperationalError):
            return DatabaseUnavailableError(f"{name} cannot answer: {cause}.")
        return StorageError(f"{name} refused the data: {type(cause).__name__}.")


def _set_up(engine: AsyncEngine, pragmas: Sequence[str], begin: str) -> AsyncEngine:
    @event.listens_for(engine.sync_engine, "connect")
    def _(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself: BEGIN is ours
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _transaction(connection: sqlite3.Connection, writes: Sequence[Write], ask: str) -> int:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement, names, rows in writes:
            connection.executemany(_sql(statement, names), rows)
        answer: int = connection.execute(ask).fetchone()[0]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends the transaction by itself
            connection.execute("ROLLBACK")
        raise
    return answer


@lru_cache(maxsize=256)
def _sql(statement: ClauseElement, names: tuple[str, ...] = ()) -> str:
    """The statement as text; its question marks stand for these parameters, in this order."""
    compiled = statement.compile(dialect=flavour.dialect())
    if tuple(getattr(compiled, "positiontup", None) or ()) != names:
        msg = f"The rows of a write are not in the order of its statement: {compiled}"
        raise ValueError(msg)
    return str(compiled)
