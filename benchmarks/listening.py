"""Thousands of clients on the stream of events: memory and CPU for each, and how long the last one waits for the news."""

import asyncio
import resource
import time
from collections.abc import Iterator
from statistics import median
from urllib.parse import urlsplit

import uvloop

from benchmarks.processes import cpu_s, rss_mib
from benchmarks.row import Row

LISTENERS = 5_000
EVENTS = 4
_ASKED = b"GET /api/v1/events HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n"
_AT_ONCE = 200
_PATIENCE_S = 120


class _Listener(asyncio.Protocol):
    """Notes when it hears an event."""

    def __init__(self) -> None:
        self.heard_at_s: list[float] = []
        self._transport: asyncio.Transport | None = None

    async def connect(self, host: str, port: int) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, host, port)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP
        self._transport = transport  # uvloop closes what nobody holds
        transport.write(_ASKED)

    def data_received(self, data: bytes) -> None:
        if b"event: " in data:
            self.heard_at_s.append(time.monotonic())


async def _until_all_heard(listeners: list[_Listener], count: int) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while min(len(each.heard_at_s) for each in listeners) < count:  # noqa: ASYNC110 - one look for all of them
            await asyncio.sleep(0.05)


async def _listen(pid: int, url: str) -> tuple[float, list[float], list[float]]:
    """Memory of each listener in kB; CPU in µs and delay of the last listener in ms, an event each."""
    host, port = urlsplit(url).hostname or "", urlsplit(url).port or 80
    empty_mib = rss_mib(pid)
    listeners = [_Listener() for _ in range(LISTENERS)]
    for first in range(0, LISTENERS, _AT_ONCE):
        some = listeners[first : first + _AT_ONCE]
        await asyncio.gather(*(each.connect(host, port) for each in some))
    await _until_all_heard(listeners, 1)
    kilobytes = (rss_mib(pid) - empty_mib) * 1048.576 / LISTENERS
    for each in listeners:
        each.heard_at_s.clear()
    spent_us, late_ms = [], []
    for event in range(1, EVENTS + 1):
        before_s = cpu_s(pid)
        await _until_all_heard(listeners, event)
        spent_us.append((cpu_s(pid) - before_s) * 1e6 / LISTENERS)
        moments = [each.heard_at_s[event - 1] for each in listeners]
        late_ms.append((max(moments) - min(moments)) * 1000)
    return kilobytes, spent_us, late_ms


def listening_rows(pid: int, url: str) -> Iterator[Row]:
    """Listens to a server that is at work, with as many connections as it should bear."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        kilobytes, spent_us, late_ms = runner.run(_listen(pid, url))
    name = f"{LISTENERS:,} listeners"
    yield Row(name=f"{name}, memory of each", value=kilobytes, unit="kB", goal=20)
    note = "with all else that the server does meanwhile"
    yield Row(name=f"{name}, an event to each", value=median(spent_us), unit="µs CPU", goal=60, rounds=tuple(spent_us), note=note)
    yield Row(name=f"{name}, the last hears it", value=median(late_ms), unit="ms later", goal=250, rounds=tuple(late_ms))
