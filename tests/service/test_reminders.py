"""Reminders: told again in each channel's own rhythm, and to nobody else."""

from collections.abc import Sequence

from statuspage.domain.delivering import Outcome
from statuspage.domain.incident import Incident
from statuspage.domain.notice import INCIDENT_REMINDER, Audience, Notice
from statuspage.service.dispatch import Dispatcher, Line
from statuspage.service.reminders import Reminders
from statuspage.storage.memory_outbox import MemoryOutbox
from tests.service.world import START_MS, HandClock

OUTAGE = Incident(
    id="i1",
    title="Kimi is down",
    status="investigating",
    impact="critical",
    models=("zoo/a",),
    started_at_ms=START_MS,
    detected_at_ms=START_MS,
)


class World:
    def __init__(self) -> None:
        self.clock = HandClock()
        self.outbox = MemoryOutbox()
        self.got: dict[str, list[str]] = {"hourly": [], "never": []}
        self.open = [OUTAGE]
        lines = [self._line("hourly", 3600.0), self._line("never", None)]
        self.dispatcher = Dispatcher(lines, self.outbox, self.clock)
        self.lines = lines
        self.restart()

    def restart(self) -> None:
        self.reminders = Reminders(
            lines=self.lines,
            open_incidents=lambda: self.open,
            outbox=self.outbox,
            clock=self.clock,
            site_url="http://page.example",
            posted=self.dispatcher.wake,
        )

    def _line(self, name: str, every_s: float | None) -> Line:
        async def send(notices: Sequence[Notice], remote: str | None) -> Outcome:
            assert remote is None
            self.got[name] += [notice.title for notice in notices]
            return Outcome()

        kinds = frozenset({INCIDENT_REMINDER})
        return Line(name=name, audience=Audience.PUBLIC, kinds=kinds, send=send, remind_every_s=every_s)

    async def pass_time(self, seconds: float) -> None:
        await self.clock.sleep(seconds)
        await self.reminders.remind()
        await self.dispatcher.address()
        for line in self.lines:
            await self.dispatcher.deliver(line)


async def test_it_reminds_in_the_channels_rhythm() -> None:
    world = World()
    for _ in range(4):
        await world.pass_time(1800)
    assert world.got == {"hourly": ["Still going on: Kimi is down"] * 2, "never": []}


async def test_it_stops_with_the_incident() -> None:
    world = World()
    world.open = []
    await world.pass_time(7200)
    assert world.got["hourly"] == []


async def test_a_restart_reminds_nobody_again() -> None:
    world = World()
    await world.pass_time(3600)
    world.restart()
    await world.pass_time(60)
    assert len(world.got["hourly"]) == 1
