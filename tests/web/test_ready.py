"""The quick way answers exactly as the front door does."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from statuspage.render.encoded import Document, encode
from statuspage.render.headers import SHORT, headers_for
from statuspage.web.fast import Application, FrontDoor
from statuspage.web.ready import quick_protocol

JSON = headers_for(b"application/json", SHORT)
BIG = b'{"models":"' + b"kimi " * 400 + b'"}'


class Shelf:
    """Two documents; `asked` counts how often somebody had to wait for a rendering."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {
            "/api/v1/models": encode(BIG, JSON, takes_query=True),
            "/badge/a.json": encode(b'{"label":"a"}', JSON, takes_query=True),
        }
        self.fresh_until_s = float("inf")
        self.asked = 0

    async def refresh(self) -> None:
        self.asked += 1
        self.fresh_until_s = float("inf")


async def _behind(scope: dict[str, Any], receive: Any, send: Any) -> None:  # noqa: ANN401
    body = b""
    more = True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    said = f"behind {scope['method']} {scope['path']}?{scope['query_string'].decode()} {body.decode()}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(said)).encode())]})
    await send({"type": "http.response.body", "body": said})


@asynccontextmanager
async def serving(shelf: Shelf, http: type[asyncio.Protocol] | str) -> AsyncIterator[int]:
    """The port of a server whose connections uvicorn's protocol classes handle, without its once-a-second loop."""
    application: Application = FrontDoor(shelf, _behind)  # type: ignore[arg-type]
    config = uvicorn.Config(application, http=http, lifespan="off", log_config=None, server_header=False)
    config.load()
    state = ServerState()
    state.default_headers = [(b"date", b"Fri, 20 Nov 2026 10:00:00 GMT")]
    server = await asyncio.get_running_loop().create_server(
        lambda: config.http_protocol_class(config=config, server_state=state, app_state={}),  # type: ignore[call-arg]
        "127.0.0.1",
    )
    async with server:
        yield server.sockets[0].getsockname()[1]


def request(path: str = "/api/v1/models", headers: Iterable[str] = (), method: str = "GET", version: str = "1.1") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/{version}", "Host: a", *headers, "", ""]).encode()


async def exchange(port: int, sent: bytes) -> bytes:
    """What comes back until the server hangs up, which it is asked to do at the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent + request("/badge/a.json", ["Connection: close"]))
    said = await reader.read()
    writer.close()
    await writer.wait_closed()
    return said


def parts(said: bytes) -> list[bytes]:
    """Lines in which two equal answers may differ only in their order."""
    return sorted(said.split(b"\r\n"))


ETAG = Shelf().documents["/api/v1/models"].variants[b"gzip"].etag.decode()


@pytest.mark.parametrize(
    "sent",
    [
        request(),
        request(headers=["Accept-Encoding: gzip"]),
        request(headers=["ACCEPT-ENCODING: zstd, gzip"]),
        request(headers=["Accept-Encoding: gzip", f"If-None-Match: {ETAG}"]),
        request(headers=["Accept-Encoding: gzip", f'If-None-Match: W/{ETAG}, "x"']),
        request(headers=['If-None-Match: "other"']),
        request("/badge/a.json"),
        request("/badge/a.json?style=flat"),
        request("/nowhere"),
        request("/b%61dge/a.json"),
        request("http://a/badge/a.json"),
        request(method="HEAD"),
        request("/x", ["Content-Length: 5"], method="POST") + b"hello",
        request(headers=["Content-Length: 5"]) + b"hello",
        request() * 3,
        request("/nowhere") + request() + request("/nowhere", method="DELETE") + request(),
    ],
    ids=range(16),
)
async def test_it_says_what_the_front_door_says(sent: bytes) -> None:
    async with serving(Shelf(), "httptools") as port:
        expected = await exchange(port, sent)
    shelf = Shelf()
    async with serving(shelf, quick_protocol(shelf)) as port:
        said = await exchange(port, sent)
    assert parts(said) == parts(expected)


async def test_it_waits_for_the_rendering_when_what_is_ready_went_stale() -> None:
    shelf = Shelf()
    shelf.fresh_until_s = 0.0
    async with serving(shelf, quick_protocol(shelf)) as port:
        await exchange(port, request())
    assert shelf.asked == 1


async def test_it_hands_out_the_new_document_once_the_shelf_is_filled_anew() -> None:
    shelf = Shelf()
    async with serving(shelf, quick_protocol(shelf)) as port:
        assert b'"label":"a"' in await exchange(port, b"")
        shelf.documents = {"/badge/a.json": encode(b'{"label":"b"}', JSON)}
        assert b'"label":"b"' in await exchange(port, b"")


async def test_a_client_that_asks_much_and_reads_nothing_waits_for_itself() -> None:
    shelf = Shelf()
    shelf.documents["/big"] = encode(b"x" * 1_000_000, JSON, compress=False)
    handed_out = _Counted(shelf.documents)
    shelf.documents = handed_out
    async with serving(shelf, quick_protocol(shelf)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request("/big") * 50)
        await exchange(port, b"")
        assert handed_out.asked <= 12
        for _ in range(50):
            await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(1_000_000)
        writer.close()
        await writer.wait_closed()
    assert handed_out.asked == 50


class _Counted(dict[str, Document]):
    """Documents that count how often they are looked up under `/big`, by whichever way."""

    asked = 0

    def get(self, path: str, default: Any = None) -> Any:  # noqa: ANN401
        self.asked += path == "/big"
        return super().get(path, default)
