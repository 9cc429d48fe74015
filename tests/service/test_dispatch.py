"""The dispatcher on a clock moved by hand: order, patience, bounds."""

import asyncio
from collections.abc import Sequence

from statuspage.domain.delivering import Lane, Outcome
from statuspage.domain.notice import STATUS_CHANGED, Audience, DeliveryState, Notice, Severity
from statuspage.service.dispatch import BACKLOG, Dispatcher, Line
from statuspage.storage.memory_outbox import MemoryOutbox
from tests.service.world import HandClock


class Channel:
    """Takes messages, or does not."""

    def __init__(self) -> None:
        self.got: list[list[str]] = []
        self.remotes: list[str | None] = []
        self.answers: list[Outcome | Exception] = []
        self.asked = asyncio.Event()
        self.let_go = asyncio.Event()
        self.let_go.set()

    async def send(self, notices: Sequence[Notice], remote: str | None) -> Outcome:
        self.got.append([notice.id for notice in notices])
        self.remotes.append(remote)
        self.asked.set()
        await self.let_go.wait()
        answer = self.answers.pop(0) if self.answers else Outcome()
        if isinstance(answer, Exception):
            raise answer
        return answer


def notice(name: str, *, subject: str = "zoo/a", audience: Audience = Audience.PUBLIC, incident: str | None = None) -> Notice:
    return Notice(
        id=name,
        kind=STATUS_CHANGED,
        at_ms=0,
        audience=audience,
        severity=Severity.FAILURE,
        subject=subject,
        title=name,
        group="zoo",
        incident=incident,
    )


class World:
    def __init__(
        self, lane: Lane = Lane.SUBJECT, audience: Audience = Audience.PUBLIC, outbox: MemoryOutbox | None = None
    ) -> None:
        self.clock = HandClock()
        self.outbox = outbox or MemoryOutbox()
        self.channel = Channel()
        self.line = Line(name="hook", audience=audience, kinds=frozenset({STATUS_CHANGED}), send=self.channel.send, lane=lane)
        self.dispatcher = Dispatcher([self.line], self.outbox, self.clock)

    async def post(self, *notices: Notice) -> None:
        await self.outbox.post(notices)
        await self.dispatcher.address()

    async def deliver(self) -> float | None:
        return await self.dispatcher.deliver(self.line)


async def test_it_delivers_once_and_then_nothing_waits() -> None:
    world = World()
    await world.post(notice("down"))
    assert await world.deliver() is None
    await world.dispatcher.address()
    assert await world.deliver() is None
    assert world.channel.got == [["down"]]


async def test_a_failed_delivery_is_tried_again_under_the_same_id_and_holds_up_its_subject() -> None:
    world = World()
    world.channel.answers = [Outcome(error="HTTP 500")]
    await world.post(notice("down"), notice("up"), notice("other", subject="zoo/b"))

    assert await world.deliver() == 5.0
    assert world.channel.got == [["down"], ["other"]]
    await world.clock.sleep(5)
    await world.deliver()
    await world.deliver()
    assert world.channel.got == [["down"], ["other"], ["down"], ["up"]]


async def test_the_public_never_gets_what_is_the_operators() -> None:
    public, operator = World(), World(audience=Audience.OPERATOR)
    for world in (public, operator):
        await world.post(notice("grey", audience=Audience.OPERATOR))
        await world.deliver()
    assert (public.channel.got, operator.channel.got) == ([], [["grey"]])


async def test_one_message_gathers_what_happens_within_seconds() -> None:
    world = World(Lane.GROUP)
    await world.post(notice("a"), notice("b", subject="zoo/b"))
    assert await world.deliver() == 5.0
    assert world.channel.got == []
    await world.clock.sleep(5)
    await world.deliver()
    assert world.channel.got == [["a", "b"]]


async def test_a_message_about_an_incident_replaces_the_last_one() -> None:
    world = World(Lane.INCIDENT)
    world.channel.answers = [Outcome(remote="m1")]
    for name in ("down", "up"):
        await world.post(notice(name, incident="i1"))
        await world.clock.sleep(5)
        await world.deliver()
    assert world.channel.remotes == [None, "m1"]


async def test_a_sender_that_breaks_is_tried_again() -> None:
    world = World()
    world.channel.answers = [RuntimeError("boom")]
    await world.post(notice("down"))
    await world.deliver()
    await world.clock.sleep(5)
    await world.deliver()
    assert world.channel.got == [["down"], ["down"]]


async def test_the_backlog_is_bounded_and_said() -> None:
    world = World()
    await world.post(*(notice(str(number), subject=f"zoo/{number}") for number in range(BACKLOG + 3)))
    log = await world.outbox.log(BACKLOG + 3)
    assert sum(delivery.state is DeliveryState.DEAD for delivery in log) == 3
    assert "hook" in world.dispatcher.notes()[0]


async def test_what_is_being_sent_when_no_more_is_to_begin_arrives_and_is_noted() -> None:
    world = World()
    world.channel.let_go.clear()
    await world.post(notice("down"))
    delivering = asyncio.create_task(world.deliver())
    await world.channel.asked.wait()
    delivering.cancel()
    await asyncio.wait({delivering})
    asyncio.get_running_loop().call_soon(world.channel.let_go.set)
    await world.dispatcher.close()
    again = World(outbox=world.outbox)
    await again.deliver()
    assert (world.channel.got, again.channel.got) == ([["down"]], [])
