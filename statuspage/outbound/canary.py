"""Neutral hosts: whoever cannot reach any of them is offline himself."""

import asyncio
from typing import Final

from statuspage.outbound.client import Call, Outbound
from statuspage.outbound.failures import TransportFailure, failure_of
from statuspage.outbound.phases import Phases

TIMEOUT_S: Final = 5.0


async def failure_of_canary(
    outbound: Outbound, url: str, *, timeout_s: float = TIMEOUT_S, allow_private: bool = False
) -> str | None:
    """None when that host answers a HEAD with any status at all within the time, else the class of the failure."""
    call = Call(method="HEAD", url=url, allow_private=allow_private, max_body_bytes=64 * 1024)
    phases = Phases(outbound.monotonic_s)
    try:
        async with asyncio.timeout(timeout_s), outbound.ask(call, phases):
            return None
    except (TransportFailure, TimeoutError) as error:
        return failure_of(error, phases.reached).class_name
