"""Feature flags and the selector that heeds them, put together."""

from collections.abc import Callable
from typing import Final

from statuspage.config.fleet import Config
from statuspage.domain.clock import Clock
from statuspage.domain.view import PageView
from statuspage.service.flag_desk import FlagDesk
from statuspage.service.flagcast import FlagCast
from statuspage.service.flags import Flags
from statuspage.service.routing import Routing
from statuspage.storage.flag_file import FlagFile
from statuspage.web.events import EventStreams


class Flagging:
    """The flags of a configuration, where people set them, who hears of changes, and which model to call."""

    def __init__(self, config: Config, clock: Clock, page: Callable[[], PageView]) -> None:
        self.flags: Final = Flags(None if config.flags is None else FlagFile(config.flags), clock)
        self.desk: Final = FlagDesk(self.flags.file, self.flags.look)
        self.streams: Final = EventStreams(FlagCast(self.flags))
        self.routing: Final = Routing(page, self.flags.steered)
