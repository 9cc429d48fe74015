"""A ping is taken, or it is told why not."""

import time

import pytest

from statuspage.outbound.client import Outbound
from statuspage.outbound.ping import failure_of_ping
from tests.wire import hanging, response, sending, serving


@pytest.mark.parametrize(
    ("status", "failure"), [(200, None), (204, None), (302, "HTTP 302"), (404, "HTTP 404"), (503, "HTTP 503")]
)
async def test_only_2xx_takes_it(status: int, failure: str | None) -> None:
    async with serving(sending(response(status, "so"))) as port:
        outbound = Outbound(monotonic_s=time.monotonic)
        assert await failure_of_ping(outbound, f"http://127.0.0.1:{port}/", allow_private=True) == failure


async def test_who_does_not_answer_is_told_by_class(free_port: int) -> None:
    outbound = Outbound(monotonic_s=time.monotonic)
    assert await failure_of_ping(outbound, f"http://127.0.0.1:{free_port}/", allow_private=True) == "connection_refused"
    async with serving(hanging()) as port:
        silent = await failure_of_ping(outbound, f"http://127.0.0.1:{port}/", timeout_s=0.1, allow_private=True)
    assert silent == "header_timeout"


async def test_a_private_address_is_refused_where_it_is_not_allowed() -> None:
    async with serving(sending(response(200, "so"))) as port:
        refused = await failure_of_ping(Outbound(monotonic_s=time.monotonic), f"http://127.0.0.1:{port}/")
    assert refused == "not_configured"


async def test_the_date_of_an_answer_is_heard() -> None:
    heard: list[tuple[str, str | None]] = []
    outbound = Outbound(monotonic_s=time.monotonic, heard=lambda host, date: heard.append((host, date)))
    dated = b"HTTP/1.1 204 No Content\r\nDate: Wed, 18 Nov 2026 11:06:40 GMT\r\nConnection: close\r\n\r\n"
    async with serving(sending(dated)) as port:
        await failure_of_ping(outbound, f"http://127.0.0.1:{port}/", allow_private=True)
    assert heard == [("127.0.0.1", "Wed, 18 Nov 2026 11:06:40 GMT")]
