"""Checks that people ask for."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from statuspage.domain.words import Kind, Status
from statuspage.service.by_hand import AGAIN_S, ByHand, TooSoon
from tests.service.world import HandClock, World

KEY = "moonshot/kimi-k3"


async def kinds(world: World) -> list[Kind]:
    stored = await world.store.samples(KEY, 0, world.clock.now_ms() + 1, 100)
    return [each.sample.kind for each in stored]


async def test_a_good_answer_counts_in_no_figure_of_uptime() -> None:
    world = await World().begin()
    await world.check("ok", times=3)
    await world.checker.check_now(KEY)
    assert (await kinds(world))[-1] is Kind.CONFIRM
    assert world.view().uptime["24h"].samples == 3


async def test_a_good_answer_shows_at_once_that_it_works() -> None:
    world = await World().begin()
    await world.checker.check_now(KEY)
    assert world.view().status is Status.OPERATIONAL


async def test_bad_news_bring_the_scheduled_check_forward_with_its_burst() -> None:
    world = await World().begin()
    await world.check("ok", times=3)
    world.answer = lambda _key: "server_error"
    await world.checker.check_now(KEY)
    assert (await kinds(world))[3:6] == [Kind.CONFIRM, Kind.SCHEDULED, Kind.CONFIRM]
    assert world.view().status is Status.MAJOR_OUTAGE


async def test_in_an_outage_it_adds_nothing_to_the_figures() -> None:
    world = await World().begin()
    await world.check("ok", times=3)
    await world.check("server_error")
    judged = world.view().uptime["24h"].samples
    await world.checker.check_now(KEY)
    assert world.view().status is Status.MAJOR_OUTAGE
    assert world.view().uptime["24h"].samples == judged


class Desk:
    """Where checks are asked for, and what is under way."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.under_way: set[str] = set()
        self.checked: list[str] = []
        self.by_hand = ByHand(self._check, lambda: self.under_way, self._mark, self.clock)

    async def _check(self, key: str) -> None:
        assert key in self.under_way
        self.checked.append(key)

    @contextmanager
    def _mark(self, key: str) -> Iterator[None]:
        self.under_way.add(key)
        yield
        self.under_way.discard(key)


async def test_what_was_asked_for_is_checked_and_then_not_again_at_once() -> None:
    desk = Desk()
    desk.by_hand.ask(KEY)
    with pytest.raises(TooSoon, match="10 s"):
        desk.by_hand.ask(KEY)
    desk.by_hand.ask("other/model")
    desk.clock.elapsed_s += 0.6
    with pytest.raises(TooSoon, match="10 s"):  # never told to come back too early
        desk.by_hand.ask(KEY)
    desk.clock.elapsed_s += AGAIN_S
    desk.by_hand.ask(KEY)
    running = asyncio.ensure_future(desk.by_hand.run())
    for _ in range(5):
        await asyncio.sleep(0)
    running.cancel()
    assert desk.checked == [KEY, "other/model", KEY]


async def test_a_model_is_never_checked_twice_at_once() -> None:
    desk = Desk()
    desk.under_way.add(KEY)
    desk.by_hand.ask(KEY)
    await desk.by_hand.turn(KEY)
    assert desk.checked == []


async def test_what_was_asked_for_while_the_configuration_changed_is_checked() -> None:
    before, after = Desk(), Desk()
    for key in (KEY, "gone/model"):
        before.by_hand.ask(key)
    after.by_hand.follow(before.by_hand, {KEY})
    with pytest.raises(TooSoon):
        after.by_hand.ask(KEY)
    running = asyncio.ensure_future(after.by_hand.run())
    for _ in range(5):
        await asyncio.sleep(0)
    running.cancel()
    assert after.checked == [KEY]
