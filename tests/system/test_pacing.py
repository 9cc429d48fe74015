"""Our own ceiling for an account holds, however many models and bursts there are."""

import asyncio
import time
from itertools import pairwise
from pathlib import Path

from tests.system.outside import Upstream, config, serving, until
from tests.wire import request_of, response


def test_sixty_a_minute_is_never_more_than_one_a_second(tmp_path: Path, upstream: Upstream) -> None:
    asked: list[float] = []

    async def counts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        asked.append(time.monotonic())
        writer.write(response(500, {"error": {"message": "no"}}))
        await writer.drain()

    models = [f"m{number}" for number in range(5)]
    account = {"vendor": "openai-compatible", "base_url": upstream.misbehaving(counts), "rpm": 60, "models": models}
    with serving(config(tmp_path, upstream, {"paced": account})):
        assert until(lambda: len(asked) >= 4)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert min(gaps) > 0.9, gaps
    assert len(asked) <= asked[-1] - asked[0] + 1.1
