"""Checks and renderings inside one process on the server's core: `python -m benchmarks.inside checks|renderings|routes CONFIG`.

A check is the real one of `serve`, from the seat to the committed row. A rendering is what the shelf does after a
check of one model; it runs in a thread of its own, and what it costs the loop that probes is told apart.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import msgspec
import uvloop

from benchmarks.processes import SERVER_CORE, pinned
from benchmarks.row import Row
from benchmarks.world import World
from statuspage.app.product import Product
from statuspage.app.running import loaded
from statuspage.cli.options import load_or_exit
from statuspage.domain.selection import Question

ROUNDS = 3
WARM_UP = 20


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """CPU milliseconds per unit of work, one figure a round."""

    all_threads_ms: tuple[float, ...]
    loop_ms: tuple[float, ...] = ()


def _healthy(product: Product) -> list[str]:
    """Models that a check finds well, so that no burst of confirmations is counted as one check."""
    unwell = ("moonshot-cn/", "openrouter/moonshotai/kimi-k2-thinking")
    watched = product.board.keys()
    return [key for key in watched if not key.startswith(unwell)]


async def checks(config: Path, count: int, at_once: int) -> Figures:
    """The CPU of a check, with so many under way at once."""
    async with loaded(load_or_exit(config)) as product:
        keys = _healthy(product)
        turns = [keys[turn % len(keys)] for turn in range(count)]
        for key in turns[:WARM_UP]:
            await product.checker.check(key)
        spent = []
        for _ in range(ROUNDS):
            before = time.process_time()
            for at in range(0, count, at_once):
                await asyncio.gather(*map(product.checker.check, turns[at : at + at_once]))
            spent.append((time.process_time() - before) * 1000 / count)
    return Figures(all_threads_ms=tuple(spent))


async def renderings(config: Path, count: int, _at_once: int) -> Figures:
    """The CPU of rendering everything that a changed model changes."""
    async with loaded(load_or_exit(config)) as product:
        keys = _healthy(product)
        whole: list[float] = []
        loop: list[float] = []
        for turn in range(WARM_UP + ROUNDS * count):
            await product.checker.check(keys[turn % len(keys)])
            before, before_loop = time.process_time(), time.thread_time()
            await product.shelf.refresh()
            if turn >= WARM_UP:
                whole.append((time.process_time() - before) * 1000)
                loop.append((time.thread_time() - before_loop) * 1000)
    return Figures(all_threads_ms=_means(whole, count), loop_ms=_means(loop, count))


async def routes(config: Path, count: int, _at_once: int) -> Figures:
    """The CPU of an answer of the selector: of one that is remembered, and in `loop_ms` of one that is chosen anew."""
    async with loaded(load_or_exit(config)) as product:
        anew, again = [], []
        for turn in range(ROUNDS):
            before = time.process_time()
            for each in range(count):
                product.flagging.routing.ask(Question(max_usd=1 + turn + each / count))
            anew.append((time.process_time() - before) * 1000 / count)
            before = time.process_time()
            for _ in range(count):
                product.flagging.routing.ask(Question())
            again.append((time.process_time() - before) * 1000 / count)
    return Figures(all_threads_ms=tuple(again), loop_ms=tuple(anew))


def _means(values: list[float], count: int) -> tuple[float, ...]:
    return tuple(sum(values[at : at + count]) / count for at in range(0, len(values), count))


def _apart(what: str, world: World, count: int, env: Mapping[str, str], at_once: int = 1) -> Figures:
    numbers = ["--count", str(count), "--at-once", str(at_once)]
    command = pinned(SERVER_CORE, [sys.executable, "-m", "benchmarks.inside", what, str(world.config), *numbers])
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return msgspec.json.decode(done.stdout, type=Figures)


def check_row(name: str, world: World, env: Mapping[str, str], *, at_once: int, goal_ms: float | None) -> Row:
    """CPU per check, storing included."""
    spent = _apart("checks", world, 400, env, at_once).all_threads_ms
    note = "asleep between two checks, caches cold" if at_once == 1 else f"{at_once} under way"
    return Row(name=name, value=median(spent), unit="ms CPU", goal=goal_ms, rounds=spent, note=note)


def route_rows(world: World, env: Mapping[str, str]) -> list[Row]:
    """CPU per question to the selector."""
    figures = _apart("routes", world, 400, env)
    name = f"choosing a model of {world.models:,}"
    return [
        Row(name=name, value=median(figures.loop_ms), unit="ms CPU", goal=1, rounds=figures.loop_ms),
        Row(name=f"{name}, asked before", value=median(figures.all_threads_ms), unit="ms CPU", goal=0.1),
    ]


def rendering_rows(world: World, goal_ms: float, env: Mapping[str, str]) -> list[Row]:
    """CPU per change of one model, and the part of it that the loop pays."""
    figures = _apart("renderings", world, 30, env)
    name = f"rendering per change, {world.models:,} models"
    return [
        Row(name=name, value=median(figures.all_threads_ms), unit="ms CPU", goal=goal_ms, rounds=figures.all_threads_ms),
        Row(name=f"{name}, on the loop", value=median(figures.loop_ms), unit="ms CPU", rounds=figures.loop_ms),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["checks", "renderings", "routes"])
    parser.add_argument("config", type=Path)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--at-once", type=int, default=1)
    asked = parser.parse_args()
    measure = {"checks": checks, "renderings": renderings, "routes": routes}[asked.what]
    print(msgspec.json.encode(uvloop.run(measure(asked.config, asked.count, asked.at_once))).decode())
