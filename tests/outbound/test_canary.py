"""Neutral hosts answer, or they do not."""

import time

from statuspage.outbound.canary import failure_of_canary
from statuspage.outbound.client import Outbound
from tests.wire import hanging, response, sending, serving


async def test_it_is_well_whatever_it_answers() -> None:
    async with serving(sending(response(503, "down"))) as port:
        assert (
            await failure_of_canary(Outbound(monotonic_s=time.monotonic), f"http://127.0.0.1:{port}/", allow_private=True) is None
        )


async def test_it_says_how_a_canary_failed(free_port: int) -> None:
    outbound = Outbound(monotonic_s=time.monotonic)
    refused = await failure_of_canary(outbound, f"http://127.0.0.1:{free_port}/", allow_private=True)
    assert refused == "connection_refused"
    assert await failure_of_canary(outbound, "http://no-such-host.invalid/", allow_private=True) == "dns_failure"
    async with serving(hanging()) as port:
        silent = await failure_of_canary(outbound, f"http://127.0.0.1:{port}/", timeout_s=0.1, allow_private=True)
    assert silent == "header_timeout"
