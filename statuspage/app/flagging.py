"""Feature flags and the selector that heeds them, put together."""

from collections.abc import Callable
from typing import Final

from statuspage.config.fleet import Config
from statuspage.domain.clock import Clock
from statuspage.domain.ports import Store
from statuspage.domain.rollout import Climb
from statuspage.domain.view import PageView
from statuspage.service.flag_desk import FlagDesk
from statuspage.service.flagcast import FlagCast
from statuspage.service.flags import Flags
from statuspage.service.rollouts import TOPIC, Audit, Rollouts, climbs
from statuspage.service.routing import Routing
from statuspage.storage.flag_file import FlagFile
from statuspage.storage.store import SqlStore
from statuspage.web.events import EventStreams


class Flagging:
    """The flags of a configuration, where people set them, who hears of changes, and which model to call."""

    def __init__(self, config: Config, store: Store, clock: Clock, page: Callable[[], PageView], audit: Audit) -> None:
        self.flags: Final = Flags(None if config.flags is None else FlagFile(config.flags), clock)
        self.rollouts: Final = Rollouts(self.flags, page, store, clock, audit)
        self.desk: Final = FlagDesk(self.flags.file, self.flags.look, self.rollouts.of)
        self.streams: Final = EventStreams(FlagCast(self.flags))
        self.routing: Final = Routing(page, self.flags.steered)

    async def load(self) -> None:
        """Reads the file, and how far rollouts have come. Raises `StorageError`."""
        self.flags.look()
        await self.rollouts.load()


async def climbs_of(config: Config) -> dict[str, Climb]:
    """How far the rollouts of a database have come, by flag, for a command. Raises `StorageError`."""
    store = SqlStore(config.database_url)
    await store.open()
    try:
        return climbs(await store.noted(TOPIC))
    finally:
        await store.close()
