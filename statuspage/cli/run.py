"""Runs the product until it is told to stop."""

import asyncio
import ctypes
import resource
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import TYPE_CHECKING, Final

import click
import uvloop

from statuspage.domain.errors import StorageError
from statuspage.domain.redact import redact
from statuspage.telemetry.logs import configure
from statuspage.web.server import bind, server

if TYPE_CHECKING:
    from statuspage.app.running import Running

_M_ARENA_MAX: Final = -8
"""The parameter's number in glibc's malloc.h."""

Build = Callable[[], AbstractAsyncContextManager["Running"]]
"""Has the product at work for the length of the block, inside the running loop."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; an unusable address ends the command with one sentence."""
    try:
        return bind(host, port)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(f"cannot listen on {host} port {port}: {reason}; choose another with --port") from None


def address_of(listening: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared
    return f"http://{shown}:{port}"


def run(listening: socket.socket, build: Build) -> None:
    """Serves on the socket until SIGINT or SIGTERM; what keeps it from running is said in one sentence."""
    _use_one_heap()
    _allow_many_connections()
    configure(json_lines=not sys.stderr.isatty(), redact=redact)
    try:
        with listening, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(listening, build))
    except StorageError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        sys.exit(130)


def _use_one_heap() -> None:
    """Has all threads share one heap where the C library is glibc: each thread's own would keep megabytes for ever."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _allow_many_connections() -> None:
    """Raises the number of open files to what the machine allows: every open stream of events is one."""
    with suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _serve(listening: socket.socket, build: Build) -> None:
    async with build() as running:
        product = running.product
        first = product.access.first_token()
        if first is not None:
            where = f"{product.board.site.url}/admin/setup?token={first}"
            click.echo(f"Nobody steers this page yet. Make the first admin, once: {where}", err=True)
        await server(running.front).serve(sockets=[listening])
