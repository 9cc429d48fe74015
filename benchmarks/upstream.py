"""Simulated vendors in a process of their own, so that their CPU is not counted as ours: `python -m benchmarks.upstream`.

Prints one line of JSON with its addresses once it listens, and ends with its standard input.
"""

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import uvloop

from benchmarks.processes import LOAD_CORE, pinned
from statuspage.zoo.zoo import Zoo


class Upstream(msgspec.Struct, frozen=True, kw_only=True):
    """Where the vendors are; `tls_origin` is None without TLS."""

    origin: str
    tls_origin: str | None = None
    ca_file: str | None = None


async def _serve(*, tls: bool) -> None:
    async with Zoo(tls=tls) as zoo:
        at = Upstream(origin=zoo.origin)
        if tls:
            origin = zoo.tls_url("openai").removesuffix(zoo.url("openai").removeprefix(zoo.origin))
            at = Upstream(origin=zoo.origin, tls_origin=origin, ca_file=zoo.ca_file)
        print(msgspec.json.encode(at).decode(), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


@contextmanager
def upstream(*, tls: bool = False) -> Iterator[Upstream]:
    """Runs the vendors on the load's core while the block lasts."""
    command = pinned(LOAD_CORE, [sys.executable, "-m", "benchmarks.upstream", *(["--tls"] if tls else [])])
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the upstream has no pipes")
        try:
            yield msgspec.json.decode(process.stdout.readline(), type=Upstream)
        finally:
            process.stdin.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tls", action="store_true")
    uvloop.run(_serve(tls=parser.parse_args().tls))
