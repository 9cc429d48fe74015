"""The whole history, carried into another database of this kind or another."""

import os
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Table, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.errors import StorageError
from statuspage.storage.dialect import dialect_of
from statuspage.storage.engine import Database
from statuspage.storage.exported import AT_ONCE, FORMAT, End, Head, Start, is_ours, line_of, named, read
from statuspage.storage.migrate import migrate
from statuspage.storage.revisions import HEAD
from statuspage.storage.tables import metadata, revision, steering, vantages

_BEGUN: Final = (revision, steering, vantages)
"""Tables that have a row before anything happened."""


async def export(url: str, target: Path) -> dict[str, int]:
    """Writes every row, as of one moment, into a file that only its owner may read; rows by table.

    Raises `StorageError` for a database that is absent or of another version, and for a file that cannot be written
    or is not an earlier export.
    """
    dialect, address = dialect_of(url)
    found = await dialect.inspect(address)
    if found != HEAD:
        remedy = "holds nothing yet" if found is None else "is of an older version: run `statuspage migrate` first"
        msg = f"{dialect.name_of(address)} {remedy}."
        raise StorageError(msg)
    if not is_ours(target):
        msg = f"{target} exists and is no export; name another file."
        raise StorageError(msg)
    database = Database(dialect, address)
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    rows: dict[str, int] = {}
    try:
        with named(target), os.fdopen(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(line_of(Head(FORMAT, HEAD)))
            async with database.reading() as connection:
                for table in metadata.sorted_tables:
                    name = str(table.name)
                    file.write(line_of(Start(name, [str(column.name) for column in table.columns])))
                    rows[name] = 0
                    async for part in _parts(connection, table):
                        file.write(b"".join(line_of(list(row)) for row in part))
                        rows[name] += len(part)
            file.write(line_of(End(rows)))
            file.flush()
            os.fsync(file.fileno())
            new.replace(target)
    finally:
        new.unlink(missing_ok=True)
        await database.close()
    return rows


async def take_in(url: str, source: Path) -> dict[str, int]:
    """Fills a new database from an export, all of it or nothing; rows by table.

    Raises `StorageError` for a file that is torn, changed or of another version, and for a database that holds anything.
    """
    rows = dict.fromkeys(map(str, metadata.tables), 0)
    for table, part in read(source):  # the whole file is read before anything is written
        rows[table.name] += len(part)
    dialect, address = dialect_of(url)
    name = dialect.name_of(address)
    if await dialect.inspect(address) not in (None, HEAD):
        msg = f"{name} holds a history of an older version and was left as it is; import into a new database."
        raise StorageError(msg)
    await migrate(url)
    database = Database(dialect, address)
    try:
        async with database.writing() as connection:
            if await _holds_anything(connection):
                msg = f"{name} holds a history already and was left as it is; import into a new database."
                raise StorageError(msg)
            for table in _BEGUN:
                await connection.execute(delete(table))
            for table, part in read(source):
                names = table.columns.keys()
                await connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in part])
            if connection.dialect.name == "postgresql":
                await _count_on(connection)
    finally:
        await database.close()
    return rows


async def _parts(connection: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Sequence[object]]]:
    found = await connection.stream(select(table).order_by(*table.primary_key.columns))
    async for part in found.partitions(AT_ONCE):
        yield part


async def _holds_anything(connection: AsyncConnection) -> bool:
    for table in metadata.sorted_tables:
        if table not in _BEGUN and (await connection.execute(select(table).limit(1))).first() is not None:
            return True
    return False


async def _count_on(connection: AsyncConnection) -> None:
    """Numbers that PostgreSQL gives out go on after those that came along."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            await connection.execute(select(func.setval(sequence, func.max(column))))
