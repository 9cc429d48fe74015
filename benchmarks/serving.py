"""CPU a request of our server against nginx with the same bytes as a file, taken in turns."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

import msgspec

from benchmarks.http import get
from benchmarks.nginx import Nginx, ServedFile, nginx
from benchmarks.processes import cpu_s
from benchmarks.row import Row
from benchmarks.wrk import load

ROUNDS: Final = 3
SECONDS: Final = 3
_KEPT_HEADERS: Final = ("content-type", "content-encoding", "cache-control", "vary", "access-control-allow-origin")
GZIP: Final = {"Accept-Encoding": "gzip"}


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One address to compare; goals are CPU in µs a request and the least share of nginx's speed."""

    name: str
    path: str
    goal_us: float
    goal_of_nginx: float | None = None
    conditional: bool = False
    """Ask with the document's own ETag, so that the answer is 304."""
    p99_goal_ms: float | None = None


class _Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two servers: whom to ask, and whose CPU to count."""

    pid: int
    url: str
    headers: Mapping[str, str]


def _burst_us(side: _Side, seconds: int) -> tuple[float, float]:
    """CPU in µs a request, and the 99th percentile in ms."""
    before = cpu_s(side.pid)
    burst = load(side.url, seconds, side.headers)
    spent = cpu_s(side.pid) - before
    if burst.refused:
        raise RuntimeError(f"{side.url} refused {burst.refused} of {burst.requests} requests")
    return spent / burst.requests * 1e6, burst.p99_ms


def _sides(case: Case, pid: int, url: str, theirs: Nginx) -> tuple[_Side, _Side]:
    address, file = url + case.path, f"{theirs.url}/{_file_name(case)}"
    if not case.conditional:
        return _Side(pid=pid, url=address, headers=GZIP), _Side(pid=theirs.pid, url=file, headers=GZIP)
    ours = {**GZIP, "If-None-Match": get(address, GZIP).headers["etag"]}
    nginxs = {**GZIP, "If-None-Match": get(file, GZIP).headers["etag"]}
    for asked, headers in ((address, ours), (file, nginxs)):
        status = get(asked, headers).status
        if status != 304:
            raise RuntimeError(f"{asked} answers {status} to its own ETag")
    return _Side(pid=pid, url=address, headers=ours), _Side(pid=theirs.pid, url=file, headers=nginxs)


def _file_name(case: Case) -> str:
    return case.path.strip("/").replace("/", "-") or "index"


def _file(url: str, case: Case) -> ServedFile:
    answer = get(url + case.path, GZIP)
    if answer.status != 200:
        raise RuntimeError(f"{url}{case.path} answers {answer.status}")
    return ServedFile(body=answer.body, headers={name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers})


def compare(cases: Sequence[Case], pid: int, url: str, seconds: int = SECONDS) -> list[Row]:
    """Asks both servers in turns, A B A B …; `pid` is our server's, pinned to the core that nginx gets too."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-nginx-") as folder:
        files = {_file_name(case): _file(url, case) for case in cases}
        with nginx(files, Path(folder)) as theirs:
            for case in cases:
                rows += _compare_one(case, *_sides(case, pid, url, theirs), seconds)
    return rows


def _compare_one(case: Case, ours: _Side, theirs: _Side, seconds: int) -> list[Row]:
    mine: list[float] = []
    limit: list[float] = []
    p99: list[float] = []
    _burst_us(ours, 1)
    _burst_us(theirs, 1)
    for _ in range(ROUNDS):
        spent, late = _burst_us(ours, seconds)
        mine.append(spent)
        p99.append(late)
        limit.append(_burst_us(theirs, seconds)[0])
    body = get(ours.url, GZIP)
    note = f"{len(body.body):,} B" + (" gzip" if "content-encoding" in body.headers else "")
    rows = [
        Row(name=case.name, value=median(mine), unit="µs CPU", goal=case.goal_us, rounds=tuple(mine), note=note),
        Row(
            name=f"{case.name}, of nginx",
            value=median(limit) / median(mine),
            unit="×",
            goal=case.goal_of_nginx,
            better="at_least",
            rounds=tuple(a / b for a, b in zip(limit, mine, strict=True)),
            note=f"nginx {median(limit):.1f} µs",
        ),
    ]
    if case.p99_goal_ms is not None:
        rows.append(Row(name=f"{case.name}, p99", value=median(p99), unit="ms", goal=case.p99_goal_ms, rounds=tuple(p99)))
    return rows
