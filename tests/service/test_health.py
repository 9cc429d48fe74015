"""Whether the monitor is fit to be asked."""

from structlog.testing import capture_logs

from statuspage.domain.errors import StorageError
from statuspage.service.health import Health
from statuspage.storage.memory import MemoryStore
from tests.service.world import HandClock


class Database(MemoryStore):
    """A database that can be written, or not; counts how often it is tried."""

    def __init__(self) -> None:
        super().__init__()
        self.works = True
        self.tried = 0

    async def ping(self) -> None:
        self.tried += 1
        if not self.works:
            raise StorageError("The database /var/lib/history.db is full.")


async def test_all_is_well_while_rounds_begin_and_writes_succeed() -> None:
    assert await Health(Database(), lambda: False, HandClock()).reasons() == []


async def test_overdue_rounds_are_a_reason() -> None:
    assert await Health(Database(), lambda: True, HandClock()).reasons() == ["the newest scheduled round of checks is overdue"]


async def test_one_trial_answers_for_everybody_who_asks_within_a_second() -> None:
    database, clock = Database(), HandClock()
    health = Health(database, lambda: False, clock)
    for _ in range(5):
        await health.reasons()
    assert database.tried == 1
    clock.elapsed_s += 1.0
    database.works = False
    assert len(await health.reasons()) == 1
    assert database.tried == 2


async def test_the_place_of_the_database_is_told_to_the_log_once_and_to_no_reader() -> None:
    database, clock = Database(), HandClock()
    database.works = False
    health = Health(database, lambda: False, clock)
    with capture_logs() as said:
        for _ in range(3):
            assert "/var/lib" not in "".join(await health.reasons())
            clock.elapsed_s += 2.0
        assert [line["error"] for line in said] == ["The database /var/lib/history.db is full."]
        database.works = True
        assert await health.reasons() == []
        clock.elapsed_s += 2.0
        database.works = False
        await health.reasons()
        assert len(said) == 2


async def test_what_only_operators_may_read_is_in_no_note() -> None:
    health = Health(Database(), lambda: False, HandClock(), None, [lambda: ["a note"]], [lambda: ["zoo/private: wrong"]])
    assert (health.notes(), health.details()) == (["a note"], ["zoo/private: wrong"])
