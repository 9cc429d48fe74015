"""Loopback ports for servers that tests start."""

import socket


def free_port(family: socket.AddressFamily = socket.AF_INET) -> int:
    """A loopback port that nobody listens on."""
    with socket.socket(family) as listener:
        listener.bind(("::1" if family is socket.AF_INET6 else "127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
