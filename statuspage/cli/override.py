"""`statuspage override`: what is shown of a model for a time, whatever is measured."""

from pathlib import Path

import click
from rich.console import Console

from statuspage.cli.options import config_option, load_or_exit
from statuspage.cli.steering import Moment, Wrote, at_desk, author_option, json_option, listing, print_json, span
from statuspage.domain.clock import rfc3339
from statuspage.render.overrides import override_object


@click.group()
def override() -> None:
    """Set what is shown of a model until a given time; readers are told that an operator set it, and why.

    What is measured meanwhile counts in uptime as ever.
    """


@override.command("set")
@click.argument("key", metavar="KEY")
@click.argument("status", metavar="STATUS", required=False)
@config_option
@click.option("--use-instead", metavar="KEY", help="The model to name as what to use instead.")
@click.option("--reason", required=True, help="Why; readers see it.")
@click.option("--until", type=Moment(), required=True, help="When it expires by itself.")
@author_option
@json_option
def set_override(  # noqa: PLR0913 - options
    *,
    key: str,
    status: str | None,
    config: Path,
    use_instead: str | None,
    reason: str,
    until: int,
    author: str | None,
    as_json: bool,
) -> None:
    """Show the model KEY as STATUS until a given time.

    STATUS is operational, degraded_performance, partial_outage, major_outage, under_maintenance, no_data or retired.
    """
    loaded = load_or_exit(config)
    written = at_desk(
        loaded,
        lambda desks: desks.overrides.set(
            key, status=status, use_instead=use_instead, reason=reason, until_ms=until, author=author
        ),
        [key],
        lambda made: Wrote("set an override", made.key, author),
    )
    if as_json:
        print_json(override_object(written))
    else:
        shown = "as measured" if written.status is None else f"as {written.status.value}"
        click.echo(f"{key} is shown {shown} until {rfc3339(until)}.")


@override.command()
@click.argument("key", metavar="KEY")
@config_option
@json_option
def clear(key: str, config: Path, as_json: bool) -> None:
    """Show the model KEY as it is measured again."""
    loaded = load_or_exit(config)
    cleared = at_desk(
        loaded, lambda desks: desks.overrides.clear(key), [key], lambda made: Wrote("cleared an override", made.key)
    )
    if as_json:
        print_json(override_object(cleared))
    else:
        click.echo(f"{key} is shown as it is measured.")


@override.command("list")
@config_option
@json_option
def list_overrides(config: Path, as_json: bool) -> None:
    """List the overrides that have not expired."""
    loaded = load_or_exit(config)
    known = at_desk(loaded, lambda desks: desks.overrides.known())
    if as_json:
        print_json({"overrides": [override_object(each) for each in known]})
        return
    table = listing("Model", "Shown as", "Until", folded=("Why",))
    for each in known:
        instead = None if each.use_instead is None else f"use {each.use_instead}"
        status = "as measured" if each.status is None else each.status.value
        why = "\n".join(line for line in (each.reason, instead, each.author) if line)
        table.add_row(each.key, status, span(each.until_ms, None), why)
    Console().print(table if known else "Everything is shown as it is measured.")
