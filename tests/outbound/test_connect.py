"""Of several addresses the first that answers is taken."""

import asyncio
import socket

import pytest

from statuspage.outbound.connect import connect
from statuspage.outbound.resolve import resolve
from tests.wire import hanging, serving


async def test_it_goes_on_to_the_next_address() -> None:
    async with serving(hanging()) as port:
        sock = await connect(["::1", "127.0.0.1"], port)
        assert sock.getpeername()[0] == "127.0.0.1"
        sock.close()


async def test_it_does_not_wait_for_an_address_that_is_silent() -> None:
    async with serving(hanging()) as port, asyncio.timeout(5):
        sock = await connect(["192.0.2.1", "127.0.0.1"], port)
        assert sock.getpeername()[0] == "127.0.0.1"
        sock.close()


async def test_it_fails_when_none_answers(free_port: int) -> None:
    with pytest.raises(ConnectionRefusedError):
        await connect(["127.0.0.1", "127.0.0.2"], free_port)
    with pytest.raises(socket.gaierror):
        await connect([], free_port)


async def test_it_needs_no_resolver_for_an_address() -> None:
    assert await resolve("192.0.2.7", 443) == ["192.0.2.7"]
    assert await resolve("::1", 443) == ["::1"]
