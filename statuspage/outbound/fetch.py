"""One small document from one address."""

import asyncio
from collections.abc import Container
from typing import Final

from statuspage.outbound.client import Call, Outbound
from statuspage.outbound.failures import TransportFailure
from statuspage.outbound.phases import Phases

TIMEOUT_S: Final = 10.0
MAX_BYTES: Final = 32 * 1024 * 1024
_OK: Final = 200


class FetchError(Exception):
    """The document could not be had; the text says why in a few words."""


async def fetch(url: str, *, timeout_s: float = TIMEOUT_S, also: Container[int] = ()) -> bytes:
    """The body of a 200, or of a status that `also` counts, from any address the person at the terminal names.

    Raises FetchError.
    """
    outbound = Outbound(monotonic_s=asyncio.get_running_loop().time)
    call = Call(method="GET", url=url, allow_private=True, max_body_bytes=MAX_BYTES)
    try:
        async with asyncio.timeout(timeout_s), outbound.ask(call, Phases(outbound.monotonic_s)) as reply:
            if reply.status != _OK and reply.status not in also:
                raise FetchError(f"status {reply.status}")
            chunks = []
            while (chunk := await reply.chunk()) is not None:
                chunks.append(chunk)
            return b"".join(chunks)
    except TransportFailure as failure:
        raise FetchError(failure.detail) from None
    except TimeoutError:
        raise FetchError(f"no answer within {timeout_s:g} s") from None
