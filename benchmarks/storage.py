"""Bytes per sample and CPU per record, measured on the real insert path; prints one JSON document.

`python -m benchmarks.storage [--models 20] [--days 30]`
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from statuspage.domain.ports import CheckRecord, WatchedModel
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample, Timings, Tokens
from statuspage.domain.state import ModelState
from statuspage.domain.window import Mark
from statuspage.domain.words import Fault, Phase, ProbeKind, Retry, Status
from statuspage.storage.store import SqlStore

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
INTERVAL_MS = 300_000
START_MS = 1_780_000_000_000 // DAY_MS * DAY_MS
BASE_ERROR_RATE = 0.005


class World:
    """Models whose latencies are log-normal and whose errors are independent; the same seed, the same samples."""

    def __init__(self, models: int, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self.keys = [f"vendor-{number % 5}/model-{number}" for number in range(models)]
        self._offset = {key: self._random.randrange(INTERVAL_MS) for key in self.keys}
        self._median = {key: self._random.uniform(300, 2000) for key in self.keys}
        self._hours: dict[str, Bucket] = {}
        self._days: dict[str, Bucket] = {}
        marks = tuple(Mark(START_MS + step * INTERVAL_MS, 0) for step in range(12))
        self._state = ModelState(status=Status.OPERATIONAL, window=marks, recent=marks)
        self.in_turn = sorted(self.keys, key=lambda key: self._offset[key])

    def sample(self, key: str, start_ms: int) -> Sample:
        """One probe of a model in the interval that begins then."""
        draw = self._random
        at_ms = start_ms + self._offset[key] + draw.randrange(40)
        first_content = self._median[key] * draw.lognormvariate(0, 0.4)
        if draw.random() < BASE_ERROR_RATE:
            return Sample(
                model=key,
                at_ms=at_ms,
                probe=ProbeKind.CHAT,
                class_name="server_error",
                fault=Fault.PROVIDER,
                retry=Retry.BACKOFF,
                http_status=503,
                error_type="server_error",
                phase=Phase.HEADERS,
                message="The vendor answered 503.",
                evidence='{"error":{"message":"The server had an error while processing your request","type":"server_error"}}',
                timings_ms=Timings(resolve=1.2, connect=12.5, tls=31.0, headers=90.2, total=91.0),
                request_id=f"req_{draw.getrandbits(96):024x}",
            )
        return Sample(
            model=key,
            at_ms=at_ms,
            probe=ProbeKind.CHAT,
            class_name="ok",
            fault=Fault.NONE,
            http_status=200,
            phase=Phase.DONE,
            timings_ms=Timings(
                resolve=1.2,
                connect=10 + draw.random() * 5,
                tls=30 + draw.random() * 9,
                headers=first_content - 5,
                first_event=first_content - 3,
                first_content=first_content,
                total=first_content + draw.uniform(100, 900),
                max_gap=draw.uniform(20, 60),
            ),
            tokens=Tokens(input=9, output=draw.randrange(1, 4), reasoning=draw.choice((0, draw.randrange(5, 16)))),
            cost_usd=0.0000213 + draw.randrange(4) * 1e-6,
            served_model=key.partition("/")[2],
            request_id=f"chatcmpl-{draw.getrandbits(96):024x}",
        )

    def check(self, sample: Sample) -> CheckRecord:
        """The sample with the hour and the day it belongs to."""
        hour = _counted(self._hours, sample, HOUR_MS)
        day = _counted(self._days, sample, DAY_MS)
        return CheckRecord(sample=sample, state=self._state, hours=(hour,), days=(day,))


def _counted(buckets: dict[str, Bucket], sample: Sample, span_ms: int) -> Bucket:
    start_ms = sample.at_ms // span_ms * span_ms
    bucket = buckets.get(sample.model)
    if bucket is None or bucket.start_ms != start_ms:
        bucket = buckets[sample.model] = Bucket(start_ms=start_ms)
    bucket.judged += 1
    if sample.class_name == "ok":
        bucket.first_content_ms.add(sample.timings_ms.first_content or 0)
        bucket.total_ms.add(sample.timings_ms.total or 0)
    else:
        bucket.failed += 1
        bucket.classes[sample.class_name] = bucket.classes.get(sample.class_name, 0) + 1
    bucket.cost_usd += sample.cost_usd or 0
    return bucket


async def write(store: SqlStore, world: World, days: int) -> int:
    """The real path: every interval all models in the order of time, once an hour the retention; returns the samples."""
    written = 0
    for start_ms in range(START_MS, START_MS + days * DAY_MS, INTERVAL_MS):
        checks = [world.check(world.sample(key, start_ms)) for key in world.in_turn]
        await asyncio.gather(*(store.record(check) for check in checks))
        written += len(checks)
        if start_ms % HOUR_MS == 0:
            while await store.prune(start_ms - 90 * DAY_MS, start_ms - 400 * DAY_MS, None):
                pass
    return written


async def cpu_ms(repeats: int, work: Callable[[int], Awaitable[object]]) -> float:
    """CPU milliseconds of one repetition, all threads of the process."""
    before = time.process_time()
    for turn in range(repeats):
        await work(turn)
    return (time.process_time() - before) * 1000 / repeats


def ready_checks(world: World, start_ms: int, count: int) -> Iterator[CheckRecord]:
    """Checks made beforehand, so that only storing them is measured."""
    for number in range(count):
        key = world.keys[number % len(world.keys)]
        yield world.check(world.sample(key, start_ms + number // len(world.keys) * INTERVAL_MS))


async def measure(folder: Path, models: int, days: int) -> dict[str, object]:
    """Every figure."""
    path = folder / "statuspage.db"
    world = World(models)
    watched = [WatchedModel(key=key, interval_s=INTERVAL_MS / 1000) for key in world.keys]
    store = SqlStore(f"sqlite+aiosqlite:///{path}", gather_s=0)
    await store.open()
    await store.watch(watched, START_MS)
    before = time.process_time()
    samples = await write(store, world, days)
    path_ms = (time.process_time() - before) * 1000 / samples
    await store.close()
    size = path.stat().st_size
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()

    await store.open()
    await store.watch(watched, START_MS)
    end_ms = START_MS + days * DAY_MS
    lone = list(ready_checks(world, end_ms, 300))
    lone_ms = await cpu_ms(len(lone), lambda turn: store.record(lone[turn]))
    many = list(ready_checks(world, end_ms + DAY_MS, 2000))
    batch_ms = await cpu_ms(40, lambda turn: asyncio.gather(*map(store.record, many[turn * 50 : turn * 50 + 50]))) / 50
    page_ms = await cpu_ms(20, lambda _: store.past(world.keys, end_ms - DAY_MS, end_ms - 90 * DAY_MS))
    recent_ms = await cpu_ms(20, lambda _: store.recent(world.keys, 20))
    page_of_samples_ms = await cpu_ms(20, lambda _: store.samples(world.keys[0], START_MS + DAY_MS, end_ms, 100))
    await store.close()
    return {
        "models": models,
        "days": days,
        "samples": samples,
        "file_bytes": size,
        "bytes_per_sample": round(size / samples, 2),
        "bytes_per_sample_by_table": {name: round(bytes_ / samples, 2) for name, bytes_ in tables if bytes_ > samples / 20},
        "record_lone_cpu_ms": round(lone_ms, 3),
        "record_in_50_cpu_ms": round(batch_ms, 4),
        "record_and_retention_cpu_ms": round(path_ms, 4),
        "past_of_all_models_cpu_ms": round(page_ms, 2),
        "recent_of_all_models_cpu_ms": round(recent_ms, 2),
        "samples_page_of_100_cpu_ms": round(page_of_samples_ms, 2),
    }


def main() -> None:
    """Measures in a temporary folder and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=20)
    parser.add_argument("--days", type=int, default=30)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(measure(Path(folder), asked.models, asked.days))
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")


if __name__ == "__main__":
    main()
