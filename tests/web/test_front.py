"""One server, and who answers behind it."""

import asyncio
from typing import Any

from statuspage.render.encoded import Document, encode
from statuspage.render.headers import SHORT, headers_for
from statuspage.web.fast import Application, Receive, Scope, Send
from statuspage.web.front import Front

READY = encode(b"{}", headers_for(b"application/json", SHORT))


class Shelf:
    """One document."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {"/a.json": READY}
        self.fresh_until_s = 9.0


class House:
    """Answers with its name, once it is let go."""

    def __init__(self, name: str, ready: Shelf | None = None) -> None:
        self.ready: Any = ready
        self.closed = False
        self.let_go = asyncio.Event()
        self.let_go.set()
        self._name = name

    def application(self) -> Application:
        async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
            await self.let_go.wait()
            await send({"type": self._name})

        return answer

    def close_streams(self) -> None:
        self.closed = True


async def ask(front: Front) -> str:
    said: list[str] = []

    async def send(message: dict[str, Any]) -> None:
        said.append(message["type"])

    async def receive() -> dict[str, Any]:
        return {}

    await front({}, receive, send)
    return said[0]


async def test_another_answers_from_the_next_request_on_and_begun_ones_are_answered_to_their_end() -> None:
    first, second = House("first"), House("second")
    first.let_go.clear()
    front = Front(first)
    begun = asyncio.create_task(ask(front))
    await asyncio.sleep(0)
    await front.put(second)
    assert await ask(front) == "second"
    first.let_go.set()
    assert await begun == "first"


async def test_streams_of_whoever_answered_before_end_and_the_others_do_not() -> None:
    first, second = House("first"), House("second")
    front = Front(first)
    await front.put(second)
    assert (first.closed, second.closed) == (True, False)


async def test_what_is_ready_is_that_of_whoever_answers() -> None:
    front = Front(House("private"))
    assert (dict(front.documents), front.fresh_until_s) == ({}, 0.0)
    await front.put(House("public", Shelf()))
    assert (list(front.documents), front.fresh_until_s) == (["/a.json"], 9.0)
    await front.put(House("private"))
    assert (dict(front.documents), front.fresh_until_s) == ({}, 0.0)
