"""`statuspage status`: the table of now."""

import asyncio
import math
import os
from pathlib import Path
from typing import Final

import click
import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from statuspage.cli.options import config_option, load_or_exit
from statuspage.domain.errors import StorageError
from statuspage.domain.languages import ENGLISH, LANGUAGES, accepted
from statuspage.domain.words import Status
from statuspage.render.language import speaking, tr
from statuspage.render.looks import LOOKS

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


class _Uptime(msgspec.Struct):
    ratio: float | None


class _Latency(msgspec.Struct):
    first_content_p50: int | None


class _Model(msgspec.Struct):
    status: str
    label: str
    reason: str
    checked_at: str | None
    uptime: dict[str, _Uptime]
    latency_ms: _Latency | None


class _Page(msgspec.Struct):
    title: str
    status: str


class _Document(msgspec.Struct):
    page: _Page
    models: dict[str, _Model]


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print the document of /api/v1/models.")
@click.option("--lang", type=click.Choice([*LANGUAGES]), help="The language of labels and reasons; else that of the terminal.")
@click.option("--url", help="Ask a running server instead of the database, such as http://127.0.0.1:8000.")
def status(config: Path, as_json: bool, lang: str | None, url: str | None) -> None:
    """Show the status of every public model, from the database or from a running server."""
    spoken = lang or (ENGLISH if as_json else accepted(_terminal(), ENGLISH))
    body = asyncio.run(_from_server(url, spoken)) if url else _from_database(config, spoken)
    if as_json:
        click.echo(body.decode())
        return
    document = msgspec.json.decode(body, type=_Document)
    console = Console()
    with speaking(spoken):
        console.print(_table(document))
        for key, model in document.models.items():
            if model.status != "operational":
                console.print(Text.assemble((key, "bold"), tr(": {reason}.").format(reason=model.reason)), soft_wrap=True)


def _terminal() -> str:
    """The language of the terminal, as browsers name theirs."""
    return (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").partition(".")[0].replace("_", "-")


def _from_database(config: Path, spoken: str) -> bytes:
    loaded_config = load_or_exit(config)
    from statuspage.app.running import loaded
    from statuspage.render.documents import assemble, fragment
    from statuspage.render.localised import in_words

    async def read() -> bytes:
        async with loaded(loaded_config) as product:
            page = product.shelf.page
            with speaking(spoken):
                return assemble(page, [fragment(in_words(model)) for model in page.models])

    try:
        return asyncio.run(read())
    except StorageError as error:
        raise click.ClickException(str(error)) from None


async def _from_server(url: str, spoken: str) -> bytes:
    from statuspage.outbound.fetch import FetchError, fetch

    try:
        body = await fetch(f"{url.rstrip('/')}{_PATH}?lang={spoken}")
        msgspec.json.decode(body, type=_Document)
    except FetchError as error:
        raise click.ClickException(f"{url} does not answer: {error}") from None
    except msgspec.DecodeError:
        raise click.ClickException(f"{url} is no statuspage: {_PATH} is not the document expected") from None
    return body


def _table(document: _Document) -> Table:
    page = document.page
    title = f"{page.title}: {tr(LOOKS[Status(page.status)].word)}"
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), title=title, title_justify="left")
    table.add_column(tr("Model"), overflow="fold", min_width=24)
    for heading in (tr("Status"), tr("90 days"), tr("First word"), tr("Checked")):
        table.add_column(heading, no_wrap=True)
    for key, model in document.models.items():
        shape, colour = _SHAPES.get(model.status, ("?", ""))
        ratio = model.uptime["90d"].ratio
        latency = None if model.latency_ms is None else model.latency_ms.first_content_p50
        table.add_row(
            key,
            Text(f"{shape} {model.label}", style=colour),
            "–" if ratio is None else f"{math.floor(ratio * 10_000) / 100:.2f} %",
            "–" if latency is None else f"{latency} ms",
            tr("never") if model.checked_at is None else f"{model.checked_at[11:16]}Z",
        )
    return table
