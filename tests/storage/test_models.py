"""Models, aliases and vantages in the database."""

import logging

import pytest

from statuspage.domain.ports import WatchedModel
from statuspage.storage.store import SqlStore
from tests.storage.world import KEY, NOW_MS, OTHER, check, good, watched


async def test_it_says_which_histories_it_could_not_join(sql_store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    await sql_store.watch(watched(KEY, OTHER), NOW_MS)
    with caplog.at_level(logging.WARNING):
        await sql_store.watch([WatchedModel(key=KEY, interval_s=300, aliases=(OTHER,))], NOW_MS)
    assert [KEY in line and OTHER in line for line in caplog.messages] == [True]


async def test_it_knows_more_models_than_one_statement_can_name(sql_store: SqlStore) -> None:
    keys = [f"vendor/model-{number}" for number in range(1100)]
    known = await sql_store.watch(watched(*keys), NOW_MS)
    assert list(known) == keys
    await sql_store.record(check(good(NOW_MS, keys[-1])))
    assert set(await sql_store.past(keys, 0, 0)) == set(keys)
    recent = await sql_store.recent(keys, 5)
    assert [key for key in keys if recent[key]] == [keys[-1]]


async def test_it_gives_a_number_once(sql_store: SqlStore) -> None:
    await sql_store.watch(watched(KEY), NOW_MS)
    await sql_store.watch(watched(OTHER), NOW_MS)
    await sql_store.record(check(good(NOW_MS, OTHER)))
    assert [one.id for one in await sql_store.samples(OTHER, 0, NOW_MS * 2, 9)] == [f"2-{NOW_MS}"]


async def test_it_remembers_from_where_each_sample_was_taken(url: str) -> None:
    for step, vantage in enumerate(("local", "frankfurt", "local")):
        store = SqlStore(url, vantage=vantage)
        await store.open()
        await store.watch(watched(KEY), NOW_MS)
        await store.record(check(good(NOW_MS + step)))
        stored = await store.samples(KEY, 0, NOW_MS * 2, 9)
        assert [one.vantage for one in stored] == ["local", "frankfurt", "local"][: step + 1]
        await store.close()
