"""Several writers at once lose nothing, and readers see whole checks."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from statuspage.domain.errors import StorageError
from statuspage.domain.state import ModelState
from statuspage.domain.words import Status
from statuspage.storage.dialect import dialect_of
from statuspage.storage.engine import Database
from statuspage.storage.migrate import migrate
from statuspage.storage.store import SqlStore
from statuspage.storage.tables import revision
from tests.storage.world import HOUR_MS, KEY, NOW_MS, bucket, check, good, watched


async def test_it_keeps_all_of_forty_increments_by_four_writers(url: str) -> None:
    await migrate(url)
    databases = [Database(*dialect_of(url)) for _ in range(4)]

    async def increment(database: Database) -> None:
        for _ in range(10):
            async with database.writing() as connection:
                number = (await connection.execute(select(revision.c.number))).scalar_one()
                await asyncio.sleep(0)
                await connection.execute(update(revision).values(number=number + 1))

    await asyncio.gather(*map(increment, databases))
    async with databases[0].reading() as connection:
        assert (await connection.execute(select(revision.c.number))).scalar_one() == 40
    await asyncio.gather(*(database.close() for database in databases))


async def test_it_counts_the_checks_of_two_stores_together(url: str) -> None:
    stores = [SqlStore(url, gather_s=0) for _ in range(2)]
    for store in stores:
        await store.open()
        await store.watch(watched(KEY), NOW_MS)
    checks = [check(good(NOW_MS + step)) for step in range(40)]
    revisions = await asyncio.gather(*(stores[step % 2].record(one) for step, one in enumerate(checks)))
    assert sorted(revisions) == list(range(1, 41))
    assert len(await stores[0].samples(KEY, 0, NOW_MS * 2, 100)) == 40
    await asyncio.gather(*(store.close() for store in stores))


async def test_it_cannot_write_through_a_reader(sql_store: SqlStore) -> None:
    with pytest.raises(StorageError, match="read-only"):
        async with sql_store._database.reading() as connection:
            await connection.execute(text("DELETE FROM models"))


async def test_it_shows_a_check_whole_or_not_at_all(sql_store: SqlStore) -> None:
    await sql_store.watch(watched(KEY), NOW_MS)
    torn = []

    async def write() -> None:
        for step in range(30):
            hour = bucket(NOW_MS // HOUR_MS * HOUR_MS, judged=step + 1)
            await sql_store.record(check(good(NOW_MS + step), hours=(hour,)))

    async def read() -> None:
        while True:
            async with sql_store._database.reading() as connection:
                samples = (await connection.execute(text("SELECT count(*) FROM samples"))).scalar_one()
                judged = (await connection.execute(text("SELECT coalesce(sum(judged), 0) FROM hours"))).scalar_one()
            if samples != judged:
                torn.append((samples, judged))

    readers = [asyncio.create_task(read()) for _ in range(3)]
    await write()
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    assert torn == []


_LOAD = """
import asyncio, sys
from statuspage.domain.state import ModelState
from statuspage.domain.words import Status
from statuspage.storage.store import SqlStore
from tests.storage.world import KEY, NOW_MS, check, good, watched

async def main():
    store = SqlStore(sys.argv[1])
    await store.open()
    await store.watch(watched(KEY), NOW_MS)

    async def write(lane):
        for step in range(10_000):
            at_ms = NOW_MS + step * 10 + lane
            await store.record(check(good(at_ms), ModelState(status=Status.OPERATIONAL, checked_at_ms=at_ms)))
            print(at_ms, flush=True)

    await asyncio.gather(*map(write, range(5)))

asyncio.run(main())
"""


async def test_it_keeps_what_it_acknowledged_when_it_is_killed(url: str, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _LOAD, url, stdout=subprocess.PIPE)
    assert process.stdout is not None
    acknowledged = [int(await process.stdout.readline()) for _ in range(100)]
    process.kill()
    acknowledged += [int(line) for line in (await process.stdout.read()).split(b"\n")[:-1]]
    await process.wait()
    assert (tmp_path / "statuspage.db-wal").stat().st_size > 0

    store = SqlStore(url)
    await store.open()
    known = (await store.watch(watched(KEY), NOW_MS))[KEY]
    stored = {one.sample.at_ms for one in await store.samples(KEY, 0, NOW_MS * 2, 100_000)}
    assert set(acknowledged) <= stored
    assert known.state is not None
    assert known.state.status is Status.OPERATIONAL
    assert known.state.checked_at_ms in stored
    assert await store.record(check(good(NOW_MS - 1), ModelState())) == len(stored) + 1
    await store.close()
