"""A statement with its rows: what one transaction is made of."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sqlalchemy import Table, bindparam, delete
from sqlalchemy.sql import Delete
from sqlalchemy.sql.dml import Insert, Update

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Row = tuple[object, ...]
Item = TypeVar("Item")

_AT_ONCE = 500


class Write(NamedTuple):
    """One statement, executed for every row; `names` are the parameters that a row's values stand for, in order."""

    statement: Insert | Update | Delete
    names: tuple[str, ...]
    rows: Sequence[Row]


def columns(table: Table) -> tuple[str, ...]:
    """The names of a table's columns, in order."""
    return tuple(column.name for column in table.columns)


def delete_where(table: Table, *names: str) -> Delete:
    """Deletes the rows whose columns equal the parameters of the same names."""
    return delete(table).where(*(table.c[name] == bindparam(name) for name in names))


def replacing(insert: "sqlite.Insert | postgresql.Insert", table: Table, newer: str | None = None) -> Insert:
    """Inserts whole rows; a row with the same primary key is replaced, where `newer` names a column only if that grew."""
    keys = [column.name for column in table.primary_key.columns]
    rest = [column.name for column in table.columns if not column.primary_key]
    if not rest:
        return insert.on_conflict_do_nothing(index_elements=keys)
    grown = None if newer is None else table.c[newer] < insert.excluded[newer]
    return insert.on_conflict_do_update(index_elements=keys, set_={name: insert.excluded[name] for name in rest}, where=grown)


def adding(insert: "sqlite.Insert | postgresql.Insert", table: Table) -> Insert:
    """Inserts rows of sums; where there is one with the same primary key, the figures are added to it."""
    keys = [column.name for column in table.primary_key.columns]
    figures = {column.name: column + insert.excluded[column.name] for column in table.columns if not column.primary_key}
    return insert.on_conflict_do_update(index_elements=keys, set_=figures)


def chunks(items: Iterable[Item], size: int = _AT_ONCE) -> Iterator[list[Item]]:
    """The items in portions that one statement can name."""
    every = list(items)
    return (every[start : start + size] for start in range(0, len(every), size))
