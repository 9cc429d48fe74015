"""httpx clients whose answers are given by a function instead of a network: other libraries' clients run over them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from typing import Any, Final, TypeVar

import httpx
import msgspec

_Result = TypeVar("_Result")
Run = Callable[[Coroutine[Any, Any, Any]], Any]
"""Runs a coroutine to its end from a thread without a loop."""
_TIMEOUT_S: Final = 24 * 3600.0
"""httpx's own timeouts are not asked: the deadline is that of whoever gives the answer."""


class Asked(msgspec.Struct, frozen=True):
    """A request; `path` is that of its address."""

    method: str
    path: str
    body: bytes

    def __repr__(self) -> str:
        return f"Asked({self.method!r}, {self.path!r})"


class Given(msgspec.Struct, frozen=True):
    """An answer; `body` is read once, and may raise `BrokenError`."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: AsyncIterator[bytes]


class BrokenError(Exception):
    """The body ends before it is whole; the text says why."""


Answer = Callable[[Asked], Awaitable[Given]]


def async_client(answer: Answer) -> httpx.AsyncClient:
    """A client that asks that function."""
    return httpx.AsyncClient(transport=_AsyncTransport(answer), timeout=_TIMEOUT_S)


def client(answer: Answer, run: Run, closed: Callable[[], None]) -> httpx.Client:
    """The same for programs without a loop; `closed` hears when the client is closed."""
    return httpx.Client(transport=_Transport(answer, run, closed), timeout=_TIMEOUT_S)


class _AsyncTransport(httpx.AsyncBaseTransport):
    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        given = await self._answer(_asked(request, await request.aread()))
        return httpx.Response(given.status, headers=list(given.headers), stream=_AsyncBody(given.body, request))


class _AsyncBody(httpx.AsyncByteStream):
    def __init__(self, body: AsyncIterator[bytes], request: httpx.Request) -> None:
        self._body = body
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for data in self._body:
                yield data
        except BrokenError as error:
            raise httpx.RemoteProtocolError(str(error), request=self._request) from error

    async def aclose(self) -> None:
        await _close(self._body)


class _Transport(httpx.BaseTransport):
    def __init__(self, answer: Answer, run: Run, closed: Callable[[], None]) -> None:
        self._answer = answer
        self._run = run
        self._closed = closed

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        given: Given = self._run(_awaited(self._answer(_asked(request, request.read()))))
        return httpx.Response(given.status, headers=list(given.headers), stream=_Body(given.body, request, self._run))

    def close(self) -> None:
        self._closed()


class _Body(httpx.SyncByteStream):
    def __init__(self, body: AsyncIterator[bytes], request: httpx.Request, run: Run) -> None:
        self._body = body
        self._request = request
        self._run = run

    def __iter__(self) -> Iterator[bytes]:
        try:
            while (data := self._run(_next(self._body))) is not None:
                yield data
        except BrokenError as error:
            raise httpx.RemoteProtocolError(str(error), request=self._request) from error

    def close(self) -> None:
        self._run(_close(self._body))


def _asked(request: httpx.Request, body: bytes) -> Asked:
    return Asked(request.method, request.url.path, body)


async def _awaited(answer: Awaitable[_Result]) -> _Result:
    return await answer


async def _next(body: AsyncIterator[bytes]) -> bytes | None:
    return await anext(body, None)


async def _close(body: AsyncIterator[bytes]) -> None:
    if hasattr(body, "aclose"):
        await body.aclose()
