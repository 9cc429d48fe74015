"""How many checks are under way, so that a stop can wait for them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class InFlight:
    """A counter with an event that is set while nothing runs."""

    def __init__(self) -> None:
        self.count = 0
        self.idle = asyncio.Event()
        self.idle.set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Counts one check for the length of the block."""
        self.count += 1
        self.idle.clear()
        try:
            yield
        finally:
            self.count -= 1
            if not self.count:
                self.idle.set()
