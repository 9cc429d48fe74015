"""`statuspage doctor`: what is wrong between the configuration and the vendors, and how to mend it."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from statuspage.cli.options import BAD_CONFIG, config_option, line_of, load_or_exit
from statuspage.config.problem import Problem
from statuspage.domain.model import nearest
from statuspage.service.doctor.finding import Finding, State

if TYPE_CHECKING:
    from statuspage.config.fleet import Config

_MARKS: Final = {
    State.OK: ("✓", "green"),
    State.WARNING: ("▲", "yellow"),
    State.PROBLEM: ("✕", "red"),
    State.UNKNOWN: ("?", "bright_black"),
}
_WIDEST_STEP: Final = 11


@click.command()
@click.argument("providers", nargs=-1, metavar="[PROVIDER]…")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with all findings.")
def doctor(*, providers: tuple[str, ...], config: Path, as_json: bool) -> None:
    """Find out what is wrong with keys, addresses, models, limits, money and the clock, and how to mend it.

    Only free addresses are asked, and a key is only sent to hosts of its own vendor. Without PROVIDER every configured one.

    Exit status: 0 when there is no problem, 1 when there is one, 2 bad configuration.
    """
    loaded = load_or_exit(config)
    chosen = _chosen(providers, loaded, config)
    visits = asyncio.run(_visit(loaded, chosen))
    findings = [finding for visit in visits for finding in visit]
    if as_json:
        click.echo(msgspec.json.encode({"findings": findings}).decode())
    else:
        for visit in visits:
            show(visit)
    sys.exit(1 if any(finding.state is State.PROBLEM for finding in findings) else 0)


def _chosen(names: tuple[str, ...], config: "Config", path: Path) -> list[str]:
    known = [provider.name for provider in config.providers]
    unknown = [name for name in names if name not in known]
    for name in unknown:
        near = nearest(name, known)
        hint = f"; did you mean {near}?" if near else f"; there are {', '.join(known)}"
        click.echo(line_of(Problem(path="", message=f"no provider {name} is configured{hint}", nearest=near), path), err=True)
    if unknown:
        sys.exit(BAD_CONFIG)
    return list(dict.fromkeys(names)) or known


async def _visit(config: "Config", names: list[str]) -> list[tuple[Finding, ...]]:
    from statuspage.app.examining import Examining
    from statuspage.service.clock import SystemClock
    from statuspage.service.doctor.doctor import Doctor

    clock = SystemClock()
    visits = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("examining", total=len(names) + 1)
        async for findings in Doctor(config, Examining(config, clock), clock).visit(names):
            visits.append(findings)
            progress.advance(task)
    return visits


def show(findings: tuple[Finding, ...]) -> None:
    """Prints one visit's findings: mark, step, sentence, and below it the fix."""
    console = Console()
    if findings:
        console.print(Text(findings[0].provider or "this monitor", style="bold"))
    for finding in findings:
        mark, colour = _MARKS[finding.state]
        line = f"{finding.step.value:<{_WIDEST_STEP}} {_printable(finding.message)}"
        console.print(Text.assemble((f"  {mark} ", colour), line), soft_wrap=True)
        if finding.fix:
            console.print(Text(f"{'':<{_WIDEST_STEP + 5}}→ {_printable(finding.fix)}"), soft_wrap=True)


def _printable(text: str) -> str:
    """Without control characters: ids in it come from outside, and a terminal obeys."""
    return "".join(char if char.isprintable() else " " for char in text)
