"""Stores in a temporary folder; the contract's tests run over every kind."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from statuspage.storage.memory import MemoryStore
from statuspage.storage.store import SqlStore


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'statuspage.db'}"


@pytest.fixture
async def sql_store(url: str) -> AsyncIterator[SqlStore]:
    opened = SqlStore(url, gather_s=0)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture(params=["sqlite", "memory"])
async def store(request: pytest.FixtureRequest, url: str) -> AsyncIterator[SqlStore | MemoryStore]:
    opened = SqlStore(url, gather_s=0) if request.param == "sqlite" else MemoryStore()
    await opened.open()
    yield opened
    await opened.close()
