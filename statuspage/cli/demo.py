"""`statuspage demo`: the whole product on simulated vendors, with no key and no network."""

import os
import socket
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from statuspage.cli.run import address_of, listen, run
from statuspage.config.load import load
from statuspage.domain.days import zone_of

if TYPE_CHECKING:
    from statuspage.app.running import Running

_SEED: Final = 7
_DATABASE: Final = "statuspage.db"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one.")
@click.option("--models", default=20, show_default=True, type=click.IntRange(1, 10_000), help="How many models to watch.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Keep database and settings here.")
def demo(host: str, port: int, models: int, keep: Path | None) -> None:
    """Show the whole product on simulated vendors: no key, no network, nothing left behind.

    Ninety days of made-up history, and live faults that come and go; green, yellow, red and grey within two minutes.
    """
    listening = listen(host, port)
    with tempfile.TemporaryDirectory(prefix="statuspage-demo-") as temporary:
        directory = keep or Path(temporary)
        click.echo(f"A simulation of {models} models: {address_of(listening)}  (Ctrl-C ends it)", err=True)
        run(listening, lambda: _world(directory, listening, models))


@asynccontextmanager
async def _world(directory: Path, listening: socket.socket, count: int) -> AsyncIterator["Running"]:
    """The zoo, the past and the product, for as long as the demo runs."""
    from statuspage.app.running import running
    from statuspage.zoo.demo import demo_interval_s, demo_script, write_demo
    from statuspage.zoo.fleet import demo_models
    from statuspage.zoo.zoo import Zoo

    fleet = demo_models(count)
    async with AsyncExitStack() as stack:
        zoo = await stack.enter_async_context(Zoo(script=demo_script(fleet), seed=_SEED, pace=1.0))
        path = write_demo(directory, zoo.origin, address_of(listening), fleet, demo_interval_s(count))
        loaded = load(path, os.environ)
        if loaded.config is None:
            problems = "; ".join(f"{problem.path}: {problem.message}" for problem in loaded.problems)
            raise click.ClickException(f"the demo's own configuration is not usable: {problems}")
        click.echo(f'Its vendors: {zoo.origin}/_zoo  (curl -d \'{{"cut": "moonshot"}}\' there cuts one off)', err=True)
        if not (directory / _DATABASE).exists():
            await _seed(loaded.config.database_url, count, loaded.config.site.timezone)
        yield await stack.enter_async_context(running(loaded.config, simulation=True))


async def _seed(database_url: str, count: int, timezone: str) -> None:
    """Ninety days of history, up to now."""
    from statuspage.probes.toolcases.registry import TITLES
    from statuspage.service.toolwatch import TOPIC
    from statuspage.storage.store import SqlStore
    from statuspage.zoo.calls_past import calls_past
    from statuspage.zoo.fleet import demo_models
    from statuspage.zoo.history import demo_past
    from statuspage.zoo.tools_past import tools_past
    from statuspage.zoo.written import demo_incidents, demo_plans

    store = SqlStore(database_url)
    await store.open()
    try:
        fleet, now_ms = demo_models(count), time.time_ns() // 1_000_000
        past = demo_past(fleet, now_ms=now_ms, seed=_SEED, zone=zone_of(timezone))
        await store.seed(past.histories, (*past.incidents, *demo_incidents(fleet, now_ms)))
        for plan in demo_plans(fleet, now_ms):
            await store.keep_plan(plan, None)
        for key, record in tools_past(fleet, tuple(TITLES), now_ms, _SEED).items():
            await store.note(TOPIC, key, record)
        await store.receive(calls_past(fleet, now_ms, _SEED), 0)
        await store.tell(past.events)
    finally:
        await store.close()
