"""A running product that follows its configuration file, and SIGHUP."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from statuspage.app.background import background
from statuspage.app.running import Running, running
from statuspage.config.fleet import Config
from statuspage.config.load import load
from statuspage.service.clock import SystemClock
from statuspage.service.reload import Reload


@asynccontextmanager
async def following(config: Config) -> AsyncIterator[Running]:
    """As `running`; what changes in the configuration's files takes effect without a restart."""
    async with running(config) as site:
        reload = Reload(config, partial(load, config.path, os.environ), site.put, SystemClock())
        site.notes, site.details = reload.notes, reload.details
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, reload.ask)
        try:
            async with background(reload.run):
                yield site
        finally:
            loop.remove_signal_handler(signal.SIGHUP)
