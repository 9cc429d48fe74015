"""Group commit: together when they arrive together, each answered after the commit, none failed by its neighbour."""

import asyncio
from collections.abc import Sequence

import msgspec
import pytest

from statuspage.domain.errors import DatabaseUnavailableError, StorageError
from statuspage.storage.store import SqlStore
from statuspage.storage.writer import AT_MOST, GroupCommit
from tests.storage.world import KEY, NOW_MS, bucket, check, good, watched


class Ledger:
    """Commits numbers; a commit waits at the gate, odd things happen to odd numbers."""

    def __init__(self, *, open_gate: bool = True) -> None:
        self.groups: list[list[int]] = []
        self.gate = asyncio.Event()
        self.begun = asyncio.Event()
        if open_gate:
            self.gate.set()

    async def commit(self, items: Sequence[int]) -> Sequence[int]:
        self.groups.append(list(items))
        self.begun.set()
        await self.gate.wait()
        if 13 in items:
            raise StorageError("Thirteen is refused.")
        if 99 in items:
            raise DatabaseUnavailableError("The disk is full.")
        if 66 in items:
            raise RuntimeError("a mistake of ours")
        return [item * 10 for item in items]


async def test_it_commits_a_lone_item_at_once() -> None:
    ledger = Ledger()
    group = GroupCommit(ledger.commit, gather_s=3600)
    assert await group.submit(1) == 10
    await group.drain()
    assert ledger.groups == [[1]]


async def test_it_commits_together_what_arrives_during_a_commit() -> None:
    ledger = Ledger(open_gate=False)
    group = GroupCommit(ledger.commit, gather_s=0)
    first = asyncio.create_task(group.submit(1))
    await ledger.begun.wait()
    rest = [asyncio.create_task(group.submit(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    assert not first.done()
    ledger.gate.set()
    assert await asyncio.gather(first, *rest) == [10, 20, 30, 40]
    assert ledger.groups == [[1], [2, 3, 4]]


async def test_it_gathers_for_a_moment_under_load() -> None:
    ledger = Ledger()
    group = GroupCommit(ledger.commit, gather_s=0.005)
    await group.submit(1)
    await asyncio.gather(*map(group.submit, (2, 3)))
    assert ledger.groups == [[1], [2, 3]]


async def test_it_bounds_a_group() -> None:
    ledger = Ledger()
    group = GroupCommit(ledger.commit, gather_s=0)
    numbers = range(1000, 1000 + AT_MOST * 2 + 1)
    assert await asyncio.gather(*map(group.submit, numbers)) == [number * 10 for number in numbers]
    assert list(map(len, ledger.groups)) == [AT_MOST, AT_MOST, 1]


async def test_it_fails_only_the_item_that_is_refused() -> None:
    ledger = Ledger()
    group = GroupCommit(ledger.commit, gather_s=0)
    answers = await asyncio.gather(*map(group.submit, (12, 13, 14)), return_exceptions=True)
    assert (answers[0], answers[2]) == (120, 140)
    assert isinstance(answers[1], StorageError)
    assert ledger.groups == [[12, 13, 14], [12], [13], [14]]


async def test_it_fails_the_whole_group_at_once_when_nothing_can_be_written() -> None:
    ledger = Ledger()
    group = GroupCommit(ledger.commit, gather_s=0)
    answers = await asyncio.gather(*map(group.submit, (98, 99)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [DatabaseUnavailableError, DatabaseUnavailableError]
    assert ledger.groups == [[98, 99]]
    assert await group.submit(1) == 10


async def test_it_leaves_nobody_waiting_when_the_commit_itself_is_mistaken() -> None:
    group = GroupCommit(Ledger().commit, gather_s=0)
    with pytest.raises(RuntimeError):
        await group.submit(66)
    assert await group.submit(1) == 10


async def test_it_commits_what_was_submitted_by_somebody_who_left() -> None:
    ledger = Ledger(open_gate=False)
    group = GroupCommit(ledger.commit, gather_s=0)
    impatient, patient = asyncio.create_task(group.submit(1)), asyncio.create_task(group.submit(2))
    await ledger.begun.wait()
    impatient.cancel()
    ledger.gate.set()
    assert await patient == 20
    assert ledger.groups == [[1, 2]]


async def test_it_drains_before_the_store_closes(url: str) -> None:
    store = SqlStore(url, gather_s=0.01)
    await store.open()
    await store.watch(watched(KEY), NOW_MS)
    await store.record(check(good()))
    writing = [asyncio.create_task(store.record(check(good(NOW_MS + step)))) for step in range(1, 20)]
    await asyncio.sleep(0)
    assert store._checks.busy
    await store.close()
    assert await asyncio.gather(*writing) == list(range(2, 21))
    await store.open()
    assert len(await store.samples(KEY, 0, NOW_MS * 2, 99)) == 20
    await store.close()


async def test_it_stores_the_neighbours_of_a_check_that_the_database_refuses(sql_store: SqlStore) -> None:
    await sql_store.watch(watched(KEY), NOW_MS)
    too_large = msgspec.structs.replace(bucket(NOW_MS), judged=2**70)
    broken_text = msgspec.structs.replace(good(NOW_MS + 1), request_id="\ud800")
    checks = [check(good()), check(good(NOW_MS + 2), hours=(too_large,)), check(broken_text), check(good(NOW_MS + 3))]
    answers = await asyncio.gather(*map(sql_store.record, checks), return_exceptions=True)
    assert [type(answer) for answer in answers] == [int, StorageError, StorageError, int]
    assert [one.sample.at_ms - NOW_MS for one in await sql_store.samples(KEY, 0, NOW_MS * 2, 9)] == [0, 3]


@pytest.mark.parametrize(
    ("pragma", "sentence"), [("query_only=ON", "read-only"), ("max_page_count=1", "the disk is full")], ids=["read-only", "full"]
)
async def test_it_says_in_one_sentence_that_nothing_can_be_written(sql_store: SqlStore, pragma: str, sentence: str) -> None:
    await sql_store.watch(watched(KEY), NOW_MS)
    async with sql_store._database._writer.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.execute(f"PRAGMA {pragma}")
    long = msgspec.structs.replace(good(), evidence="x" * 50_000)
    answers = await asyncio.gather(sql_store.record(check(long)), sql_store.record(check(good())), return_exceptions=True)
    for answer in answers:
        assert isinstance(answer, DatabaseUnavailableError)
        assert sentence in str(answer)
    assert await sql_store.samples(KEY, 0, NOW_MS * 2, 9) == ()
