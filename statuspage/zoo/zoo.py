"""The zoo as a server: listens, answers, can be cut off and restored."""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

import msgspec

from statuspage.domain.clock import Clock
from statuspage.zoo.alteration import Alteration
from statuspage.zoo.certificates import Certificates
from statuspage.zoo.control import CONTROL, control
from statuspage.zoo.fault import read_fault
from statuspage.zoo.reply import Reply
from statuspage.zoo.request import Request
from statuspage.zoo.script import Script
from statuspage.zoo.stage import CANARY, Stage
from statuspage.zoo.traps import Trap, refused_port, unreachable_port
from statuspage.zoo.vendors.registry import SIMULATED
from statuspage.zoo.wire import Connection, broken_handshake

EVERYTHING: Final = "*"


class Zoo:
    """Simulated vendors on one port; `async with Zoo() as zoo: zoo.url("moonshot")`.

    `pace` 1 answers as slowly as real vendors, 0 at once. `clock` moves the script and the limits per minute.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        script: Script | None = None,
        seed: int | None = None,
        clock: Clock | None = None,
        pace: float = 0.0,
        tls: bool = False,
    ) -> None:
        script = script or Script()
        self._host = host
        self._port = port
        self._tls = tls
        self._stage = Stage(script=script, seed=seed or script.seed or 0, clock=clock or _SystemClock(), pace=pace)
        self._open: set[Connection] = set()
        self._servers: list[asyncio.Server] = []
        self._tls_ports: dict[str, int] = {}
        self._certificates: Certificates | None = None
        self._traps: dict[str, Trap] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listens. Raises `OSError` when the port is taken, `CertificateError` when TLS is wanted and cannot be had."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._connection, self._host, self._port, backlog=2048)
        self._servers.append(server)
        self._port = _port_of(server)
        if self._tls:
            await self._start_tls()

    async def stop(self) -> None:
        """Stops listening and drops every connection."""
        for server in self._servers:
            server.close()
        for connection in list(self._open):
            connection.close()
        for trap in self._traps.values():
            trap.close()
        if self._certificates is not None:
            self._certificates.remove()
        for _ in range(2):
            await asyncio.sleep(0)

    @property
    def origin(self) -> str:
        """`http://host:port` without a trailing slash."""
        return f"http://{self._shown_host}:{self._port}"

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._port

    @property
    def requests(self) -> Counter[str]:
        """Requests by prefix, `canary` among them."""
        return self._stage.requests

    @property
    def asked(self) -> Counter[str]:
        """Requests by `prefix/model-id`, `prefix/@models` and `prefix/@balance`."""
        return self._stage.asked

    def url(self, prefix: str) -> str:
        """The base URL of a simulated vendor, or of `canary`. Raises `KeyError` for another prefix."""
        return self.origin + ("/canary" if prefix == CANARY else SIMULATED[prefix].base_path)

    def tls_url(self, prefix: str, certificate: str = "good") -> str:
        """The same over TLS; certificates are `good`, `expired`, `wrong-host`, `expiring`, `untrusted`, `broken`."""
        host = "localhost" if self._shown_host == "127.0.0.1" else self._shown_host
        return f"https://{host}:{self._tls_ports[certificate]}" + self.url(prefix).removeprefix(self.origin)

    @property
    def tls_certificates(self) -> tuple[str, ...]:
        """The certificates that TLS addresses exist for."""
        return tuple(self._tls_ports)

    @property
    def ca_file(self) -> str:
        """The file that a client must trust for `good`, for `SSL_CERT_FILE`. Raises `RuntimeError` without TLS."""
        if self._certificates is None:
            raise RuntimeError("the zoo was started without TLS")
        return self._certificates.ca_file

    def refused_url(self, prefix: str) -> str:
        """A base URL whose port refuses connections: row 4."""
        return self._trap_url("refused", refused_port, prefix)

    def unreachable_url(self, prefix: str) -> str:
        """A base URL whose port never accepts a connection: row 5."""
        return self._trap_url("unreachable", unreachable_port, prefix)

    def play(self, models: str, row: str | int, rate: float = 1.0) -> None:
        """Plays a row for `prefix/model-id` patterns until `calm`. Raises `FaultError` for an unknown row."""
        self._stage.faults.play(models, read_fault(str(row)), rate)

    def calm(self, models: str | None = None) -> None:
        """Ends what `play` began with that pattern, or all of it."""
        self._stage.faults.calm(models)

    def alter(self, models: str, **changes: object) -> None:
        """Changes models for good, by the names of `Alteration`. Raises `ValueError` for a pattern that names none."""
        self.alter_by(msgspec.convert({"models": models, **changes}, Alteration))

    def alter_by(self, alteration: Alteration) -> None:
        """The same, as an order says it."""
        self._stage.alter(alteration)

    def cut(self, prefix: str = EVERYTHING) -> None:
        """Resets every connection that asks this vendor (or anything), `canary` too by its name."""
        self._stage.cut.add(prefix)
        if prefix == EVERYTHING:
            for connection in list(self._open):
                connection.reset()

    def restore(self, prefix: str | None = None) -> None:
        """Undoes `cut`: of that prefix, or all."""
        self._stage.cut = set() if prefix is None else self._stage.cut - {prefix}

    @property
    def _shown_host(self) -> str:
        return "127.0.0.1" if self._host in {"", "0.0.0.0", "::"} else self._host  # noqa: S104 - compared, not bound

    def _trap_url(self, name: str, spring: Callable[[], Trap], prefix: str) -> str:
        if name not in self._traps:
            self._traps[name] = spring()
        return f"http://127.0.0.1:{self._traps[name].port}" + self.url(prefix).removeprefix(self.origin)

    def _connection(self) -> Connection:
        return Connection(self._answer, self._open)

    def _answer(self, request: Request) -> Reply:
        if request.path.startswith(CONTROL):
            return control(self, request)
        return self._stage.answer(request)

    async def _start_tls(self) -> None:
        loop = asyncio.get_running_loop()
        self._certificates = await loop.run_in_executor(None, Certificates.make)
        for name, context in self._certificates.contexts().items():
            server = await loop.create_server(self._connection, self._host, 0, ssl=context, backlog=2048)
            self._servers.append(server)
            self._tls_ports[name] = _port_of(server)
        broken = await loop.create_server(broken_handshake, self._host, 0)
        self._servers.append(broken)
        self._tls_ports["broken"] = _port_of(broken)


class _SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic_s(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def _port_of(server: asyncio.Server) -> int:
    found = next(each for each in server.sockets if each.family in {socket.AF_INET, socket.AF_INET6})
    return int(found.getsockname()[1])
