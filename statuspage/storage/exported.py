"""The file of an export: JSON Lines that are read as strictly as they are written.

A head, then for each table its columns and a line a row, then how many rows there were, so that a torn file is seen.
"""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from sqlalchemy import LargeBinary, Table

from statuspage.domain.errors import StorageError
from statuspage.storage.revisions import HEAD
from statuspage.storage.tables import metadata

FORMAT: Final = "statuspage-export"
AT_ONCE: Final = 1000
"""How many rows are held in memory."""

Row = list[object]
_T = TypeVar("_T")


class Head(msgspec.Struct, frozen=True):
    """The first line."""

    format: str
    schema: str


class Start(msgspec.Struct, frozen=True):
    """Stands before the rows of a table."""

    table: str
    columns: list[str]


class End(msgspec.Struct, frozen=True):
    """The last line: how many rows there were, by table."""

    rows: dict[str, int]


def read(source: Path) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of an export by table, a thousand at a time; refuses what is not one to its end."""
    table: Table | None = None
    part: list[Row] = []
    for table_of_row, row in _rows(source):
        if part and table is not None and (table_of_row is not table or len(part) == AT_ONCE):
            yield table, part
            part = []
        table = table_of_row
        part.append(row)
    if part and table is not None:
        yield table, part


def _rows(source: Path) -> Iterator[tuple[Table, Row]]:
    if source.exists() and not source.is_file():
        msg = f"{source} is not a file, which is read twice: first to its end, then to be taken in."
        raise StorageError(msg)
    with named(source), source.open("rb") as file:
        _check_head(source, file.readline())
        counted = dict.fromkeys(metadata.tables, 0)
        table: Table | None = None
        number = 1
        for number, line in enumerate(file, 2):
            if line.startswith(b'{"rows"'):
                if _decoded(line, End, source, number).rows != counted:
                    raise _wrong(source, number, "rows are missing or too many")
                return
            if line.startswith(b"{"):
                table = _table(_decoded(line, Start, source, number), source, number)
            elif table is None:
                raise _wrong(source, number, "a row stands before its table")
            else:
                counted[table.name] += 1
                yield table, _row(table, _decoded(line, Row, source, number), source, number)
        raise _wrong(source, number + 1, "the file ends before its end")


def _check_head(source: Path, line: bytes) -> None:
    try:
        head = msgspec.json.decode(line, type=Head)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        head = Head("", "")
    if head.format != FORMAT:
        msg = f"{source} is no file that `statuspage export` wrote."
        raise StorageError(msg)
    if head.schema != HEAD:
        msg = (
            f"{source} was written under schema {head.schema}, this program has {HEAD}: import it with the version that wrote it."
        )
        raise StorageError(msg)


def _table(start: Start, source: Path, number: int) -> Table:
    table = metadata.tables.get(start.table)
    if table is None or start.columns != list(table.columns.keys()):
        raise _wrong(source, number, f"this program has no table {start.table!r} with these columns")
    return table


def _row(table: Table, values: Row, source: Path, number: int) -> Row:
    """The values as the table takes them."""
    if len(values) != len(table.columns):
        raise _wrong(source, number, f"a row of {table.name} has {len(table.columns)} values")
    made: Row = []
    for column, value in zip(table.columns, values, strict=True):
        kept = _bytes(value) if isinstance(column.type, LargeBinary) else value
        if not (column.nullable if kept is None else type(kept) is column.type.python_type):
            raise _wrong(source, number, f"{value!r:.40} cannot stand in {table.name}.{column.name}")
        made.append(kept)
    return made


def _bytes(value: object) -> object:
    """JSON has no bytes: they are written in base64."""
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else value
    except ValueError:
        return value


def is_ours(path: Path) -> bool:
    """Whether nothing but an earlier export stands there."""
    if not path.exists():
        return True
    if not path.is_file():  # reading a pipe would wait for ever
        return False
    with named(path), path.open("rb") as file:
        first = file.readline(200)
    return not first or first.startswith(b'{"format":"' + FORMAT.encode())


def line_of(value: object) -> bytes:
    """One line of the file."""
    return msgspec.json.encode(value) + b"\n"


def _decoded(line: bytes, kind: type[_T], source: Path, number: int) -> _T:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _wrong(source, number, str(error)) from error


def _wrong(source: Path, number: int, why: str) -> StorageError:
    return StorageError(f"{source} cannot be imported: line {number}: {why}.")


@contextmanager
def named(path: Path) -> Iterator[None]:
    """Has the system's errors name the file."""
    try:
        yield
    except OSError as error:
        msg = f"{path} cannot be used: {os.strerror(error.errno or 0)}."
        raise StorageError(msg) from error
