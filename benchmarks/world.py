"""A configuration and ninety days of history for so many models, as a running installation has them."""

import asyncio
from pathlib import Path

import msgspec

from benchmarks.http import free_port
from statuspage.service.clock import SystemClock
from statuspage.storage.store import SqlStore
from statuspage.zoo.demo import write_demo
from statuspage.zoo.fleet import demo_models
from statuspage.zoo.history import demo_past

RARELY_S = 3600.0
"""So seldom probed that a burst of requests is measured alone."""


class World(msgspec.Struct, frozen=True, kw_only=True):
    """Where it lies, and where its page will be."""

    config: Path
    port: int
    models: int

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://127.0.0.1:{self.port}"


def prepare(folder: Path, models: int, vendors_origin: str, interval_s: float = RARELY_S) -> World:
    """Writes configuration, keys and database into a new folder."""
    folder.mkdir(parents=True)
    fleet = demo_models(models)
    port = free_port()
    config = write_demo(folder, vendors_origin, f"http://127.0.0.1:{port}", fleet, interval_s)
    past = demo_past(fleet, SystemClock().now_ms())

    async def seed() -> None:
        store = SqlStore(f"sqlite+aiosqlite:///{folder / 'statuspage.db'}")
        await store.open()
        await store.seed(past.histories, past.incidents)
        await store.close()

    asyncio.run(seed())
    return World(config=config, port=port, models=models)
