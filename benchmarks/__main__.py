"""`make bench`: every figure, as a table, as bench-results/bench.json and as bench-results/bench.svg."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console

from benchmarks.inside import check_row, rendering_rows, route_rows
from benchmarks.listening import listening_rows
from benchmarks.report import plot, print_table, write_json
from benchmarks.row import Row
from benchmarks.serving import Case, compare
from benchmarks.starting import first_pages, memory, serving, settle
from benchmarks.upstream import upstream
from benchmarks.weight import weigh
from benchmarks.world import prepare
from statuspage.zoo.fleet import demo_models

RESULTS: Final = Path("bench-results")
BUSY: Final = 20
"""Checks under way at once: what a busy server has."""
_OFTEN_S: Final = 6.0
"""So often probed that there is something to tell all the time."""
_BADGE: Final = f"/badge/{demo_models(1)[0].slug}.json"
_SMALL: Final = (
    Case(name="badge JSON", path=_BADGE, goal_us=25, goal_of_nginx=0.25),
    Case(name="dropdown JSON, 20 models", path="/api/v1/models", goal_us=25, goal_of_nginx=0.25),
    Case(name="304 of the dropdown", path="/api/v1/models", goal_us=18, conditional=True),
)
_PAGE: Final = (Case(name="page, 50 models × 90 days", path="/", goal_us=30, p99_goal_ms=5),)


def small(folder: Path) -> Iterator[Row]:
    """Requests of the small documents, 20 models."""
    with upstream() as vendors:
        world = prepare(folder, 20, vendors.origin)
        with serving(world) as (pid, _):
            settle(world)
            yield from compare(_SMALL, pid, world.url)


def page(folder: Path) -> Iterator[Row]:
    """The front page of 50 models: start, weight, memory, requests."""
    with upstream() as vendors:
        world = prepare(folder, 50, vendors.origin)
        yield first_pages(world)
        with serving(world) as (pid, _):
            settle(world)
            yield memory(pid, world)
            yield from weigh(world.url, world.models)
            yield from compare(_PAGE, pid, world.url)


def listening(folder: Path) -> Iterator[Row]:
    """The stream of events, to thousands."""
    with upstream() as vendors:
        world = prepare(folder, 20, vendors.origin, interval_s=_OFTEN_S)
        with serving(world) as (pid, _):
            yield from listening_rows(pid, world.url)


def rendering(folder: Path) -> Iterator[Row]:
    """What a change of one model costs."""
    with upstream() as vendors:
        for models, goal_ms in ((50, 15), (1000, 25)):
            yield from rendering_rows(prepare(folder / str(models), models, vendors.origin), goal_ms, os.environ)


def routing(folder: Path) -> Iterator[Row]:
    """What an answer of the selector costs."""
    with upstream() as vendors:
        yield from route_rows(prepare(folder, 20, vendors.origin), os.environ)


def probing(folder: Path) -> Iterator[Row]:
    """What a check costs, plain and over TLS."""
    with upstream(tls=True) as vendors:
        plain = prepare(folder / "plain", 20, vendors.origin)
        yield check_row("check, plain", plain, os.environ, at_once=BUSY, goal_ms=1.5)
        yield check_row("check, plain, alone", plain, os.environ, at_once=1, goal_ms=None)
        if vendors.tls_origin and vendors.ca_file:
            env = {**os.environ, "SSL_CERT_FILE": vendors.ca_file}
            secured = prepare(folder / "tls", 20, vendors.tls_origin)
            yield check_row("check, TLS", secured, env, at_once=BUSY, goal_ms=2.2)


def storage(_folder: Path) -> Iterator[Row]:
    """Bytes a sample, roll-ups included, through the real insert path."""
    out = subprocess.run([sys.executable, "-m", "benchmarks.storage"], capture_output=True, check=True).stdout
    figures = msgspec.json.decode(out, type=dict[str, msgspec.Raw])
    size = msgspec.json.decode(figures["bytes_per_sample"], type=float)
    lone = msgspec.json.decode(figures["record_lone_cpu_ms"], type=float)
    yield Row(name="a sample stored, with roll-ups", value=size, unit="B", goal=30)
    yield Row(name="storing a check", value=lone, unit="ms CPU", goal=0.5)


PARTS: Final[dict[str, Callable[[Path], Iterable[Row]]]] = {
    "small": small,
    "page": page,
    "listening": listening,
    "rendering": rendering,
    "routing": routing,
    "probing": probing,
    "storage": storage,
}


def main() -> None:
    """Measures the parts asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all when none is named")
    chosen = parser.parse_args().parts or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    console = Console(width=None if sys.stdout.isatty() else 160)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name in chosen:
            console.print(f"[dim]measuring {name} …[/]")
            rows += PARTS[name](Path(folder) / name)
    RESULTS.mkdir(exist_ok=True)
    print_table(rows, console)
    write_json(rows, RESULTS / "bench.json")
    (RESULTS / "bench.svg").write_text(plot(rows), encoding="utf-8")
    console.print(f"[dim]{RESULTS}/bench.json, {RESULTS}/bench.svg[/]")


if __name__ == "__main__":
    main()
