"""A running product that follows its configuration file, and SIGHUP."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
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
    reload = Reload(config, partial(load, config.path, os.environ), SystemClock())
    async with running(config, reload) as site:
        with _at_sighup(reload.ask):
            async with background(partial(reload.run, site)):
                yield site


@contextmanager
def _at_sighup(ask: Callable[[], None]) -> Iterator[None]:
    """Has SIGHUP ask; the one that says that our terminal was closed ends the process, as it always does."""
    on_terminal = sys.stderr.isatty()

    def hung_up() -> None:
        if on_terminal and not sys.stderr.isatty():
            signal.raise_signal(signal.SIGTERM)
        else:
            ask()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, hung_up)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
