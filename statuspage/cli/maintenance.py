"""`statuspage maintenance`: announces work, once or by a rule, and takes it back."""

from pathlib import Path

import click
from rich.console import Console

from statuspage.cli.options import config_option, load_or_exit
from statuspage.cli.steering import Moment, Wrote, at_desk, author_option, concerned, json_option, listing, print_json, span
from statuspage.config.fleet import Config
from statuspage.render.people_documents import maintenance_object
from statuspage.service.maintenance_desk import NewMaintenance, Planned


@click.group()
def maintenance() -> None:
    """Announce work; a running server shows it within a second or two.

    During a window its models are shown as under maintenance on every surface. Probes go on, but what they find does not
    count in uptime. When it ends, each model has the status that is measured then.
    """


@maintenance.command()
@config_option
@click.option("--title", required=True, help="What is done, in a few words.")
@click.option("--start", type=Moment(), required=True, help="When the first window begins.")
@click.option("--end", type=Moment(), required=True, help="When the first window ends; every window lasts as long.")
@click.option("--rrule", metavar="RULE", help="How it repeats (RFC 5545), such as FREQ=WEEKLY;BYDAY=SU.")
@click.option("--timezone", metavar="ZONE", help="On whose clocks it repeats (IANA); without it the site's.")
@click.option("--model", "models", multiple=True, metavar="KEY", help="A model that it concerns; may repeat.")
@click.option("--provider", "providers", multiple=True, metavar="NAME", help="A provider, with all its models; may repeat.")
@click.option("--message", required=True, help="What readers should know, in Markdown.")
@author_option
@json_option
def add(  # noqa: PLR0913 - options
    *,
    config: Path,
    title: str,
    start: int,
    end: int,
    rrule: str | None,
    timezone: str | None,
    models: tuple[str, ...],
    providers: tuple[str, ...],
    message: str,
    author: str | None,
    as_json: bool,
) -> None:
    """Announce a maintenance and print its id; without --model and --provider it concerns the whole page."""
    loaded = load_or_exit(config)
    new = NewMaintenance(
        title=title,
        message=message,
        starts_at_ms=start,
        ends_at_ms=end,
        rrule=rrule,
        zone=timezone or loaded.site.timezone,
        models=models,
        providers=providers,
        author=author,
    )
    written = at_desk(
        loaded,
        lambda desks: desks.maintenance.plan(new),
        models,
        lambda made: Wrote("announced a maintenance", made.maintenance.id, author),
    )
    _tell(loaded, written, as_json=as_json)


@maintenance.command()
@click.argument("maintenance_id", metavar="ID")
@config_option
@click.option("--message", default="The maintenance was cancelled.", show_default=True, help="Why, in Markdown.")
@author_option
@json_option
def cancel(maintenance_id: str, config: Path, message: str, author: str | None, as_json: bool) -> None:
    """Take the maintenance ID back, with all its windows; one that is under way ends now."""
    loaded = load_or_exit(config)
    written = at_desk(
        loaded,
        lambda desks: desks.maintenance.cancel(maintenance_id, message, author),
        wrote=lambda made: Wrote("cancelled a maintenance", made.maintenance.id, author),
    )
    _tell(loaded, written, as_json=as_json)


@maintenance.command()
@click.argument("maintenance_id", metavar="ID")
@config_option
@click.option("--message", default="The maintenance ended early.", show_default=True, help="How it went, in Markdown.")
@author_option
@json_option
def end(maintenance_id: str, config: Path, message: str, author: str | None, as_json: bool) -> None:
    """End the window of the maintenance ID that is under way now; the next ones stay."""
    loaded = load_or_exit(config)
    written = at_desk(
        loaded,
        lambda desks: desks.maintenance.end(maintenance_id, message, author),
        wrote=lambda made: Wrote("ended a maintenance", made.maintenance.id, author),
    )
    _tell(loaded, written, as_json=as_json)


@maintenance.command("list")
@config_option
@json_option
def list_maintenance(config: Path, as_json: bool) -> None:
    """List every maintenance: under way, to come, over."""
    loaded = load_or_exit(config)
    known = at_desk(loaded, lambda desks: desks.maintenance.known())
    if as_json:
        print_json({"maintenance": [maintenance_object(each.maintenance, loaded.site.url) for each in known]})
        return
    table = listing("ID", "From, until", "Status", folded=("What",))
    for planned in known:
        each = planned.maintenance
        when = span(each.starts_at_ms, each.ends_at_ms)
        table.add_row(each.id, when, each.status, concerned(each.title, each.models, each.rrule))
    Console().print(table if known else "No maintenance is announced.")


def _tell(config: Config, planned: Planned, *, as_json: bool) -> None:
    for note in planned.notes:
        click.echo(f"note: {note}", err=True)
    if as_json:
        print_json(maintenance_object(planned.maintenance, config.site.url))
    else:
        click.echo(planned.maintenance.id)
