"""One burst of load from wrk, and what it saw."""

import re
import subprocess
from collections.abc import Mapping

import msgspec

from benchmarks.processes import LOAD_CORE, pinned


class Burst(msgspec.Struct, frozen=True, kw_only=True):
    """What one run of wrk saw."""

    requests: int
    p99_ms: float
    refused: int
    """Answers outside 2xx and 3xx, and socket errors."""


_UNITS_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


def load(url: str, seconds: int, headers: Mapping[str, str]) -> Burst:
    """Asks `url` over 32 connections from one thread for that long."""
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = pinned(LOAD_CORE, ["wrk", "-t1", "-c32", f"-d{seconds}s", "--latency", *given, url])
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return parse(out)


def parse(out: str) -> Burst:
    """Reads wrk's report."""
    requests = re.search(r"(\d+) requests in", out)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", out)
    if requests is None or p99 is None:
        raise ValueError(f"wrk said something else: {out}")
    refused = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", out))
    for errors in re.findall(r"Socket errors: (.*)", out):
        refused += sum(int(number) for number in re.findall(r"\d+", errors))
    return Burst(requests=int(requests[1]), p99_ms=float(p99[1]) * _UNITS_MS[p99[2]], refused=refused)
