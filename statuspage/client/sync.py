"""The same chain for programs without an event loop of their own; safe to use inside one, and from several threads."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Sequence
from typing import Any, Self, TypeVar

from statuspage.client.chain import Chain
from statuspage.client.events import Event, Reply
from statuspage.client.question import Message

_Answer = TypeVar("_Answer")


class SyncChain:
    """A chain on an event loop in a thread of its own, which begins with the first call and ends with `close`."""

    def __init__(self, models: Sequence[str], **options: Any) -> None:  # noqa: ANN401 - those of `Chain`
        """`options` are those of `Chain`. Raises `ChainError`."""
        self.chain = Chain(models, **options)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    def chat(self, messages: str | Sequence[Message], **asked: Any) -> Reply:  # noqa: ANN401 - those of `Chain.chat`
        """A whole answer. Raises `ChatError`."""
        return self.run(self.chain.chat(messages, **asked))

    def stream(self, messages: str | Sequence[Message], **asked: Any) -> Iterator[Event]:  # noqa: ANN401 - those of `Chain.stream`
        """The answer piece by piece; closing the iterator hangs up. Raises `ChatError`."""
        events = self.chain.stream(messages, **asked)
        try:
            while (event := self.run(_next(events))) is not None:
                yield event
        finally:
            self.run(_close(events))

    def close(self) -> None:
        """Ends the thread."""
        with self._starting:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._loop = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, work: Coroutine[Any, Any, _Answer]) -> _Answer:
        """Has a coroutine run on that loop, and waits for what it brings."""
        return asyncio.run_coroutine_threadsafe(work, self._started()).result()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_serve, args=(self._loop,), name="statuspage-client", daemon=True).start()
            return self._loop


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    loop.close()


async def _next(events: Any) -> Event | None:  # noqa: ANN401 - an async generator
    found: Event | None = await anext(events, None)
    return found


async def _close(events: Any) -> None:  # noqa: ANN401 - an async generator
    await events.aclose()
