"""PostgreSQL as the second engine, behind the same interface."""

from collections.abc import Sequence

from sqlalchemy import Connection, Select, Table, inspect, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.sql.dml import Insert

from statuspage.domain.errors import DatabaseRefusedError, DatabaseUnavailableError, StorageError
from statuspage.storage.revisions import judge_version
from statuspage.storage.statement import Write, adding, replacing


class PostgresqlDialect:
    """A database on a server."""

    driver_errors: tuple[type[Exception], ...] = (SQLAlchemyError, OSError)

    def name_of(self, url: URL) -> str:
        return f"The database {url.database} on {url.host}"

    async def inspect(self, url: URL) -> str | None:
        engine = self.reader(url)
        try:
            async with engine.connect() as connection:
                tables, version = await connection.run_sync(_look)
        except ImportError:
            msg = f"{self.name_of(url)} needs the driver asyncpg; install statuspage[postgres]."
            raise DatabaseRefusedError(msg) from None
        except (SQLAlchemyError, OSError) as error:
            raise self.explain(error, self.name_of(url)) from error
        finally:
            await engine.dispose()
        return judge_version(self.name_of(url), version, empty=not tables)

    def writer(self, url: URL) -> AsyncEngine:
        return create_async_engine(url, pool_size=1, max_overflow=0)

    def reader(self, url: URL) -> AsyncEngine:
        return create_async_engine(url, pool_size=4, max_overflow=0).execution_options(postgresql_readonly=True)

    def upsert(self, table: Table, newer: str | None = None) -> Insert:
        return replacing(insert(table), table, newer)

    def adding(self, table: Table) -> Insert:
        return adding(insert(table), table)

    async def transact(self, writer: AsyncEngine, writes: Sequence[Write], ask: Select[int]) -> int:
        async with writer.begin() as connection:
            for statement, names, rows in writes:
                if rows:
                    await connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
            return (await connection.execute(ask)).scalar_one()

    def explain(self, error: Exception, name: str) -> StorageError:
        # The driver's own words may quote a row's values or the account.
        if isinstance(error, OperationalError | InterfaceError | OSError) or not isinstance(error, DBAPIError):
            return DatabaseUnavailableError(f"{name} cannot be reached or cannot answer ({type(error).__name__}).")
        return StorageError(f"{name} refused the data: {type(error.orig).__name__}.")


def _look(connection: Connection) -> tuple[list[str], str | None]:
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        return tables, None
    return tables, connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
