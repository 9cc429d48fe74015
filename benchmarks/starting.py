"""`statuspage serve` as a process: how soon it shows a page, and how much memory it keeps."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.http import get, wait_for
from benchmarks.processes import SERVER_CORE, rss_mib, running
from benchmarks.row import Row
from benchmarks.world import World

STARTS = 5
FIRST_ROUND_S = 34
"""After a start every model is probed within 30 s."""
_QUIET_S = 3


@contextmanager
def serving(world: World) -> Iterator[tuple[int, float]]:
    """The process id of a running `statuspage serve`, and how long it took to the first page, in seconds."""
    command = [sys.executable, "-m", "statuspage", "serve", "--config", str(world.config), "--port", str(world.port)]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "serve.log"
        try:
            with running(command, core=SERVER_CORE, log=log) as process:
                yield process.pid, wait_for(world.url + "/", process)
        except RuntimeError as error:
            raise RuntimeError(f"{error}\n{log.read_text()[-2000:]}") from error


def settle(world: World) -> None:
    """Waits for the first round of probes, and until nothing changes any more."""
    time.sleep(FIRST_ROUND_S)
    etag = ""
    while etag != (etag := get(world.url + "/").headers["etag"]):
        time.sleep(_QUIET_S)


def first_pages(world: World) -> Row:
    """From the command to the first page, over several starts."""
    seconds = []
    for _ in range(STARTS):
        with serving(world) as (_, took):
            seconds.append(took)
    return Row(
        name=f"command to first page, {world.models} models", value=median(seconds), unit="s", goal=1.3, rounds=tuple(seconds)
    )


def memory(pid: int, world: World) -> Row:
    """Resident memory of a server that has settled."""
    return Row(name=f"memory idle, {world.models} models", value=rss_mib(pid), unit="MiB RSS", goal=100)
