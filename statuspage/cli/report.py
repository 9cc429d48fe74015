"""`statuspage report`: what probing cost, and how models did, over a span of time."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import time
from typing import Any, Final, TypeVar

import click
import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from statuspage.cli.options import config_option, load_or_exit
from statuspage.cli.steering import Moment, json_option
from statuspage.config.fleet import Config
from statuspage.domain.errors import StorageError
from statuspage.domain.ledger import day_start_ms, month_start_ms
from statuspage.render.report import Drawn, cost_json, drawn_cost, drawn_uptime, markdown, plain, uptime_json

_Command = TypeVar("_Command", bound=Callable[..., Any])
_DAY_MS: Final = 86_400_000
_HOUR_MS: Final = 3_600_000
_FOLDED: Final = 12


class _Day(Moment):
    """A day, or a time as RFC 3339."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, str):
            with suppress(ValueError):
                value = f"{date.fromisoformat(value)}T00:00:00Z"
        return super().convert(value, param, ctx)


def _span_options(command: _Command) -> _Command:
    """Adds `--weekly`, `--from`, `--to`, `--json`, `--markdown` and `--notify`."""
    for option in (
        click.option("--notify", is_flag=True, help="Also send it to the channels of the operator."),
        click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown."),
        json_option,
        click.option("--to", "to_ms", type=_Day(), help="Up to this day or time; now when left out."),
        click.option("--from", "from_ms", type=_Day(), help="From this day or time; the beginning of the month when left out."),
        click.option("--weekly", is_flag=True, help="The last seven days."),
        config_option,
    ):
        command = option(command)
    return command


@click.group()
def report() -> None:
    """Tell what probing cost, or how models did, over a span of time: this month so far when nothing else is said."""


@report.command()
@_span_options
def cost(
    *, config: Path, weekly: bool, from_ms: int | None, to_ms: int | None, as_json: bool, as_markdown: bool, notify: bool
) -> None:
    """Tell what probing cost: tokens and money by model and provider, the month so far and where it leads.

    Days are whole days of UTC. A cost that is not known is no 0: such probes are counted apart.
    """
    from statuspage.app.reporting import read_cost

    loaded = load_or_exit(config)
    begin_ms, end_ms = _span(_now_ms(), from_ms, to_ms, weekly=weekly, grain_ms=_DAY_MS)
    found = _read(lambda: asyncio.run(read_cost(loaded, begin_ms, end_ms)))
    _print(drawn_cost(found), cost_json(found), as_json=as_json, as_markdown=as_markdown)
    if notify:
        _send(loaded, drawn_cost(found))


@report.command()
@_span_options
def uptime(
    *, config: Path, weekly: bool, from_ms: int | None, to_ms: int | None, as_json: bool, as_markdown: bool, notify: bool
) -> None:
    """Tell how models did: uptime with its interval, coverage, and what went wrong most often.

    Hours are whole hours of UTC. Models that are not public are among them.
    """
    from statuspage.app.reporting import read_uptime

    loaded = load_or_exit(config)
    begin_ms, end_ms = _span(_now_ms(), from_ms, to_ms, weekly=weekly, grain_ms=_HOUR_MS)
    found = _read(lambda: asyncio.run(read_uptime(loaded, begin_ms, end_ms)))
    _print(drawn_uptime(found), uptime_json(found), as_json=as_json, as_markdown=as_markdown)
    if notify:
        _send(loaded, drawn_uptime(found))


def _span(now_ms: int, from_ms: int | None, to_ms: int | None, *, weekly: bool, grain_ms: int) -> tuple[int, int]:
    """From the beginning of a whole day or hour up to the end of one."""
    if weekly and from_ms is not None:
        raise click.UsageError("--weekly says where to begin: leave --from out, or give --from and --to alone.")
    end_ms = now_ms if to_ms is None else to_ms
    week_ms = day_start_ms(end_ms - 1) - 6 * _DAY_MS
    begin_ms = week_ms if weekly else month_start_ms(end_ms - 1) if from_ms is None else from_ms
    if begin_ms >= end_ms:
        raise click.UsageError("--from must be before --to.")
    return begin_ms - begin_ms % grain_ms, end_ms + -end_ms % grain_ms


def _now_ms() -> int:
    return round(time() * 1000)


def _read(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is read
    try:
        return work()
    except StorageError as error:
        raise click.ClickException(str(error)) from None


def _send(config: Config, drawn: Drawn) -> None:
    from statuspage.app.reporting import send

    _read(lambda: asyncio.run(send(config, drawn.title, plain(drawn))))


def _print(drawn: Drawn, document: dict[str, Any], *, as_json: bool, as_markdown: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(document).decode())
    elif as_markdown:
        click.echo(markdown(drawn), nl=False)
    else:
        console = Console()
        console.print(_table(drawn))
        for note in drawn.notes:
            console.print(note, soft_wrap=True, highlight=False)


def _table(drawn: Drawn) -> Table:
    """Figures stay whole on a narrow terminal; names and words fold."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), title=drawn.title, title_justify="left")
    for place, heading in enumerate(drawn.headings):
        if heading in drawn.words:
            table.add_column(heading, overflow="fold", min_width=_FOLDED, ratio=1)
        else:
            table.add_column(heading, no_wrap=True, justify="right" if place else "left")
    for row in drawn.rows:
        table.add_row(*row)
    return table
