"""Delivers notices: who gets which, in order, at least once, with patience; probes never wait for it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final, Protocol

import msgspec
import structlog

from statuspage.domain.alerting import hears
from statuspage.domain.clock import Clock
from statuspage.domain.delivering import Lane, Outcome, QuietHours, after_attempt, next_due_ms, next_up, quiet_until_ms
from statuspage.domain.errors import StorageError
from statuspage.domain.notice import Audience, Delivery, DeliveryState, Notice
from statuspage.domain.outbox import Outbox

GATHER_S: Final = 5.0
"""How long a message waits for others of its provider."""
BACKLOG: Final = 1000
"""Deliveries that may wait at one channel; what comes on top is given up on, and seen in the log."""
_POLL_S: Final = 2.0
"""How soon a notice is seen that another process wrote."""
_READ_AT_ONCE: Final = 200
_AT_ONCE: Final = 8
_BROKEN_S: Final = 5.0
_PATIENCE_S: Final = 2.0
"""How long attempts under way may take to end when no more are to begin."""

log = structlog.get_logger()


class Send(Protocol):
    """One attempt at one channel: the notices of one message, and what the channel calls the message it may replace."""

    async def __call__(self, notices: Sequence[Notice], remote: str | None) -> Outcome:
        """Answers with an outcome, whatever happens."""
        ...


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One channel as the dispatcher sees it."""

    name: str
    audience: Audience
    kinds: frozenset[str]
    send: Send
    lane: Lane = Lane.SUBJECT
    auto_incidents: bool = True
    quiet: QuietHours | None = None
    remind_every_s: float | None = None
    wants: Callable[[Notice], bool] | None = None
    """What else it asks of a notice; None takes all of its kinds."""

    def takes(self, notice: Notice) -> bool:
        """Whether the channel gets this notice."""
        if notice.only not in (None, self.name):
            return False
        if self.wants is not None and not self.wants(notice):
            return False
        return hears(notice, self.audience, self.kinds, auto_incidents=self.auto_incidents)

    def due_ms(self, now_ms: int) -> int:
        """When a notice of now is sent: messages that gather wait for others, and everything for the end of quiet hours."""
        wait_ms = 0 if self.lane is Lane.SUBJECT else round(GATHER_S * 1000)
        return quiet_until_ms(now_ms + wait_ms, self.quiet)


class Dispatcher:
    """Addresses what is in the outbox, and works off what waits, one task a channel."""

    def __init__(self, lines: Sequence[Line], outbox: Outbox, clock: Clock, crowd: Callable[[], Sequence[Line]] = tuple) -> None:
        """`crowd` are channels that come and go: subscribers, who share a task."""
        self._crowd = crowd
        self._crowd_woken = asyncio.Event()
        self._lines = tuple(lines)
        self._outbox = outbox
        self._clock = clock
        self._posted = asyncio.Event()
        self._woken = {line.name: asyncio.Event() for line in lines}
        self._under_way: set[asyncio.Task[None]] = set()
        self.backlog: Mapping[str, int] = {}
        """How many deliveries wait, by configured channel."""

    def wake(self) -> None:
        """Says that there may be something new in the outbox."""
        self._posted.set()

    def wake_line(self, name: str) -> None:
        """Says that something waits at a channel that did not wait before."""
        self._woken.get(name, self._crowd_woken).set()

    def notes(self) -> list[str]:
        """A sentence for each channel that is behind."""
        return [
            f"{count} messages wait at the channel {name}; `statuspage notify log` says why"
            for name, count in self.backlog.items()
            if count > 1
        ]

    async def run(self) -> None:
        """For ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._address_for_ever())
            tasks.create_task(self._serve_crowd_for_ever())
            for line in self._lines:
                tasks.create_task(self._work_for_ever(line))

    async def close(self) -> None:
        """Once `run` has ended: lets what is being sent arrive and be noted, so that nobody is told it again."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=_PATIENCE_S)
            for attempt in late:
                attempt.cancel()

    async def address(self) -> None:
        """Writes the deliveries of every notice that has none yet."""
        while found := await self._outbox.unaddressed(_READ_AT_ONCE):
            backlog = {name: count for name, (count, _) in (await self._outbox.backlog()).items()}
            deliveries = []
            for number, notice in found:
                for line in (*self._lines, *self._crowd()):
                    if line.takes(notice):
                        backlog[line.name] = backlog.get(line.name, 0) + 1
                        deliveries.append(self._delivery(line, number, notice, backlog[line.name]))
            await self._outbox.address([notice for _, notice in found], deliveries)
            self.backlog = {name: count for name, count in backlog.items() if name in self._woken}
            for name in {delivery.channel for delivery in deliveries}:
                self._woken.get(name, self._crowd_woken).set()

    async def deliver(self, line: Line) -> float | None:
        """Sends what is due at one channel; returns the seconds until more is due, None when nothing waits."""
        waiting = await self._outbox.waiting(line.name, _READ_AT_ONCE)
        for batch in next_up(waiting, self._clock.now_ms(), line.lane):
            await self._attempt(line, batch)
        waiting = await self._outbox.waiting(line.name, _READ_AT_ONCE)
        if line.name in self._woken:
            self.backlog = {**self.backlog, line.name: len(waiting)}
        due_ms = next_due_ms(waiting, line.lane)
        return None if due_ms is None else max(0.0, (due_ms - self._clock.now_ms()) / 1000)

    async def serve_crowd(self) -> float | None:
        """Sends what is due to subscribers, a few at a time; what waits for somebody who left is given up on."""
        lines = {line.name: line for line in self._crowd()}
        waiting = [name for name in await self._outbox.backlog() if name not in self._woken]
        turns = asyncio.Semaphore(_AT_ONCE)

        async def serve(name: str) -> float | None:
            async with turns:
                line = lines.get(name)
                if line is not None:
                    return await self.deliver(line)
                await self._give_up(name)
                return None

        pauses = [pause_s for pause_s in await asyncio.gather(*map(serve, waiting)) if pause_s is not None]
        return min(pauses, default=None)

    async def _give_up(self, name: str) -> None:
        now_ms = self._clock.now_ms()
        left = [
            msgspec.structs.replace(each, state=DeliveryState.DEAD, error="the subscriber left", settled_ms=now_ms)
            for each in await self._outbox.waiting(name, _READ_AT_ONCE)
        ]
        await self._outbox.settle(left)

    async def _serve_crowd_for_ever(self) -> None:
        while True:
            try:
                pause_s = await self.serve_crowd()
            except StorageError as error:
                log.warning("deliveries to subscribers could not be read or stored", error=str(error))
                pause_s = _BROKEN_S
            await _woken(self._crowd_woken, pause_s)

    def _delivery(self, line: Line, number: int, notice: Notice, place: int) -> Delivery:
        now_ms = self._clock.now_ms()
        made = Delivery(number=number, channel=line.name, notice=notice, due_ms=line.due_ms(now_ms))
        if place <= BACKLOG:
            return made
        full = f"{BACKLOG} messages wait already: the backlog is full"
        return msgspec.structs.replace(made, state=DeliveryState.DEAD, error=full, settled_ms=now_ms)

    async def _attempt(self, line: Line, batch: Sequence[Delivery]) -> None:
        """One attempt; a caller that is cancelled leaves it to `close`."""
        attempt = asyncio.ensure_future(self._attempted(line, batch))
        self._under_way.add(attempt)
        attempt.add_done_callback(self._under_way.discard)
        await asyncio.shield(attempt)

    async def _attempted(self, line: Line, batch: Sequence[Delivery]) -> None:
        newest = batch[-1].notice
        remote = None
        if line.lane is Lane.INCIDENT and newest.incident is not None:
            remote = await self._outbox.remote(line.name, newest.incident)
        try:
            outcome = await line.send([delivery.notice for delivery in batch], remote)
        except Exception as error:
            log.exception("a channel broke", channel=line.name)
            outcome = Outcome(error=f"the sender broke ({type(error).__name__}); the log says how")
        now_ms = self._clock.now_ms()
        settled = [after_attempt(delivery, outcome, now_ms) for delivery in batch]
        await self._outbox.settle(settled)
        if outcome.error is not None:
            log.warning("a message was not delivered", channel=line.name, error=outcome.error, attempts=settled[0].attempts)

    async def _address_for_ever(self) -> None:
        while True:
            try:
                await self.address()
            except StorageError as error:
                log.warning("notices could not be addressed", error=str(error))
            await _woken(self._posted, _POLL_S)

    async def _work_for_ever(self, line: Line) -> None:
        while True:
            try:
                pause_s = await self.deliver(line)
            except StorageError as error:
                log.warning("deliveries could not be read or stored", channel=line.name, error=str(error))
                pause_s = _BROKEN_S
            await _woken(self._woken[line.name], pause_s)


async def _woken(event: asyncio.Event, at_most_s: float | None) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(at_most_s):
            await event.wait()
    event.clear()
