"""Which checks are under way, so that a stop can wait for them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class InFlight:
    """Keys, with an event that is set while nothing runs."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.idle = asyncio.Event()
        self.idle.set()

    @property
    def count(self) -> int:
        """How many."""
        return len(self.keys)

    @contextmanager
    def one(self, key: str) -> Iterator[None]:
        """Counts one check for the length of the block; no key is checked twice at once."""
        self.keys.add(key)
        self.idle.clear()
        try:
            yield
        finally:
            self.keys.discard(key)
            if not self.keys:
                self.idle.set()
