"""A receiver of messages on loopback: remembers every request, answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from tests.wire import request_of, response, serving


class Got(msgspec.Struct):
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """`answers` are used up one by one; then everything is taken."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.answers: list[bytes] = []
        self.port = 0

    async def script(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        raw = await request_of(reader)
        head, _, body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, path, _ = first.split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        self.got.append(Got(method, path, headers, body))
        writer.write(self.answers.pop(0) if self.answers else response(200, {"ok": True}))
        await writer.drain()

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    async with serving(receiver.script) as port:
        receiver.port = port
        yield receiver
