"""The stream of events over real connections: what is read, who is dropped, how it ends."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from uvicorn.server import ServerState

from statuspage.render.encoded import Document
from statuspage.web import events
from statuspage.web.events import EventStreams
from statuspage.web.fast import FrontDoor
from statuspage.web.ready import quick_protocol
from tests.service.test_broadcast import K3, Station


class Shelf:
    """Nothing lies ready."""

    def __init__(self) -> None:
        self.documents: Mapping[str, Document] = {}
        self.fresh_until_s = float("inf")


class House:
    """A station whose listeners are connections."""

    def __init__(self, ping_s: float) -> None:
        self.station = Station()
        self.streams = EventStreams(self.station.broadcast, ping_s=ping_s)
        self.port = 0

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - a few turns of the loop later
                await asyncio.sleep(0.001)


async def _nothing(_scope: object, _receive: object, _send: object) -> None:
    raise AssertionError("nobody else is to be asked")


@asynccontextmanager
async def house(ping_s: float = 60.0) -> AsyncIterator[House]:
    """A server on loopback, uvicorn's protocol without its once-a-second loop."""
    made = House(ping_s)
    shelf = Shelf()
    door = FrontDoor(shelf, _nothing, {events.PATH: made.streams})  # type: ignore[arg-type]
    config = uvicorn.Config(door, http=quick_protocol(shelf), lifespan="off", log_config=None)
    config.load()
    server = await asyncio.get_running_loop().create_server(
        lambda: config.http_protocol_class(config=config, server_state=ServerState(), app_state={}),  # type: ignore[call-arg]
        "127.0.0.1",
    )
    running = asyncio.create_task(made.streams.run())
    async with server:
        made.port = server.sockets[0].getsockname()[1]
        try:
            yield made
        finally:
            made.streams.close()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


class Listener:
    """A client; `heard` collects the body, without the framing of chunks."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.head = b""

    async def hear(self) -> bytes:
        """The next chunk; empty at the end."""
        async with asyncio.timeout(5):
            size = int(await self.reader.readline(), 16)
            return (await self.reader.readexactly(size + 2))[:-2]

    async def gone(self) -> bool:
        async with asyncio.timeout(5):
            return await self.reader.read() == b""

    async def close(self) -> None:
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()


@asynccontextmanager
async def listening(house: House, *headers: str, method: str = "GET", query: str = "") -> AsyncIterator[Listener]:
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    lines = [f"{method} {events.PATH}{query} HTTP/1.1", "Host: a", *headers, "", ""]
    writer.write("\r\n".join(lines).encode())
    listener = Listener(reader, writer)
    listener.head = (await reader.readuntil(b"\r\n\r\n")).lower()
    try:
        yield listener
    finally:
        await listener.close()


async def test_the_head_says_that_nobody_may_keep_or_hold_back_the_stream() -> None:
    async with house() as made, listening(made) as client:
        for line in (
            b"http/1.1 200 ok",
            b"content-type: text/event-stream",
            b"cache-control: no-store",
            b"x-accel-buffering: no",
            b"access-control-allow-origin: *",
            b"cross-origin-resource-policy: cross-origin",
        ):
            assert line in client.head
        assert b"\r\netag" not in client.head
        assert b"\r\ncontent-encoding" not in client.head


async def test_a_listener_hears_everything_and_then_what_happens() -> None:
    async with house() as made, listening(made, "Accept-Encoding: gzip") as client:
        assert (await client.hear()).startswith(b"retry: 3000\nid: ")
        made.station.change(K3, label="Slow")
        heard = await client.hear()
        assert b"event: status\ndata: {" in heard
        assert b'"label":"Slow"' in heard


async def test_a_listener_takes_up_where_it_was() -> None:
    async with house() as made:
        made.station.change(K3, label="one")
        first = made.station.since()[0]["id"]
        made.station.change(K3, label="two")
        for header, query in ((f"Last-Event-ID: {first}", ""), ("X: y", f"?lastEventId={first}")):
            async with listening(made, header, query=query) as client:
                heard = await client.hear()
                assert b'"label":"two"' in heard
                assert b'"label":"one"' not in heard
                assert b"snapshot" not in heard


async def test_a_listener_who_has_the_document_may_leave_it_out() -> None:
    async with house() as made:
        first = made.station.since()[0]["id"]
        made.station.change(K3, label="one")
        async with listening(made, query="?from=now") as client:
            assert (await client.hear()).startswith(b"retry: 3000\nevent: fresh\n")
            made.station.change(K3, label="two")
            assert b'"label":"two"' in await client.hear()
        async with listening(made, f"Last-Event-ID: {first}", query="?from=now") as client:
            assert b'"label":"one"' in await client.hear()


async def test_more_than_can_be_borne_are_told_to_come_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MOST", 1)
    async with house() as made, listening(made) as client:
        await client.hear()
        async with listening(made, "Connection: close") as refused:
            assert refused.head.startswith(b"http/1.1 503")
            assert b"retry-after: 30" in refused.head
        made.station.change(K3, label="Slow")
        assert b'"Slow"' in await client.hear()


async def test_what_is_told_while_somebody_comes_is_told_once() -> None:
    async with house() as made, listening(made) as early:
        await early.hear()
        made.station.change(K3, label="Slow")
        async with listening(made) as late:
            assert b"snapshot" in await late.hear()
            made.station.change(K3, label="Slower")
            assert b'"Slower"' in await late.hear()
        assert b'"Slow"' in await early.hear()
        assert b'"Slower"' in await early.hear()


async def test_a_quiet_stream_is_kept_alive() -> None:
    async with house(ping_s=0.01) as made, listening(made) as client:
        await client.hear()
        assert await client.hear() == b": ping\n\n"
        assert await client.hear() == b": ping\n\n"


async def test_head_says_the_same_and_ends() -> None:
    async with house() as made:
        async with listening(made, "Connection: close", method="HEAD") as client:
            assert b"content-type: text/event-stream" in client.head
            assert await client.gone()
        assert len(made.streams) == 0


async def test_who_goes_is_forgotten() -> None:
    async with house() as made:
        async with listening(made) as client:
            await client.hear()
            assert len(made.streams) == 1
        await made.until(lambda: len(made.streams) == 0)
        made.station.change(K3, label="Slow")


async def test_who_does_not_read_is_dropped_and_the_others_hear_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "UNREAD_BYTES", 4096)
    async with house() as made, listening(made) as reading:
        await reading.hear()
        with socket.create_connection(("127.0.0.1", made.port)) as lazy:
            lazy.sendall(f"GET {events.PATH} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            await made.until(lambda: len(made.streams) == 2)
            for count in range(2000):
                made.station.change(K3, label="Slow", reason=f"{count} " + "x" * 20_000)
                assert b'"Slow"' in await reading.hear()
                if len(made.streams) == 1:
                    break
            assert len(made.streams) == 1


async def test_the_end_of_the_server_ends_the_streams_cleanly() -> None:
    async with house() as made, listening(made) as client:
        await client.hear()
        made.streams.close()
        assert await client.hear() == b""
        assert await client.gone()
        async with listening(made, "Connection: close") as late:
            assert b"200 ok" in late.head


async def test_a_stream_that_lasted_long_is_ended_so_that_its_client_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "STREAM_S", 0.0)
    async with house(ping_s=0.01) as made, listening(made) as client:
        heard = [await client.hear() for _ in range(3)]
        assert heard[1:] == [b": ping\n\n", b""]
