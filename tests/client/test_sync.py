"""Without an event loop of one's own, and inside of one."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from statuspage.client import ChatError, Done, Provider, Secret, SyncChain, Text
from tests.client.world import K26, KEY
from tests.system.outside import Upstream


@pytest.fixture
def zoo() -> Iterator[Upstream]:
    with Upstream() as upstream:
        yield upstream


def chain(upstream: Upstream) -> SyncChain:
    provider = Provider(vendor="moonshot", base_url=upstream.url("moonshot"), api_key=Secret(KEY), allow_private=True)
    return SyncChain([K26], providers={"moonshot": provider})


def test_it_chats_and_streams(zoo: Upstream) -> None:
    with chain(zoo) as made:
        reply = made.chat("Say hello.", max_output_tokens=500)
        events = list(made.stream("Say hello.", max_output_tokens=500))
    assert reply.model == K26
    done = events[-1]
    assert isinstance(done, Done)
    assert "".join(event.text for event in events if isinstance(event, Text)) == done.reply.text


def test_failures_are_raised_where_it_was_asked(zoo: Upstream) -> None:
    zoo.do(lambda animals: animals.play(K26, "quota_exhausted"))
    with chain(zoo) as made, pytest.raises(ChatError, match="our quota is used up"):
        made.chat("Say hello.")


async def test_it_works_inside_a_running_loop(zoo: Upstream) -> None:
    assert asyncio.get_running_loop().is_running()
    with chain(zoo) as made:
        assert made.chat("Say hello.").model == K26


def test_several_threads_share_one_chain(zoo: Upstream) -> None:
    models: list[str] = []
    with chain(zoo) as made:
        threads = [threading.Thread(target=lambda: models.append(made.chat("Say hello.").model)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert models == [K26] * 8


def test_leaving_a_stream_early_hangs_up(zoo: Upstream) -> None:
    with chain(zoo) as made:
        events = made.stream("Say hello.", max_output_tokens=500)
        next(event for event in events if isinstance(event, Text))
        events.close()  # type: ignore[attr-defined]  # a generator
        assert made.chat("Once more.").model == K26
