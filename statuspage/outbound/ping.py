"""A ping to whoever watches over us."""

import asyncio
from typing import Final

from statuspage.outbound.client import Call, Outbound
from statuspage.outbound.failures import TransportFailure, failure_of
from statuspage.outbound.phases import Phases

TIMEOUT_S: Final = 10.0
_REFUSED_FROM: Final = 300


async def failure_of_ping(
    outbound: Outbound, url: str, *, timeout_s: float = TIMEOUT_S, allow_private: bool = False
) -> str | None:
    """None when a GET of that address is answered with 2xx within the time, else why not; the address is not repeated."""
    call = Call(method="GET", url=url, allow_private=allow_private, max_body_bytes=64 * 1024)
    phases = Phases(outbound.monotonic_s)
    try:
        async with asyncio.timeout(timeout_s), outbound.ask(call, phases) as reply:
            return None if reply.status < _REFUSED_FROM else f"HTTP {reply.status}"
    except (TransportFailure, TimeoutError) as error:
        return failure_of(error, phases.reached).class_name
