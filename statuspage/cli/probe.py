"""`statuspage probe`: one round now, nothing stored."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from statuspage.cli.options import BAD_CONFIG, config_option, line_of, load_or_exit
from statuspage.cli.sample_line import sample_line
from statuspage.config.problem import Problem
from statuspage.domain.classes import CLASSES
from statuspage.domain.model import nearest
from statuspage.domain.sample import CaseResult, Sample
from statuspage.domain.words import Judgement, ProbeKind

if TYPE_CHECKING:
    from statuspage.config.fleet import Config

_KINDS: Final = ("chat", "tools", "catalog", "balance")
_COLOURS: Final = {
    Judgement.OK: "green",
    Judgement.SLOW: "yellow",
    Judgement.FAILED: "red",
    Judgement.EXCLUDED: "bright_black",
}
_WELL: Final = (Judgement.OK, Judgement.SLOW)


@click.command()
@click.argument("keys", nargs=-1, metavar="[KEY]…")
@config_option
@click.option("--kind", type=click.Choice(_KINDS), help="Ask this instead of every kind in the model's `probes`.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a probe, as they come.")
@click.option("--no-confirm", is_flag=True, help="Do not ask again after a failure.")
def probe(*, keys: tuple[str, ...], config: Path, kind: str | None, as_json: bool, no_confirm: bool) -> None:
    """Ask models once, now, and store nothing; without KEY every configured model.

    Exit status: 0 all ok or slow, 1 at least one failed, 3 none failed but at least one excluded, 2 bad configuration.
    """
    loaded = load_or_exit(config)
    if any(provider.discover is not None for provider in loaded.providers):
        loaded = asyncio.run(_with_listed(loaded))
    chosen = _chosen(keys, loaded, config)
    samples = asyncio.run(_round(loaded, chosen, ProbeKind(kind) if kind else None, as_json=as_json, confirm=not no_confirm))
    judgements = {sample.judgement for sample in samples}
    sys.exit(1 if Judgement.FAILED in judgements else 3 if Judgement.EXCLUDED in judgements else 0)


def _chosen(keys: tuple[str, ...], config: "Config", path: Path) -> list[str]:
    known = [model.key for model in config.models]
    unknown = [key for key in keys if key not in known]
    for key in unknown:
        near = nearest(key, known)
        hint = f"; did you mean {near}?" if near else "; `statuspage status` lists what is"
        click.echo(line_of(Problem(path="", message=f"no model {key} is configured{hint}", nearest=near), path), err=True)
    if unknown:
        sys.exit(BAD_CONFIG)
    return list(keys) or known


async def _with_listed(config: "Config") -> "Config":
    from statuspage.app.one_round import with_listed

    return await with_listed(config)


async def _round(config: "Config", keys: list[str], kind: ProbeKind | None, *, as_json: bool, confirm: bool) -> list[Sample]:
    from statuspage.app.asking import kinds_of
    from statuspage.app.one_round import one_round

    asked = kinds_of(config, kind, keys)
    results = one_round(config, asked, confirm=confirm)
    if as_json:
        return [_printed(sample) async for sample in results]
    return await _shown(results, len(asked))


def _printed(sample: Sample) -> Sample:
    click.echo(sample_line(sample))
    return sample


async def _shown(results: AsyncIterator[Sample], expected: int) -> list[Sample]:
    samples = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("asking", total=expected)
        async for sample in results:
            samples.append(sample)
            progress.advance(task)
    console = Console()
    console.print(_table(samples))
    for sample in samples:
        if sample.judgement not in _WELL or (sample.attempts > 1 and sample.message):
            console.print(_note(sample), soft_wrap=True)
        for case in sample.cases:
            if case.passed is False or (case.passed is None and case.class_name != sample.class_name):
                console.print(_case(case), soft_wrap=True)
    return samples


def _table(samples: list[Sample]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("Model", "Probe", "Class", "Fault", "HTTP", "First word", "Total"):
        table.add_column(heading, no_wrap=heading != "Model", overflow="fold")
    for sample in sorted(samples, key=lambda each: each.model):
        timings = sample.timings_ms
        table.add_row(
            sample.model,
            sample.probe.value,
            Text(sample.class_name, style=_COLOURS[sample.judgement]),
            sample.fault.value,
            "–" if sample.http_status is None else str(sample.http_status),
            _ms(timings.first_content),
            _ms(timings.total),
        )
    return table


def _note(sample: Sample) -> Text:
    words = " ".join(part for part in (sample.message, sample.advice) if part)
    return Text.assemble((sample.model, "bold"), f": {words or CLASSES[sample.class_name].says}")


def _case(case: CaseResult) -> Text:
    word, colour = ("failed", "red") if case.passed is False else ("left out", "bright_black")
    return Text.assemble("  ", (f"{case.name} {word}", colour), f" ({case.class_name}): {case.detail}")


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} ms"
