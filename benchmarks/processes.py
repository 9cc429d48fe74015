"""Processes under measurement: pinned to a core, read from /proc, ended with the block that started them."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SERVER_CORE: Final = 0
LOAD_CORE: Final = min(1, (os.cpu_count() or 1) - 1)
_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """CPU seconds a process has used, user and system, all threads (fields 14 and 15 of proc_pid_stat(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S


def rss_mib(pid: int) -> float:
    """Resident memory in MiB."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def pinned(core: int, command: Sequence[str]) -> list[str]:
    """The same command, held to one core."""
    return ["taskset", "-c", str(core), *command]


@contextmanager
def running(
    command: Sequence[str], *, core: int, log: Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a program on a core while the block lasts; what it prints goes into `log`."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            pinned(core, command), stdout=output, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}, cwd=cwd
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
