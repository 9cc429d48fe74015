"""The dead man's switch is pinged only while the monitor itself is well."""

from statuspage.domain.errors import StorageError
from statuspage.service.health import Health
from statuspage.service.heartbeat import Heartbeat
from statuspage.service.selfcheck import SelfCheck
from statuspage.storage.memory import MemoryStore
from tests.domain.timeline import sample
from tests.service.world import HandClock

URL = "https://watcher.example/secret-uuid"


class Full(MemoryStore):
    """A database that can be broken."""

    broken = False

    async def ping(self) -> None:
        if self.broken:
            msg = "The disk is full."
            raise StorageError(msg)


class Monitor:
    def __init__(self) -> None:
        self.clock = HandClock()
        self.store = Full()
        self.overdue = False
        self.cut = False
        self.taken: list[str] = []
        self.refusal: str | None = None
        self.selfcheck = SelfCheck(self.clock, ("https://one.example/",), self._reach)
        health = Health(self.store, lambda: self.overdue, self.clock, self.selfcheck)
        self.heartbeat = Heartbeat(URL, self._ping, health, self.selfcheck, self.clock)

    async def minute(self) -> int:
        """Pings taken so far, after one more minute."""
        self.clock.elapsed_s += 60
        await self.heartbeat.beat(URL)
        return len(self.taken)

    async def _ping(self, url: str) -> str | None:
        if self.refusal is None:
            self.taken.append(url)
        return self.refusal

    async def _reach(self, _url: str) -> str | None:
        return "connect_timeout" if self.cut else None


async def test_it_is_pinged_every_minute_while_all_is_well() -> None:
    monitor = Monitor()
    assert [await monitor.minute(), await monitor.minute()] == [1, 2]
    assert monitor.taken == [URL, URL]


async def test_it_stays_away_while_rounds_are_overdue() -> None:
    monitor = Monitor()
    monitor.overdue = True
    assert await monitor.minute() == 0
    monitor.overdue = False
    assert await monitor.minute() == 1


async def test_it_stays_away_while_the_database_cannot_be_written() -> None:
    monitor = Monitor()
    monitor.store.broken = True
    assert await monitor.minute() == 0
    monitor.store.broken = False
    assert await monitor.minute() == 1


async def test_it_stays_away_while_no_canary_answers_and_asks_them_again() -> None:
    monitor = Monitor()
    monitor.cut = True
    await monitor.selfcheck.wellness(sample("connect_timeout"), since=monitor.selfcheck.mark())
    assert await monitor.minute() == 0
    monitor.cut = False
    assert await monitor.minute() == 1


async def test_a_ping_that_is_not_taken_is_told_once_without_the_address(capsys: object) -> None:
    monitor = Monitor()
    monitor.refusal = "HTTP 404"
    await monitor.minute()
    await monitor.minute()
    monitor.refusal = None
    await monitor.minute()
    out = capsys.readouterr().out  # type: ignore[attr-defined]
    assert out.count("was not taken") == 1
    assert out.count("goes on") == 1
    assert "secret-uuid" not in out


async def test_without_an_address_it_ends_at_once() -> None:
    monitor = Monitor()
    health = Health(monitor.store, lambda: False, monitor.clock)
    await Heartbeat(None, monitor._ping, health, monitor.selfcheck, monitor.clock).run()
    assert monitor.taken == []
