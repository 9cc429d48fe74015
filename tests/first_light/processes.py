"""Real programs for the tests here: started, waited for, ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import httpx
import msgspec

CHECKOUT = Path(__file__).resolve().parents[2]
STATUSPAGE = [sys.executable, "-m", "statuspage"]

T = TypeVar("T")


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A server that answers under `url`; what it prints is in `log`."""

    url: str
    log: Path


@contextmanager
def running(
    command: Sequence[object], url: str, ready: str, log: Path, env: Mapping[str, str] | None = None, within_s: float = 90
) -> Iterator[Program]:
    """Runs a program while the block lasts, from the moment that `url + ready` answers 200."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            cwd=log.parent,
        )
        try:
            until(lambda: _answers(url + ready, process, log), within_s)
            yield Program(url=url, log=log)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(url: str, process: subprocess.Popen[bytes], log: Path) -> bool:
    assert process.poll() is None, f"ended with status {process.returncode}:\n{log.read_text()[-4000:]}"
    try:
        return httpx.get(url, timeout=5, trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def until(answer: Callable[[], T], within_s: float) -> T:
    """Asks again and again until the answer is truthy; the last one when time is up."""
    deadline = time.monotonic() + within_s
    while not (last := answer()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return last


def environment(name: str) -> Path:
    """The Python of another server's own environment, built by `make` when it is not there."""
    python = CHECKOUT / ".cache" / name / "bin" / "python"
    if not (python.parents[1] / ".ready").exists():
        subprocess.run(["make", "--silent", f".cache/{name}/.ready"], cwd=CHECKOUT, check=True)
    return python


def probe_lines(config: Path, env: Mapping[str, str]) -> tuple[int, dict[str, dict[str, object]]]:
    """What `statuspage probe --json` says: its status, and its lines by model."""
    done = subprocess.run(
        [*STATUSPAGE, "probe", "--config", str(config), "--kind", "chat", "--json", "--no-confirm"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **env},
    )
    lines = [msgspec.json.decode(line, type=dict[str, object]) for line in done.stdout.splitlines()]
    assert lines, done.stderr
    return done.returncode, {str(line["model"]): line for line in lines}
