"""The desks of a command: what people steer, over the database of the configuration."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from statuspage.config.fleet import Config
from statuspage.domain.ports import WatchedModel
from statuspage.service.clock import SystemClock
from statuspage.service.desks import Desks
from statuspage.service.discovery import grown
from statuspage.service.fleet import Fleet
from statuspage.storage.store import SqlStore


@asynccontextmanager
async def desks(config: Config, keys: Iterable[str] = ()) -> AsyncIterator[Desks]:
    """The desks of a command that names these models; the database is made where there is none.

    Raises `StorageError`.
    """
    store = SqlStore(config.database_url)
    await store.open()
    try:
        whole = await grown(config, store)
        named = set(keys)
        # A model that was never probed has no number yet, and nothing can be stored of it.
        watched = [WatchedModel(key=each.key, interval_s=each.interval_s, aliases=each.aliases) for each in whole.models]
        clock = SystemClock()
        await store.watch([each for each in watched if each.key in named], clock.now_ms())
        fleet = Fleet(
            providers={each.key: each.provider for each in whole.models},
            public=frozenset(each.key for each in whole.models if each.public),
            renamed={alias: each.key for each in whole.models for alias in each.aliases},
        )
        yield Desks(store, clock, lambda: fleet, config.site.url)
    finally:
        await store.close()
