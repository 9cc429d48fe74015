"""What differs between databases, as one interface, and the map of those we know."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from sqlalchemy import Select, Table
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.dml import Insert

from statuspage.domain.errors import DatabaseRefusedError, StorageError
from statuspage.storage.statement import Write


class Dialect(Protocol):
    """One kind of database."""

    @property
    def driver_errors(self) -> tuple[type[Exception], ...]:
        """What a connection may raise: SQLAlchemy's errors and those of the driver itself."""
        ...

    def name_of(self, url: URL) -> str:
        """The database in words that begin a sentence, without secrets."""
        ...

    async def inspect(self, url: URL) -> str | None:
        """The schema's version, None for a database yet to be made; refuses what is not ours, leaving it untouched."""
        ...

    def writer(self, url: URL) -> AsyncEngine:
        """One connection whose transactions may write from their start."""
        ...

    def reader(self, url: URL) -> AsyncEngine:
        """Several connections that cannot write."""
        ...

    def upsert(self, table: Table, newer: str | None = None) -> Insert:
        """Inserts whole rows; a row with the same primary key is replaced, where `newer` names a column only if that grew."""
        ...

    def adding(self, table: Table) -> Insert:
        """Inserts rows of sums; the figures are added to a row with the same primary key."""
        ...

    async def transact(self, writer: AsyncEngine, writes: Sequence[Write], ask: Select[int]) -> int:
        """Executes everything in one transaction and answers the question asked at its end."""
        ...

    def explain(self, error: Exception, name: str) -> StorageError:
        """The driver's error as one sentence that begins with `name`."""
        ...


def _sqlite() -> Dialect:
    from statuspage.storage.sqlite import SqliteDialect

    return SqliteDialect()


def _postgresql() -> Dialect:
    from statuspage.storage.postgresql import PostgresqlDialect

    return PostgresqlDialect()


DIALECTS: Final[dict[str, Callable[[], Dialect]]] = {
    "sqlite+aiosqlite": _sqlite,
    "postgresql+asyncpg": _postgresql,
}


def dialect_of(url: str) -> tuple[Dialect, URL]:
    """The dialect of a database address; refuses an address that names none of ours."""
    known = " or ".join(f"{name}://…" for name in DIALECTS)
    try:
        address = make_url(url)
    except ArgumentError:
        msg = f"The database address cannot be read; write {known}."
        raise DatabaseRefusedError(msg) from None
    build = DIALECTS.get(address.drivername)
    if build is None:
        msg = f"The database address begins with {address.drivername}://, which is not known; write {known}."
        raise DatabaseRefusedError(msg)
    return build(), address
