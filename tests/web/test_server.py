"""Where it listens."""

import socket

import pytest

from statuspage.web.server import bind


def _reach(port: int, host: str) -> None:
    socket.create_connection((host, port), timeout=2).close()


def test_every_address_means_both_families() -> None:
    with bind("::", 0) as listening:
        for host in ("127.0.0.1", "::1"):
            _reach(listening.getsockname()[1], host)


def test_one_address_means_that_alone() -> None:
    with bind("::1", 0) as listening:
        port = listening.getsockname()[1]
        _reach(port, "::1")
        with pytest.raises(ConnectionRefusedError):
            _reach(port, "127.0.0.1")


def test_a_port_that_is_taken_is_refused() -> None:
    with bind("127.0.0.1", 0) as first, pytest.raises(OSError, match="in use"):
        bind("127.0.0.1", first.getsockname()[1])
