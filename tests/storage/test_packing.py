"""Old rows go into packs, and nobody who reads can tell."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.errors import StorageError
from statuspage.domain.history import History
from statuspage.domain.ports import StoredSample
from statuspage.domain.words import Phase
from statuspage.storage.packs import Figures, merged, pack, unpack
from statuspage.storage.retention import ROWS_MS, SLICE
from statuspage.storage.store import SqlStore
from tests.storage.world import DAY_MS, HOUR_MS, KEY, NOW_MS, OTHER, bucket, check, failed, good, watched

figures = st.lists(
    st.tuples(
        st.integers(0, 2**41),
        st.integers(-(2**63), 2**63 - 1),
        st.none() | st.integers(0, 600),
        st.none() | st.binary(max_size=20),
        st.none(),
    ),
    min_size=1,
    unique_by=lambda row: row[0],
)


@given(figures, st.integers(0, 2**41))
def test_it_unpacks_what_was_packed(rows: list[Figures], start_ms: int) -> None:
    rows.sort()
    assert unpack(start_ms, pack(start_ms, rows)) == rows


def test_it_lets_the_newer_of_two_rows_count() -> None:
    old: list[Figures] = [(1, 10), (3, 30)]
    newer: list[Figures] = [(2, 20), (3, 31)]
    assert merged(old, newer) == [(1, 10), (2, 20), (3, 31)]


async def fill(store: SqlStore, hours: int = 60) -> None:
    """Two models, a sample an hour up to now: every seventh failed."""
    await store.watch(watched(KEY, OTHER), NOW_MS - hours * HOUR_MS)
    checks = []
    for key in (KEY, OTHER):
        for step in range(hours):
            at_ms = NOW_MS - step * HOUR_MS
            sample = failed(at_ms, key) if step % 7 == 0 else good(at_ms, key)
            whole = (bucket(at_ms // HOUR_MS * HOUR_MS, judged=step + 1),)
            checks.append(check(sample, hours=whole, days=whole))
    await asyncio.gather(*map(store.record, checks))


async def prune_all(store: SqlStore) -> int:
    gone = 0
    while rows := await store.prune(None, None, None):
        assert rows <= SLICE
        gone += rows
    return gone


def count(path: Path, question: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        answer: int = connection.execute(question).fetchone()[0]
        return answer


def figures_of(stored: Sequence[StoredSample]) -> list[tuple[object, ...]]:
    """All that the API's samples show, but for the request's id, which is evidence."""
    shown = ("at_ms", "kind", "judgement", "class_name", "fault", "http_status", "tokens", "cost_usd")
    return [
        (one.id, one.vantage, one.sample.timings_ms.first_content, one.sample.timings_ms.total, *attrgetter(*shown)(one.sample))
        for one in stored
    ]


async def test_it_reads_the_same_before_and_after(sql_store: SqlStore, tmp_path: Path) -> None:
    await fill(sql_store)
    spans = [(0, NOW_MS * 2, 1000), (NOW_MS - 50 * HOUR_MS, NOW_MS - 10 * HOUR_MS, 17), (NOW_MS - 40 * HOUR_MS, NOW_MS, 40)]
    before = [await sql_store.samples(KEY, *span) for span in spans]
    past = await sql_store.past([KEY, OTHER], NOW_MS - 55 * HOUR_MS, 0)
    assert await prune_all(sql_store) > 0
    assert count(tmp_path / "statuspage.db", "SELECT count(*) FROM sample_packs") > 0
    assert count(tmp_path / "statuspage.db", "SELECT count(*) FROM hour_packs") > 0
    after = [await sql_store.samples(KEY, *span) for span in spans]
    assert list(map(figures_of, after)) == list(map(figures_of, before))
    assert await sql_store.past([KEY, OTHER], NOW_MS - 55 * HOUR_MS, 0) == past


async def test_it_keeps_the_evidence_of_failures_and_of_the_last_day(sql_store: SqlStore) -> None:
    await fill(sql_store)
    await prune_all(sql_store)
    for one in await sql_store.samples(KEY, 0, NOW_MS * 2, 1000):
        at_ms = one.sample.at_ms
        if one.sample.class_name != "ok":
            assert one.sample == failed(at_ms)
        elif at_ms > NOW_MS - ROWS_MS:
            assert one.sample == good(at_ms)
        elif at_ms < NOW_MS - ROWS_MS - 6 * HOUR_MS:
            assert (one.sample.request_id, one.sample.phase, one.sample.timings_ms.connect) == (None, None, None)
    assert good(NOW_MS).phase is Phase.DONE


async def test_it_answers_the_newest_from_packs_where_rows_do_not_suffice(sql_store: SqlStore) -> None:
    await fill(sql_store)
    await prune_all(sql_store)
    recent = (await sql_store.recent([KEY], 58))[KEY]
    assert [one.sample.at_ms for one in recent] == [NOW_MS - step * HOUR_MS for step in range(58)]
    assert len((await sql_store.recent([KEY], 500))[KEY]) == 60


async def test_it_keeps_the_newest_hour_at_hand(sql_store: SqlStore) -> None:
    await fill(sql_store)
    newest = (await sql_store.watch(watched(KEY, OTHER), NOW_MS))[KEY].hour
    await prune_all(sql_store)
    assert newest is not None
    assert (await sql_store.watch(watched(KEY, OTHER), NOW_MS))[KEY].hour == newest


async def test_it_takes_late_samples_and_hours_into_their_packs(sql_store: SqlStore) -> None:
    await fill(sql_store)
    await prune_all(sql_store)
    late_ms = NOW_MS - 50 * HOUR_MS + 1
    again = bucket(late_ms // HOUR_MS * HOUR_MS, judged=40)
    await sql_store.record(check(failed(late_ms), hours=(again,)))
    for _ in ("as rows", "packed"):
        between = await sql_store.samples(KEY, late_ms - HOUR_MS, late_ms + HOUR_MS, 9)
        assert [one.sample.at_ms for one in between] == [late_ms - 1, late_ms, late_ms + HOUR_MS - 1]
        hours = (await sql_store.past([KEY], again.start_ms, 0))[KEY].hours
        assert hours[0] == again
        assert len(hours) == 51
        await prune_all(sql_store)


async def test_it_packs_a_fast_model_in_slices(sql_store: SqlStore) -> None:
    start_ms = NOW_MS - 2 * DAY_MS
    await sql_store.watch(watched(KEY), start_ms)
    times = [start_ms + step * 1000 for step in range(2 * SLICE + 100)]
    await asyncio.gather(*(sql_store.record(check(good(at_ms))) for at_ms in (*times, NOW_MS)))
    assert await sql_store.prune(None, None, None) == SLICE
    assert await prune_all(sql_store) == SLICE + 100
    assert [one.sample.at_ms for one in await sql_store.samples(KEY, 0, NOW_MS, 5000)] == times


async def test_it_says_that_a_damaged_pack_cannot_be_read(sql_store: SqlStore, tmp_path: Path) -> None:
    await fill(sql_store)
    await prune_all(sql_store)
    with closing(sqlite3.connect(tmp_path / "statuspage.db")) as connection, connection:
        connection.execute("UPDATE sample_packs SET data = x'00ff'")
    with pytest.raises(StorageError, match="restore a backup"):
        await sql_store.samples(KEY, 0, NOW_MS, 1000)


async def test_it_stays_within_thirty_bytes_a_sample(sql_store: SqlStore, tmp_path: Path) -> None:
    """A month of one model at five minutes, hours and days included; `benchmarks/storage.py` measures the real path."""
    start_ms = NOW_MS - 30 * DAY_MS
    times = range(start_ms, NOW_MS, 300_000)
    histories = [
        History(
            key=f"vendor/model-{number}",
            first_seen_ms=start_ms,
            interval_s=300,
            samples=(good(at_ms + number * 17 + at_ms % 97) for at_ms in times),
            hours=[bucket(at_ms) for at_ms in range(start_ms, NOW_MS, HOUR_MS)],
            days=[bucket(at_ms, judged=40) for at_ms in range(start_ms, NOW_MS, DAY_MS)],
        )
        for number in range(8)
    ]
    await sql_store.seed(histories)
    await sql_store.close()
    assert (tmp_path / "statuspage.db").stat().st_size <= 30 * len(times) * len(histories)
