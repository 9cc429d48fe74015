"""`statuspage subscribers`: who of the public hears what."""

import asyncio
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import TypeVar

import click
import msgspec
from rich.console import Console
from rich.table import Table

from statuspage.cli.options import BAD_CONFIG, config_option, load_or_exit
from statuspage.config.fleet import Config
from statuspage.domain.clock import rfc3339
from statuspage.domain.errors import StorageError
from statuspage.domain.subscription import Subscriber

_T = TypeVar("_T")


@click.group()
def subscribers() -> None:
    """List and remove those who asked to be told."""


@subscribers.command("list")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def show(config: Path, as_json: bool) -> None:
    """List subscribers, oldest first."""
    found = _run(_read(load_or_exit(config)))
    if as_json:
        click.echo(msgspec.json.encode([_object(each) for each in found]))
        return
    Console().print(_table(found) if found else "Nobody has subscribed yet.")


@subscribers.command()
@click.argument("address")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def remove(address: str, config: Path, as_json: bool) -> None:
    """Forget the subscriber with this ADDRESS or id."""
    gone = _run(_remove(load_or_exit(config), address))
    if not gone:
        click.echo(f"Nobody has subscribed as {address!r}; `statuspage subscribers list` lists who has.", err=True)
        raise click.exceptions.Exit(BAD_CONFIG)
    click.echo(msgspec.json.encode({"removed": gone}) if as_json else f"{address} is forgotten.")


def _run(work: Coroutine[None, None, _T]) -> _T:
    try:
        return asyncio.run(work)
    except StorageError as error:
        raise click.ClickException(str(error)) from None


async def _read(config: Config) -> tuple[Subscriber, ...]:
    from statuspage.storage.store import SqlStore

    store = SqlStore(config.database_url)
    await store.open()
    try:
        return await store.subscribers.all()
    finally:
        await store.close()


async def _remove(config: Config, address: str) -> list[str]:
    from statuspage.storage.store import SqlStore

    store = SqlStore(config.database_url)
    await store.open()
    try:
        gone = [each.id for each in await store.subscribers.all() if address in (each.address, each.id)]
        for subscriber_id in gone:
            await store.subscribers.remove(subscriber_id)
        return gone
    finally:
        await store.close()


def _object(each: Subscriber) -> dict[str, object]:
    return {
        "id": each.id,
        "kind": each.kind,
        "address": each.address,
        "models": list(each.models),
        "language": each.language,
        "created_at": rfc3339(each.created_ms),
        "confirmed_at": None if each.confirmed_ms is None else rfc3339(each.confirmed_ms),
    }


def _table(found: Sequence[Subscriber]) -> Table:
    table = Table("Address", "Kind", "Hears of", "Since", "Confirmed")
    for each in found:
        models = ", ".join(each.models) or "everything"
        table.add_row(each.address, each.kind, models, rfc3339(each.created_ms)[:10], "yes" if each.confirmed_ms else "no")
    return table
