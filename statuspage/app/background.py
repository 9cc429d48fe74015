"""Parts that work in the background; one that breaks says so and begins again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

import structlog

_BEGIN_AGAIN_S: Final = 5.0

log = structlog.get_logger()


@asynccontextmanager
async def background(work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Has a part work for the length of the block; one that breaks says so in the log and begins again."""
    task = asyncio.ensure_future(_for_ever(work))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait((task,))


async def _for_ever(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception:
            log.exception("a part of the service broke and begins again", part=getattr(work, "__qualname__", repr(work)))
        await asyncio.sleep(_BEGIN_AGAIN_S)
