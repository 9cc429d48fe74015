"""Ports that do not serve: one that refuses, one that never accepts."""

import contextlib
import socket

import msgspec


class Trap(msgspec.Struct, frozen=True, kw_only=True):
    """A port on loopback and the sockets that hold it."""

    port: int
    sockets: tuple[socket.socket, ...]

    def close(self) -> None:
        """Gives the port back."""
        for each in self.sockets:
            each.close()


def refused_port() -> Trap:
    """A port that is taken but not listened on: connections are refused."""
    holder = _bound()
    return Trap(port=holder.getsockname()[1], sockets=(holder,))


def unreachable_port() -> Trap:
    """A listening port whose queue is full: Linux drops further handshakes, so that a connect times out."""
    holder = _bound()
    holder.listen(0)
    filling = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(4)]
    for each in filling:
        each.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            each.connect(holder.getsockname())
    return Trap(port=holder.getsockname()[1], sockets=(holder, *filling))


def _bound() -> socket.socket:
    holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    holder.bind(("127.0.0.1", 0))
    return holder
