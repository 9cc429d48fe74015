"""`statuspage simulate`: weeks of monitoring in seconds."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click
import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from statuspage.cli.options import BAD_CONFIG, line_of
from statuspage.config.problem import Problem
from statuspage.config.scenario import load_policy, load_scenario
from statuspage.domain.durations import spell
from statuspage.domain.scenario import Happening, Scenario
from statuspage.domain.scorecard import ALARMS, EventScore

if TYPE_CHECKING:
    from statuspage.app.simulation import Run

_DAYS_PER_MONTH: Final = 30
_WIDTH_IN_A_FILE: Final = 120


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--policy", "policy", metavar="FILE|K=V,…", help="Run a second time with these numbers of the verdict's policy.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Also draw the run as a plot into this file.")
def simulate(*, scenario: Path, as_json: bool, policy: str | None, svg: Path | None) -> None:
    """Run the real check flow on a virtual clock against the scripted world of SCENARIO, a YAML file.

    Prints how fast outages were found and ended, and how many alarms were false. With --policy both policies stand side
    by side; in JSON the overridden one comes first and the default's figures are under `default`.
    """
    script, problems, warnings = load_scenario(scenario)
    overrides: dict[str, int | float] = {}
    if policy is not None:
        overrides, wrong = load_policy(policy)
        problems = [*problems, *(msgspec.structs.replace(each, path=f"--policy {each.path}".rstrip()) for each in wrong)]
    _tell([msgspec.structs.replace(each, message=f"{each.message} (warning)") for each in warnings], scenario)
    _tell(problems, scenario)
    if script is None or problems:
        sys.exit(BAD_CONFIG)
    runs = [_run(script, chosen, name) for chosen, name in _variants(overrides)]
    if svg is not None:
        _draw(svg, runs[-1], f"{scenario.name}: {_extent(script)}" + (f", {policy}" if overrides else ""))
    if as_json:
        click.echo(msgspec.json.encode(_document(runs, overrides)).decode())
    else:
        _print(script, runs, overrides)


def _variants(overrides: dict[str, int | float]) -> list[tuple[dict[str, int | float], str]]:
    return [({}, "simulating"), *([(overrides, "with --policy")] if overrides else [])]


def _tell(problems: Sequence[Problem], path: Path) -> None:
    for problem in problems:
        click.echo(line_of(problem, path), err=True)


def _run(script: Scenario, overrides: dict[str, int | float], name: str) -> "Run":
    from statuspage.app.simulation import simulate as run

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(name, total=1.0)
        return run(script, overrides, lambda done: progress.update(task, completed=done))


def _draw(path: Path, run: "Run", title: str) -> None:
    from statuspage.render.simulation import simulation_svg

    try:
        path.write_text(simulation_svg(run.scenario, run.timelines, run.card, title), encoding="utf-8")
    except OSError as error:
        click.echo(f"{path}: the plot cannot be written ({error.strerror}): name another file", err=True)
        sys.exit(1)


def document_of(run: "Run") -> dict[str, object]:
    """The object of contract §7."""
    return {
        "probes": {"scheduled": run.scheduled, "confirm": run.confirm},
        "events": [
            {
                "index": event.index,
                "detected_after_s": event.detected_after_s,
                "worst_status": event.worst_status.value,
                "recovered_after_s": event.recovered_after_s,
                "transitions": event.transitions,
            }
            for event in run.card.events
        ],
        "false": {status.value: run.card.false[status] for status in ALARMS},
        "transitions_total": run.card.transitions_total,
        "uptime_error_max": run.uptime_error_max,
        "wall_s": round(run.wall_s, 3),
    }


def _document(runs: Sequence["Run"], overrides: dict[str, int | float]) -> dict[str, object]:
    if not overrides:
        return document_of(runs[0])
    return {**document_of(runs[1]), "policy": overrides, "default": document_of(runs[0])}


def _print(script: Scenario, runs: Sequence["Run"], overrides: dict[str, int | float]) -> None:
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_IN_A_FILE)
    console.print(f"{_extent(script)}, {script.base_error_rate:.2%} independent errors, seed {script.seed}", highlight=False)
    names = ["default", ", ".join(f"{key}={value:g}" for key, value in overrides.items())][: len(runs)]
    if script.events:
        console.print(_event_table(script, runs, names))
    console.print(_total_table(runs, names))


def _event_table(script: Scenario, runs: Sequence["Run"], names: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in (
        "Event",
        "What",
        "Models",
        *(["Policy"] if len(runs) > 1 else []),
        "Found after",
        "Worst",
        "Green after",
        "Changes",
    ):
        justify: Literal["left", "right"] = "right" if heading in {"Found after", "Green after", "Changes"} else "left"
        table.add_column(heading, justify=justify, no_wrap=heading not in {"What", "Models", "Policy"})
    for index, event in enumerate(script.events):
        for run, name in zip(runs, names, strict=True):
            first = name == names[0]
            what = (str(index), _what(event), _who(event, script)) if first else ("", "", "")
            table.add_row(*what, *([name] if len(runs) > 1 else []), *_figures(run.card.events[index]))
    return table


def _figures(score: EventScore) -> tuple[str, str, str, str]:
    return _span(score.detected_after_s), score.worst_status.value, _span(score.recovered_after_s), str(score.transitions)


def _total_table(runs: Sequence["Run"], names: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("", *(names if len(runs) > 1 else [""])):
        table.add_column(heading, justify="right" if heading or len(runs) == 1 else "left")
    table.columns[0].justify = "left"
    months = runs[0].scenario.days / _DAYS_PER_MONTH * runs[0].scenario.models
    for status in ALARMS:
        counts = [run.card.false[status] for run in runs]
        table.add_row(f"false {status.value}", *(f"{count} ({count / months:.2f} a month and model)" for count in counts))
    table.add_row("changes of status", *(str(run.card.transitions_total) for run in runs))
    errors = [run.uptime_error_max for run in runs]
    table.add_row("largest error of uptime", *("–" if error is None else f"{error:.2%}" for error in errors))
    table.add_row("probes", *(f"{run.scheduled:,} scheduled, {run.confirm:,} to confirm" for run in runs))
    table.add_row("took", *(f"{run.wall_s:.1f} s" for run in runs))
    return table


def _extent(script: Scenario) -> str:
    return f"{script.days:g} days of {script.models} models every {spell(script.interval_s)}"


def _what(event: Happening) -> str:
    begins, lasts = spell(event.start_ms // 1000), spell((event.end_ms - event.start_ms) // 1000)
    said = [f"our network is cut ({event.class_name})" if event.cut else f"{event.failure_rate:.0%} {event.class_name}"]
    if not event.failure_rate:
        said = []
    if event.latency_factor != 1:
        said.append(f"{event.latency_factor:g} × slower")
    return f"{' and '.join(said) or 'nothing'} from {begins} for {lasts}"


def _who(event: Happening, script: Scenario) -> str:
    return "all" if len(event.models) == script.models else ", ".join(map(str, sorted(event.models)))


def _span(seconds: float | None) -> str:
    if seconds is None:
        return "never"
    return f"{seconds / 60:.1f} min" if seconds else "at once"
