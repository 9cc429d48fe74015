"""One check: asked, judged, stored, told; and what happens when a part of that fails."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from statuspage.domain.errors import StorageError
from statuspage.domain.ports import CheckRecord, Past
from statuspage.domain.sample import Sample
from statuspage.domain.words import Fault, Kind, ProbeKind, Status
from statuspage.service.check import Checker, Prober
from statuspage.service.seats import AccountLimit, Seats
from statuspage.service.selfcheck import SelfCheck
from statuspage.storage.memory import MemoryStore
from tests.service.world import World, config, model

KEY = "moonshot/kimi-k3"


class Store(MemoryStore):
    """Remembers what was recorded; refuses to write or to read when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[CheckRecord] = []
        self.writes = True
        self.reads = True

    async def record(self, check: CheckRecord) -> int:
        if not self.writes:
            raise StorageError("The database is full.")
        self.records.append(check)
        return await super().record(check)

    async def past(self, keys: Sequence[str], hours_from_ms: int, days_from_ms: int) -> dict[str, Past]:
        if not self.reads:
            raise StorageError("The database is locked.")
        return await super().past(keys, hours_from_ms, days_from_ms)

    @property
    def kinds(self) -> list[Kind]:
        return [check.sample.kind for check in self.records]


@pytest.fixture
def store() -> Store:
    return Store()


async def test_a_good_answer_is_one_sample(store: Store) -> None:
    world = await World(store=store).begin()
    await world.check("ok")
    assert store.kinds == [Kind.SCHEDULED]
    assert world.view().status is Status.OPERATIONAL
    assert world.shelf.told == [KEY]


async def test_a_failure_is_asked_again_until_it_is_sure(store: Store) -> None:
    world = await World(store=store).begin()
    await world.check("ok")
    await world.check("server_error")
    assert store.kinds[1] is Kind.SCHEDULED
    assert store.kinds[2:] == [Kind.CONFIRM] * len(store.kinds[2:])
    assert 2 <= len(store.kinds[2:]) <= 4
    assert world.view().status is Status.MAJOR_OUTAGE
    times = [check.sample.at_ms for check in store.records[1:]]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 20_000


async def test_what_could_not_be_stored_did_not_happen(store: Store) -> None:
    world = await World(store=store).begin()
    await world.check("ok", times=3)
    before, told = world.view(), list(world.shelf.told)
    store.writes = False
    with capture_logs() as said:
        await world.check("server_error")
    assert (world.view().status, world.view().checked_at_ms) == (before.status, before.checked_at_ms)
    assert world.shelf.told == told
    assert [line["error"] for line in said] == ["The database is full."]
    store.writes = True
    await world.check("ok")
    assert world.view().checked_at_ms != before.checked_at_ms


async def test_hours_that_cannot_be_read_anew_cost_no_verdict(store: Store) -> None:
    world = await World(store=store).begin()
    await world.check("ok")
    world.clock.elapsed_s += 3600
    store.reads = False
    with capture_logs() as said:
        await world.check("server_error")
    assert world.view().status is Status.MAJOR_OUTAGE
    assert world.shelf.told[-1] == KEY
    assert "The database is locked." in [line["error"] for line in said]


async def test_a_stop_ends_a_burst_between_two_probes(store: Store) -> None:
    world = await World(store=store).begin()
    await world.check("ok")
    stopping = asyncio.Event()
    stopping.set()

    async def fails(key: str, kind: ProbeKind) -> Sample:
        return Sample(model=key, at_ms=world.clock.now_ms(), probe=kind, class_name="server_error", fault=Fault.PROVIDER)

    await _checker(world, store, stopping, fails).check(KEY)
    assert store.kinds == [Kind.SCHEDULED, Kind.SCHEDULED]


async def test_a_probe_that_hangs_is_our_own_fault(store: Store) -> None:
    world = await World(config((model(timeout_s=-4.98),)), store=store).begin()

    async def hangs(key: str, kind: ProbeKind) -> Sample:
        await asyncio.Event().wait()
        raise AssertionError

    await _checker(world, store, asyncio.Event(), hangs).check(KEY)
    sample = store.records[0].sample
    assert (sample.class_name, sample.fault.value) == ("loop_stalled", "monitor")
    assert world.view().status is Status.NO_DATA


def _checker(world: World, store: Store, stopping: asyncio.Event, prober: Prober) -> Checker:
    async def reach(_url: str) -> str | None:
        return None

    return Checker(
        board=world.board,
        store=store,
        prober=prober,
        seats=Seats([AccountLimit(provider="moonshot")], 10, world.clock),
        selfcheck=SelfCheck(world.clock, (), reach),
        shelf=world.shelf,
        clock=world.clock,
        stopping=stopping,
    )
