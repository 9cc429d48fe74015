"""Tools are tested on a cadence of their own and have a light of their own."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import msgspec

from statuspage.config.fleet import Model
from statuspage.domain.errors import StorageError
from statuspage.domain.sample import CaseResult, Sample
from statuspage.domain.words import Fault, ProbeKind, Status
from statuspage.render.documents import model_object
from statuspage.service.board import Board
from statuspage.service.toolwatch import TOPIC, ToolWatch
from statuspage.storage.memory import MemoryStore
from tests.service.world import HandClock, Shelf, config, model

KEY = "moonshot/kimi-k3"
HOUR_S = 3600.0
TITLES = {f"case{at}": f"Case {at}" for at in range(10)}
BOTH = (ProbeKind.CHAT, ProbeKind.TOOLS)
_MODELS = (model(probes=BOTH), model("kimi-k2.6"))


class World:
    """One watch over kimi-k3 with tools and kimi-k2.6 without; `answer` says how a case ends, by its name."""

    def __init__(
        self, store: MemoryStore | None = None, clock: HandClock | None = None, models: Sequence[Model] = _MODELS
    ) -> None:
        self.clock = clock or HandClock()
        self.store = store or MemoryStore()
        self.shelf = Shelf()
        self.config = config(models=models)
        self.board = Board(self.config)
        self.asked: list[tuple[float, str, tuple[str, ...]]] = []
        self.answer: Callable[[str], str] = lambda _name: "ok"
        self.watch = ToolWatch(
            config=self.config,
            board=self.board,
            store=self.store,
            runner=self._suite,
            titles=TITLES,
            abilities=frozenset(),
            shelf=self.shelf,
            clock=self.clock,
        )

    async def begin(self) -> "World":
        await self.board.load(self.store, self.clock.now_ms())
        await self.watch.load()
        return self

    async def run_for(self, hours: float) -> None:
        """The watch at work until the clock, which moves whenever it sleeps, has passed so many hours."""
        until_s = self.clock.elapsed_s + hours * HOUR_S
        running = asyncio.ensure_future(self.watch.run())
        while self.clock.elapsed_s < until_s:  # noqa: ASYNC110 - the clock is moved by whoever sleeps
            await asyncio.sleep(0)
        running.cancel()

    def tools(self, key: str = KEY) -> Mapping[str, object] | None:
        found = model_object(self.board.model(key, self.clock.now_ms()))["tools"]
        assert found is None or isinstance(found, Mapping)
        return found

    async def _suite(self, key: str, kind: ProbeKind, cases: tuple[str, ...] = ()) -> Sample:
        assert kind is ProbeKind.TOOLS
        self.asked.append((self.clock.elapsed_s, key, cases))
        results = []
        for name in cases or TITLES:
            said = self.answer(name)
            passed = None if said == "excluded" else said == "ok"
            results.append(CaseResult(name=name, passed=passed, class_name="rate_limited" if passed is None else said))
        return Sample(model=key, at_ms=self.clock.now_ms(), probe=kind, class_name="ok", fault=Fault.NONE, cases=tuple(results))


async def test_it_is_unproven_until_something_is_proven_and_absent_where_tools_are_not_tested() -> None:
    world = await World().begin()
    assert world.tools() == {"state": "unproven", "passed": 0, "samples": 0, "low": 0.0}
    assert world.tools("moonshot/kimi-k2.6") is None
    await world.watch.test(KEY)
    assert world.tools() == {"state": "unproven", "passed": 10, "samples": 10, "low": 0.722}
    await world.watch.test(KEY)
    assert world.tools() == {"state": "likely", "passed": 20, "samples": 20, "low": 0.839}
    assert world.shelf.told.count(KEY) == 3


async def test_it_tests_hourly_for_two_days_and_then_every_six_hours() -> None:
    world = await World().begin()
    await world.run_for(72)
    assert {key for _, key, _ in world.asked} == {KEY}
    hours = [round(at / HOUR_S) for at, _, _ in world.asked]
    assert hours[:49] == list(range(49))
    assert hours[49:] in ([54, 60, 66], [54, 60, 66, 72])


async def test_its_light_survives_a_restart() -> None:
    world = await World().begin()
    await world.run_for(4.5)
    again = await World(world.store, world.clock).begin()
    assert again.tools() == world.tools()
    await again.run_for(0.2)
    assert again.asked == []


async def test_its_light_survives_another_name_of_its_model() -> None:
    world = await World().begin()
    await world.watch.test(KEY)
    renamed = model("kimi-k4", probes=BOTH, aliases=(KEY,))
    again = await World(world.store, world.clock, [renamed]).begin()
    assert again.tools("moonshot/kimi-k4") == world.tools()
    await again.watch.test("moonshot/kimi-k4")
    once_more = await World(world.store, world.clock, [renamed]).begin()
    assert once_more.tools("moonshot/kimi-k4") == again.tools("moonshot/kimi-k4")


async def test_what_is_kept_and_cannot_be_read_is_begun_anew() -> None:
    world = World()
    await world.store.note(TOPIC, KEY, b"nonsense")
    await world.begin()
    assert world.tools() == {"state": "unproven", "passed": 0, "samples": 0, "low": 0.0}


async def test_a_failure_is_repeated_five_times_and_counts_for_its_case_alone() -> None:
    world = await World().begin()
    world.answer = lambda name: "calls_collapsed" if name == "case3" else "ok"
    await world.run_for(0.1)
    assert [cases for _, _, cases in world.asked] == [(), *[("case3",)] * 5]
    view = world.board.model(KEY, world.clock.now_ms()).tools
    assert view is not None
    assert (view.passed, view.samples) == (9, 10)
    assert [(case.passed, case.samples, case.class_name) for case in view.cases if case.name == "case3"] == [
        (0, 6, "calls_collapsed")
    ]
    assert await world.watch.test(KEY) == ()


async def test_a_burst_keeps_no_other_model_waiting() -> None:
    world = await World(models=(model(probes=BOTH), model("kimi-k2.6", probes=BOTH))).begin()
    world.answer = lambda name: "calls_collapsed" if name == "case3" else "ok"
    await world.run_for(0.1)
    assert [(key, cases) for _, key, cases in world.asked[:2]] == [(KEY, ()), ("moonshot/kimi-k2.6", ())]


async def test_our_own_faults_prove_nothing_and_are_tried_again_after_half_an_hour() -> None:
    world = await World().begin()
    world.answer = lambda _name: "excluded"
    await world.run_for(1.2)
    assert [round(at / 60) for at, _, _ in world.asked] == [0, 30, 60]
    assert world.tools() == {"state": "unproven", "passed": 0, "samples": 0, "low": 0.0}
    assert await world.store.noted(TOPIC) == {}


async def test_a_vendor_that_is_down_says_nothing_about_its_tools() -> None:
    world = await World().begin()
    world.answer = lambda _name: "engine_overloaded"
    await world.watch.test(KEY)
    assert world.tools() == {"state": "unproven", "passed": 0, "samples": 0, "low": 0.0}


async def test_it_never_touches_the_status() -> None:
    world = await World().begin()
    world.answer = lambda _name: "missing_call"
    for _ in range(3):
        await world.watch.test(KEY)
    view = world.board.model(KEY, world.clock.now_ms())
    assert (view.status, view.uptime["24h"].samples) == (Status.NO_DATA, 0)
    assert view.tools is not None
    assert view.tools.state == "failing"


async def test_a_light_goes_out_when_nothing_was_proven_for_seven_days() -> None:
    world = await World().begin()
    await world.watch.test(KEY)
    world.answer = lambda _name: "excluded"
    world.clock.elapsed_s += 8 * 24 * HOUR_S
    await world.run_for(0.1)
    assert world.tools() == {"state": "unproven", "passed": 0, "samples": 0, "low": 0.0}


async def test_a_retired_model_is_not_tested() -> None:
    world = await World().begin()
    entry = world.board.entry(KEY)
    entry.state = msgspec.structs.replace(entry.state, status=Status.RETIRED, since_ms=world.clock.now_ms())
    await world.run_for(3)
    assert world.asked == []


async def test_what_could_not_be_stored_is_not_shown() -> None:
    class Broken(MemoryStore):
        async def note(self, topic: str, subject: str, body: bytes) -> None:
            raise StorageError("the disk is full")

    world = await World(Broken()).begin()
    await world.watch.test(KEY)
    assert world.tools() == {"state": "unproven", "passed": 0, "samples": 0, "low": 0.0}


async def test_the_status_of_a_model_with_tools_alone_is_asked_by_chat() -> None:
    world = await World().begin()
    alone = World()
    alone.board = Board(config(models=(model(probes=(ProbeKind.TOOLS,)),)))
    await alone.board.load(alone.store, alone.clock.now_ms())
    assert alone.board.entry(KEY).verdict_probe is ProbeKind.CHAT
    assert world.board.entry(KEY).verdict_probe is ProbeKind.CHAT
