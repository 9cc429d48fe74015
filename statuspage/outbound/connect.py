"""A TCP connection to the first of several addresses that answers."""

import asyncio
import socket
from collections.abc import Sequence
from typing import Final

HEAD_START_S: Final = 0.25
"""How long an address is tried alone before the next one joins (RFC 8305 «Happy Eyeballs», recommended delay)."""


async def connect(addresses: Sequence[str], port: int) -> socket.socket:
    """A connected non-blocking socket; raises the last address's `OSError` when none answers."""
    if len(addresses) == 1:
        return await _attempt(addresses[0], port)
    if not addresses:
        raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
    return await _race(addresses, port)


async def _attempt(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(sock, (address, port))
    except BaseException:
        sock.close()
        raise
    return sock


async def _race(addresses: Sequence[str], port: int) -> socket.socket:
    """Starts one attempt after the other, each after a failure or a head start; the first to connect wins."""
    waiting = list(addresses)
    running: set[asyncio.Task[socket.socket]] = set()
    last_error: OSError | None = None
    try:
        while waiting or running:
            if waiting:
                running.add(asyncio.create_task(_attempt(waiting.pop(0), port)))
            finished, running = await asyncio.wait(
                running, timeout=HEAD_START_S if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            for task in finished:
                error = task.exception()
                if error is None:
                    running |= finished - {task}
                    return task.result()
                if not isinstance(error, OSError):
                    raise error
                last_error = error
        raise last_error or OSError("no address answered")
    finally:
        await _abandon(running)


async def _abandon(attempts: set[asyncio.Task[socket.socket]]) -> None:
    for task in attempts:
        task.cancel()
    for outcome in await asyncio.gather(*attempts, return_exceptions=True):
        if isinstance(outcome, socket.socket):
            outcome.close()
