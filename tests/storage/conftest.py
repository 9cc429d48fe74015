"""Stores in a temporary folder; the contract's tests run over every kind."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from statuspage.storage.memory import MemoryStore
from statuspage.storage.migrate import migrate
from statuspage.storage.store import SqlStore


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


@pytest.fixture(params=["sqlite", "memory"])
async def store(
    request: pytest.FixtureRequest, url: str, migrated: Path, tmp_path: Path
) -> AsyncIterator[SqlStore | MemoryStore]:
    shutil.copy(migrated, tmp_path)
    opened = SqlStore(url, gather_s=0) if request.param == "sqlite" else MemoryStore()
    await opened.open()
    yield opened
    await opened.close()
