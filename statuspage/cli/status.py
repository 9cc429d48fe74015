"""`statuspage status`: the table of now."""

import asyncio
from pathlib import Path
from typing import Any, Final

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from statuspage.cli.options import config_option, load_or_exit
from statuspage.domain.errors import StorageError

_PATH: Final = "/api/v1/models"
_SHAPES: Final = {
    "operational": ("●", "green"),
    "degraded_performance": ("▲", "yellow"),
    "partial_outage": ("◆", "yellow"),
    "major_outage": ("■", "red"),
    "under_maintenance": ("⚙", "blue"),
    "no_data": ("○", "bright_black"),
    "retired": ("✕", "bright_black"),
}


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print the document of /api/v1/models.")
@click.option("--url", help="Ask a running server instead of the database, such as http://127.0.0.1:8000.")
def status(config: Path, as_json: bool, url: str | None) -> None:
    """Show the status of every public model, from the database or from a running server."""
    body = asyncio.run(_from_server(url)) if url else _from_database(config)
    if as_json:
        click.echo(body.decode())
        return
    Console().print(_table(msgspec.json.decode(body)))


def _from_database(config: Path) -> bytes:
    loaded_config = load_or_exit(config)
    from statuspage.app import loaded

    async def read() -> bytes:
        async with loaded(loaded_config) as product:
            return product.shelf.documents[_PATH].body

    try:
        return asyncio.run(read())
    except StorageError as error:
        raise click.ClickException(str(error)) from None


async def _from_server(url: str) -> bytes:
    from statuspage.outbound.fetch import FetchError, fetch

    try:
        body = await fetch(url.rstrip("/") + _PATH)
        msgspec.json.decode(body)["models"]
    except FetchError as error:
        raise click.ClickException(f"{url} does not answer: {error}") from None
    except (msgspec.DecodeError, KeyError, TypeError):
        raise click.ClickException(f"{url} is no statuspage: {_PATH} is not the document expected") from None
    return body


def _table(document: Any) -> Table:
    page = document["page"]
    table = Table(title=f"{page['title']}: {page['status'].replace('_', ' ')}", title_justify="left")
    for heading in ("Model", "Status", "Uptime 90 d", "First word p50", "Checked", "Why"):
        table.add_column(heading, overflow="fold")
    for key, model in document["models"].items():
        shape, colour = _SHAPES.get(model["status"], ("?", ""))
        ratio = model["uptime"]["90d"]["ratio"]
        latency = (model["latency_ms"] or {}).get("first_content_p50")
        table.add_row(
            key,
            Text(f"{shape} {model['label']}", style=colour),
            "–" if ratio is None else f"{ratio:.2%}",
            "–" if latency is None else f"{latency} ms",
            model["checked_at"] or "never",
            "" if model["status"] == "operational" else model["reason"],
        )
    return table
