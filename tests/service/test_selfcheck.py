"""The monitor doubts itself before it blames anybody."""

import pytest

from statuspage.domain.words import Status
from statuspage.service.check import Checker
from statuspage.service.selfcheck import SelfCheck
from statuspage.service.selfreport import SelfReport
from statuspage.storage.memory import MemoryStore
from tests.domain.timeline import sample
from tests.service.world import START_MS, HandClock, World, config, model, provider

CANARIES = ("https://one.example/", "https://two.example/")
DATE_OF_START = "Wed, 18 Nov 2026 11:06:40 GMT"


class Neutral:
    """Neutral hosts that answer or not; counts how often they were asked."""

    def __init__(self) -> None:
        self.failure: str | None = None
        self.asked = 0

    async def reach(self, _url: str) -> str | None:
        self.asked += 1
        return self.failure


class Watch:
    def __init__(self) -> None:
        self.clock = HandClock()
        self.neutral = Neutral()
        self.check = SelfCheck(self.clock, CANARIES, self.neutral.reach)

    async def canaries_up(self, class_name: str = "connect_timeout", house: str = "moonshot") -> int:
        seen = await self.check.wellness(sample(class_name), since=self.check.mark(), house=house)
        return seen.canaries_up

    def kinds(self) -> list[str]:
        return [concern.kind for concern in self.check.concerns()]


async def test_an_answered_probe_asks_no_canary() -> None:
    watch = Watch()
    await watch.canaries_up("server_error")
    assert watch.neutral.asked == 0


async def test_canaries_answer_for_a_house_for_some_seconds() -> None:
    watch = Watch()
    assert await watch.canaries_up() == 2
    watch.clock.elapsed_s += 4
    watch.neutral.failure = "connect_timeout"
    assert await watch.canaries_up() == 2
    watch.clock.elapsed_s += 2
    assert await watch.canaries_up() == 0


async def test_unrelated_houses_failing_at_once_are_not_believed_on_an_old_answer() -> None:
    watch = Watch()
    assert await watch.canaries_up(house="moonshot") == 2
    watch.clock.elapsed_s += 1
    watch.neutral.failure = "connect_timeout"
    assert await watch.canaries_up(house="openai") == 0


async def test_surfaces_of_one_house_are_no_second_witness() -> None:
    watch = Watch()
    assert await watch.canaries_up(house="moonshot") == 2
    watch.clock.elapsed_s += 1
    watch.neutral.failure = "connect_timeout"
    assert await watch.canaries_up(house="moonshot") == 2


async def test_a_failure_long_ago_is_no_second_witness() -> None:
    watch = Watch()
    await watch.canaries_up(house="openai")
    watch.clock.elapsed_s += 301
    assert await watch.canaries_up(house="moonshot") == 2
    watch.neutral.failure = "connect_timeout"
    assert await watch.canaries_up(house="moonshot") == 2


async def test_a_cut_network_is_a_concern_until_somebody_answers() -> None:
    watch = Watch()
    watch.neutral.failure = "connect_timeout"
    await watch.canaries_up()
    assert watch.kinds() == ["offline"]
    await watch.canaries_up("ok")
    assert watch.kinds() == []


@pytest.mark.parametrize(("ahead_s", "kinds"), [(61, ["clock_skew"]), (-61, ["clock_skew"]), (60, []), (0, [])])
async def test_a_clock_that_differs_from_every_vendor_s_is_a_concern(ahead_s: int, kinds: list[str]) -> None:
    watch = Watch()
    watch.clock = HandClock(START_MS + ahead_s * 1000)
    watch.check = SelfCheck(watch.clock, (), watch.neutral.reach)
    watch.check.heard("one.example", DATE_OF_START)
    assert watch.kinds() == kinds


async def test_one_host_that_agrees_with_our_clock_is_believed() -> None:
    watch = Watch()
    watch.check.heard("wrong.example", "Wed, 18 Nov 2020 11:06:40 GMT")
    watch.check.heard("right.example", DATE_OF_START)
    watch.check.heard("odd.example", "yesterday")
    watch.check.heard("mute.example", None)
    assert watch.kinds() == []


async def test_a_concern_is_told_to_the_operator_once_as_long_as_it_lasts() -> None:
    watch, store = Watch(), MemoryStore()
    report = SelfReport(watch.check, store, watch.clock)
    watch.check.heard("one.example", "Wed, 18 Nov 2026 11:00:00 GMT")
    await report.turn()
    await report.turn()
    told = await store.told(0, 10)
    assert [(event.kind, event.subject, event.public) for event in told] == [("clock_skew", "monitor", False)]
    assert "400 s ahead of" in told[0].sentence
    watch.check.heard("one.example", DATE_OF_START)
    await report.turn()
    watch.check.heard("one.example", "Wed, 18 Nov 2026 11:00:00 GMT")
    await report.turn()
    assert len(await store.told(0, 10)) == 2


async def test_a_clock_in_error_costs_no_colour() -> None:
    world = await World().begin()
    checker: Checker = world.checker
    checker._selfcheck.heard("one.example", "Wed, 18 Nov 2026 11:00:00 GMT")
    await world.check()
    assert world.view().status is Status.OPERATIONAL


async def test_one_cut_of_our_network_greys_vendors_of_every_house_and_blames_none() -> None:
    neutral = Neutral()
    settings = config(
        models=(model(), model("gpt-5", provider="openai")),
        providers=(provider(), provider("openai", vendor="openai")),
    )
    world = World(settings)
    world.checker._selfcheck = SelfCheck(world.clock, CANARIES, neutral.reach)
    await world.begin()
    for key in ("moonshot/kimi-k3", "openai/gpt-5"):
        await world.check(key=key, every_s=1)
    neutral.failure = "connect_timeout"
    for key in ("moonshot/kimi-k3", "openai/gpt-5"):
        await world.check("connect_timeout", key=key, every_s=1)
        view = world.view(key)
        assert (view.status, view.class_name) == (Status.NO_DATA, "offline")
        assert view.days[-1].failed == 0
