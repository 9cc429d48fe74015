"""uvicorn, told how to serve and how to stop."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn

from statuspage.web.front import Front
from statuspage.web.ready import quick_protocol

GRACE_S: Final = 2
"""How long open connections may take to end when the process is told to stop."""


class Server(uvicorn.Server):
    """A server that ends with status 0 when it is told to stop, instead of dying of the signal afterwards.

    `ending` is called first: it ends the answers that would go on for ever.
    """

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends what would not end by itself, then the rest."""
        self._ending()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handles SIGINT and SIGTERM for the length of the block; a second SIGINT does not wait."""

        def stop(number: int, _frame: FrameType | None) -> None:
            self.force_exit = self.should_exit and number == signal.SIGINT
            self.should_exit = True

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; `::` takes IPv4 too. Raises OSError when the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    return socket.create_server((host, port), family=family, backlog=2048, dualstack_ipv6=both)


def server(front: Front) -> Server:
    """A server of whatever is in front; call `serve(sockets=[…])`. What is ready for everybody takes the quick way."""
    return Server(
        uvicorn.Config(
            front,
            lifespan="off",
            loop="auto",
            http=quick_protocol(front),
            ws="none",
            access_log=False,
            server_header=False,
            log_config=None,
            timeout_graceful_shutdown=GRACE_S,
            proxy_headers=True,
        ),
        front.close_streams,
    )
