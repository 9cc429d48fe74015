"""A page on loopback that writes down what it is asked."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec

from statuspage.official.fetch import Fetcher
from statuspage.official.look import Looker
from statuspage.outbound.client import Outbound
from tests.wire import request_of, response, serving
from tests.zoo.conftest import HandClock


class Asked(msgspec.Struct):
    """One request; header names in lower case."""

    path: str
    headers: dict[str, str]


Answer = Callable[[Asked], bytes]


class Page:
    """What it answers may be changed while it runs; `asked` are the requests so far."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.url = ""

    @property
    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    async def play(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await request_of(reader)).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:]) if name}
        self.asked.append(Asked(lines[0].split(" ")[1], headers))
        writer.write(self.answer(self.asked[-1]))
        await writer.drain()


@asynccontextmanager
async def page(answer: Answer) -> AsyncIterator[Page]:
    """The page, answering at `page.url`."""
    made = Page(answer)
    async with serving(made.play) as port:
        made.url = f"http://127.0.0.1:{port}"
        yield made


def serving_at(**documents: bytes) -> Answer:
    """Answers these bodies at their paths (`__` for `/`, `_json` for `.json`) with a tag each, and 304 to that tag; else 404."""
    by_path = {"/" + name.replace("__", "/").replace("_json", ".json"): body for name, body in documents.items()}

    def answer(asked: Asked) -> bytes:
        body = by_path.get(asked.path)
        if body is None:
            return response(404, "<html>not here</html>", content_type="text/html")
        tag = f'"{len(body)}"'
        if asked.headers.get("if-none-match") == tag:
            return response(304, b"", etag=tag)
        return response(200, body, etag=tag)

    return answer


def fetcher(clock: HandClock, *, allow_private: bool = True) -> Fetcher:
    """A real one over real sockets; its waiting moves the clock."""
    outbound = Outbound(monotonic_s=clock.monotonic_s)
    return Fetcher(outbound, clock, site_url="https://kimi.example", allow_private=allow_private)


def looker(clock: HandClock) -> Looker:
    """A real one, likewise."""
    return Looker(fetcher(clock), clock)
