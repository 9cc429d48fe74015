"""`statuspage notify`: tries a channel, and shows what became of messages."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table

from statuspage.cli.options import BAD_CONFIG, config_option, load_or_exit
from statuspage.config.fleet import Config
from statuspage.domain.clock import rfc3339
from statuspage.domain.errors import StorageError
from statuspage.domain.notice import Delivery


@click.group()
def notify() -> None:
    """Try the channels of `notify`, and see what became of messages."""


@notify.command()
@click.argument("name")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def test(name: str, config: Path, as_json: bool) -> None:
    """Send a test message to the channel NAME now; status 1 when it was not taken."""
    loaded = load_or_exit(config)
    if name not in {channel.name for channel in loaded.notify}:
        known = ", ".join(channel.name for channel in loaded.notify) or "none"
        click.echo(f"There is no channel {name!r} in notify; there are: {known}.", err=True)
        raise click.exceptions.Exit(BAD_CONFIG)
    error = asyncio.run(_try(loaded, name))
    if as_json:
        click.echo(msgspec.json.encode({"channel": name, "delivered": error is None, "error": error}))
    elif error is None:
        click.echo(f"The channel {name} took the test message.")
    else:
        click.echo(f"The channel {name} did not take the test message: {error}.", err=True)
    raise click.exceptions.Exit(0 if error is None else 1)


async def _try(config: Config, name: str) -> str | None:
    from statuspage.app.telling import lines_of
    from statuspage.service.backroom import test_message
    from statuspage.service.clock import SystemClock

    clock = SystemClock()
    line = next(line for line in lines_of(config, clock) if line.name == name)
    notice = test_message(name, config.site.title, config.site.url, clock.now_ms())
    return (await line.send([notice], None)).error


@notify.command("log")
@config_option
@click.option("--channel", help="Only this channel.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at the most.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
def show_log(config: Path, channel: str | None, limit: int, as_json: bool) -> None:
    """Show the newest deliveries: what was sent where, what waits, what was given up on."""
    loaded = load_or_exit(config)
    try:
        deliveries = asyncio.run(_read(loaded, limit, channel))
    except StorageError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        for delivery in deliveries:
            click.echo(msgspec.json.encode(_object(delivery)))
        return
    Console().print(_table(deliveries) if deliveries else "Nothing was sent yet.")


async def _read(config: Config, limit: int, channel: str | None) -> Sequence[Delivery]:
    from statuspage.storage.store import SqlStore

    store = SqlStore(config.database_url)
    await store.open()
    try:
        return await store.outbox.log(limit, channel)
    finally:
        await store.close()


def _object(delivery: Delivery) -> dict[str, object]:
    settled = delivery.settled_ms
    return {
        "id": delivery.notice.id,
        "channel": delivery.channel,
        "type": delivery.notice.kind,
        "title": delivery.notice.title,
        "at": rfc3339(delivery.notice.at_ms),
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "error": delivery.error,
        "due_at": rfc3339(delivery.due_ms),
        "settled_at": None if settled is None else rfc3339(settled),
    }


def _table(deliveries: Sequence[Delivery]) -> Table:
    table = Table("When", "Channel", "What", "State", "Attempts", "Why not")
    for delivery in deliveries:
        notice = delivery.notice
        state = f"{delivery.state.value}"
        table.add_row(
            rfc3339(notice.at_ms)[:16], delivery.channel, notice.title, state, str(delivery.attempts), delivery.error or ""
        )
    return table
