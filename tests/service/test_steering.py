"""What people change in other processes is taken over once."""

import pytest

from statuspage.domain.errors import StorageError
from statuspage.service.steering import Steering
from statuspage.storage.memory import MemoryStore
from tests.service.world import HandClock


class Part:
    """Counts how often it was read anew."""

    def __init__(self, fails: int = 0) -> None:
        self.reads = 0
        self._fails = fails

    async def take_over(self) -> None:
        if self._fails:
            self._fails -= 1
            raise StorageError("The database is locked by another process.")
        self.reads += 1


async def test_every_part_is_read_once_for_each_growth() -> None:
    store, parts = MemoryStore(), (Part(), Part())
    steering = Steering(store, HandClock(), [part.take_over for part in parts])
    await steering.look()
    await steering.look()
    assert [part.reads for part in parts] == [1, 1]
    await store.steer()
    await steering.look()
    await steering.look()
    assert [part.reads for part in parts] == [2, 2]


async def test_what_could_not_be_read_is_read_at_the_next_look() -> None:
    store, part = MemoryStore(), Part(fails=1)
    steering = Steering(store, HandClock(), [part.take_over])
    with pytest.raises(StorageError):
        await steering.look()
    await steering.look()
    assert part.reads == 1
