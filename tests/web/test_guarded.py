"""A client that sends too much or too slowly costs nothing but its own connection."""

import asyncio

import pytest

from statuspage.web.guarded import MAX_HEAD_BYTES, GuardedProtocol
from statuspage.web.ready import quick_protocol
from tests.web.test_ready import Shelf, request, serving

KINDS = ["guarded", "quick"]


def protocol(kind: str, head_s: float) -> type[GuardedProtocol]:
    found = GuardedProtocol if kind == "guarded" else quick_protocol(Shelf())
    return type("Hasty", (found,), {"head_s": head_s})


async def sent(port: int, *pieces: bytes, pause_s: float = 0.0) -> bytes:
    """What came back until the server hung up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)
    except ConnectionError:
        pass
    async with asyncio.timeout(5):
        try:
            return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "pieces",
    [
        [b"GET / HTTP/1.1\r\nX: ", *[b"a" * 16_384] * 64],
        [b"GET / HTTP/1.1\r\n", *[b"X: " + b"a" * 997 + b"\r\n"] * 1000],
        [b"GET /", *[b"a" * 16_384] * 64],
    ],
    ids=["one header", "many headers", "a long address"],
)
async def test_a_head_that_never_ends_is_refused(kind: str, pieces: list[bytes]) -> None:
    async with serving(Shelf(), protocol(kind, 60.0)) as port:
        assert (await sent(port, *pieces)).split(b"\r\n")[0] in {b"HTTP/1.1 431 Request Header Fields Too Large", b""}
        assert b'"label":"a"' in await sent(port, request("/badge/a.json", ["Connection: close"]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pieces", [[], [b"GET /badge/a.json HT"], [request("/badge/a.json"), b"GET /"]], ids=range(3))
async def test_a_head_that_does_not_come_is_not_waited_for(kind: str, pieces: list[bytes]) -> None:
    async with serving(Shelf(), protocol(kind, 0.1)) as port:
        said = await sent(port, *pieces)
        assert said.count(b"HTTP/1.1 200") == max(0, len(pieces) - 1)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_head_in_pieces_is_read(kind: str) -> None:
    whole = request("/badge/a.json", ["Connection: close", f"X: {'a' * 8000}"])
    async with serving(Shelf(), protocol(kind, 5.0)) as port:
        said = await sent(port, *(whole[at : at + 1000] for at in range(0, len(whole), 1000)), pause_s=0.001)
        assert b'"label":"a"' in said


@pytest.mark.parametrize("kind", KINDS)
async def test_a_connection_that_asks_again_and_again_is_kept(kind: str) -> None:
    pieces = [request("/badge/a.json")] * 5
    async with serving(Shelf(), protocol(kind, 0.05)) as port:
        said = await sent(port, *pieces, request("/badge/a.json", ["Connection: close"]), pause_s=0.03)
        assert said.count(b"HTTP/1.1 200") == 6


@pytest.mark.parametrize("kind", KINDS)
async def test_many_requests_at_once_are_no_large_head(kind: str) -> None:
    count = MAX_HEAD_BYTES // len(request("/badge/a.json")) * 3
    async with serving(Shelf(), protocol(kind, 5.0)) as port:
        said = await sent(port, request("/badge/a.json") * count + request("/badge/a.json", ["Connection: close"]))
        assert said.count(b"HTTP/1.1 200") == count + 1
