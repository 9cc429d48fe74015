"""One database with its two engines: a writer and readers."""

import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import msgspec
from sqlalchemy import Select, Table
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert

from statuspage.domain.errors import StorageError
from statuspage.storage.dialect import Dialect
from statuspage.storage.statement import Row, Write, columns


class Database:
    """Connections are made when first needed; every failure leaves as a `StorageError`."""

    def __init__(self, dialect: Dialect, url: URL) -> None:
        self.name = dialect.name_of(url)
        self._dialect = dialect
        self._writer = dialect.writer(url)
        self._reader = dialect.reader(url)
        self._additions: dict[Table, Insert] = {}
        self._upserts: dict[tuple[Table, str | None], Insert] = {}

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one moment of the database and cannot write."""
        with self._explaining():
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """The one writing connection, in a transaction that commits when the block ends well."""
        with self._explaining():
            async with self._writer.begin() as connection:
                yield connection

    async def transact(self, writes: Sequence[Write], ask: Select[int]) -> int:
        """Executes everything in one transaction and answers the question asked at its end."""
        with self._explaining():
            return await self._dialect.transact(self._writer, writes, ask)

    def upsert(self, table: Table, rows: Sequence[Row]) -> Write:
        """Whole rows, in the order of the table's columns; a row with the same primary key is replaced."""
        return self._upsert(table, None, rows)

    def upsert_newer(self, table: Table, version: str, rows: Sequence[Row]) -> Write:
        """The same, but a stored row whose `version` is not older is left as it is."""
        return self._upsert(table, version, rows)

    def add(self, table: Table, rows: Sequence[Row]) -> Write:
        """Rows of sums, in the order of the table's columns; figures are added to a row with the same primary key."""
        statement = self._additions.get(table)
        if statement is None:
            statement = self._additions[table] = self._dialect.adding(table)
        return Write(statement, columns(table), rows)

    def _upsert(self, table: Table, newer: str | None, rows: Sequence[Row]) -> Write:
        statement = self._upserts.get((table, newer))
        if statement is None:
            statement = self._upserts[table, newer] = self._dialect.upsert(table, newer)
        return Write(statement, columns(table), rows)

    async def close(self) -> None:
        """Closes every connection; the writer last, so that the log is folded into the file."""
        await self._reader.dispose()
        await self._writer.dispose()

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except (zlib.error, msgspec.MsgspecError) as error:
            msg = f"{self.name} holds a row that cannot be read ({error}); restore a backup."
            raise StorageError(msg) from error
        except self._dialect.driver_errors as error:
            raise self._dialect.explain(error, self.name) from error


async def execute(connection: AsyncConnection, writes: Sequence[Write]) -> None:
    """Executes writes inside a transaction that somebody else commits."""
    for statement, names, rows in writes:
        if rows:
            await connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
