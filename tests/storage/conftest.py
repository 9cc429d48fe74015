"""Stores in a temporary folder; the contract's tests run over every kind."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from statuspage.storage.memory import MemoryStore
from statuspage.storage.migrate import migrate
from statuspage.storage.store import SqlStore
from tests.postgres import Server


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'statuspage.db'}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose tables are made, to be copied: migrations take longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "statuspage.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def sql_store(url: str, migrated: Path, tmp_path: Path) -> AsyncIterator[SqlStore]:
    shutil.copy(migrated, tmp_path)
    opened = SqlStore(url, gather_s=0)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture(params=["sqlite", "postgresql", "memory"])
def address(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> str | None:
    """Where an empty store of each kind is; None for the one in memory."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path)
        return url
    server: Server | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return None if server is None else server.copy()


@pytest.fixture
async def store(address: str | None) -> AsyncIterator[SqlStore | MemoryStore]:
    opened = MemoryStore() if address is None else SqlStore(address, gather_s=0)
    await opened.open()
    yield opened
    await opened.close()
