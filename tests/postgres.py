"""A PostgreSQL server of the tests' own, in a temporary folder, on a free port of loopback."""

import asyncio
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import asyncpg  # type: ignore[import-untyped]

from statuspage.storage.migrate import migrate
from tests.ports import free_port

_FOLDERS: Final = Path("/usr/lib/postgresql")
_QUICK: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class Server:
    """A server whose databases are copies of one with the tables made."""

    def __init__(self, data: Path, port: int) -> None:
        self._programs = _programs()
        self._data = data
        self._port = port
        self._numbers = count()

    def initialise(self) -> None:
        """Makes the server's files."""
        if _as():
            shutil.chown(self._data, "postgres")
        program = self._programs / "initdb"
        _call(program, "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def start(self) -> None:
        """Starts it and waits until it answers."""
        settings = (*_QUICK, "listen_addresses=127.0.0.1", f"port={self._port}", "unix_socket_directories=")
        options = " ".join(f"-c {setting}" for setting in settings)
        _call(self._programs / "pg_ctl", "-D", self._data, "-l", self._data / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stops it as a power cut would."""
        _call(self._programs / "pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self._port}/{database}"

    def empty(self) -> str:
        """The address of a new database without tables."""
        return self._made("")

    def copy(self) -> str:
        """The address of a new database with the tables made: migrations take longer than most tests."""
        return self._made("TEMPLATE migrated")

    def prepare(self) -> None:
        """Makes the database that the others are copied from."""
        asyncio.run(self._execute("CREATE DATABASE migrated"))
        asyncio.run(migrate(self.url("migrated")))

    def _made(self, how: str) -> str:
        name = f"test_{next(self._numbers)}"
        asyncio.run(self._execute(f"CREATE DATABASE {name} {how}"))
        return self.url(name)

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(host="127.0.0.1", port=self._port, user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running() -> Iterator[Server]:
    """A server while the block lasts; in a folder of its own, since pytest's are closed to the user it may have to run as."""
    with TemporaryDirectory(prefix="statuspage-postgres-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        Path(folder).chmod(0o755)
        server = Server(data, free_port())
        server.initialise()
        server.start()
        try:
            server.prepare()
            yield server
        finally:
            server.stop()


def _programs() -> Path:
    """Where Debian keeps the newest server's programs, else where the path finds them."""
    found = sorted(_FOLDERS.glob("*/bin"), key=lambda path: float(path.parent.name))
    if found:
        return found[-1]
    program = shutil.which("initdb")
    assert program is not None, "PostgreSQL is not installed: `make servers` installs it"
    return Path(program).parent


def _as() -> Sequence[str]:
    """PostgreSQL refuses to run as root."""
    return ("runuser", "-u", pwd.getpwnam("postgres").pw_name, "--") if os.geteuid() == 0 else ()


def _call(*command: object) -> None:
    done = subprocess.run([*_as(), *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/", check=False)
    assert done.returncode == 0, done.stdout.decode()
