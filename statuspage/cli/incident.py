"""`statuspage incident`: opens, updates and ends incidents by hand."""

from pathlib import Path

import click
from rich.console import Console

from statuspage.cli.options import config_option, load_or_exit
from statuspage.cli.steering import Moment, Wrote, at_desk, author_option, concerned, json_option, listing, print_json, span
from statuspage.config.fleet import Config
from statuspage.domain.incident import IMPACTS, POSTMORTEM, STATUSES, Incident
from statuspage.render.people_documents import incident_object
from statuspage.service.incident_desk import IncidentUpdating, NewIncident


@click.group()
def incident() -> None:
    """Open, update and end incidents; a running server shows it within a second or two.

    Messages are Markdown. What was measured stays as it was measured.
    """


@incident.command("open")
@config_option
@click.option("--title", required=True, help="What is wrong, in a few words.")
@click.option("--impact", type=click.Choice(IMPACTS), default="minor", show_default=True, help="How bad it is.")
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="KEY[=IMPACT]",
    help="A model that it concerns, with its own impact where that differs; may repeat. Without one: the whole page.",
)
@click.option("--status", type=click.Choice(STATUSES), default="investigating", show_default=True, help="How far you are.")
@click.option("--message", required=True, help="The first update, in Markdown.")
@click.option("--started", type=Moment(), help="When it began, if not now.")
@author_option
@json_option
def open_incident(  # noqa: PLR0913 - options
    *,
    config: Path,
    title: str,
    impact: str,
    models: tuple[str, ...],
    status: str,
    message: str,
    started: int | None,
    author: str | None,
    as_json: bool,
) -> None:
    """Open an incident and print its id."""
    keys, impacts = _split(models)
    loaded = load_or_exit(config)
    new = NewIncident(
        title=title,
        message=message,
        impact=impact,
        status=status,
        models=keys,
        impacts=impacts,
        started_at_ms=started,
        author=author,
    )
    written = at_desk(
        loaded, lambda desks: desks.incidents.open(new), keys, lambda made: Wrote("opened an incident", made.id, author)
    )
    _tell(loaded, written, as_json=as_json)


@incident.command()
@click.argument("incident_id", metavar="ID")
@config_option
@click.option("--status", type=click.Choice((*STATUSES, POSTMORTEM)), help="How far you are; without it as before.")
@click.option("--message", required=True, help="What is new, in Markdown.")
@click.option("--title", help="Another title.")
@click.option("--impact", type=click.Choice(IMPACTS), help="Another impact.")
@author_option
@json_option
def update(  # noqa: PLR0913 - options
    *,
    incident_id: str,
    config: Path,
    status: str | None,
    message: str,
    title: str | None,
    impact: str | None,
    author: str | None,
    as_json: bool,
) -> None:
    """Add an update to the incident ID; `--status postmortem` says what was learnt of one that is over."""
    loaded = load_or_exit(config)
    change = IncidentUpdating(message=message, status=status, title=title, impact=impact, author=author)
    _tell(loaded, _changed(loaded, incident_id, change), as_json=as_json)


@incident.command()
@click.argument("incident_id", metavar="ID")
@config_option
@click.option("--message", required=True, help="How it ended, in Markdown.")
@author_option
@json_option
def resolve(incident_id: str, config: Path, message: str, author: str | None, as_json: bool) -> None:
    """End the incident ID."""
    loaded = load_or_exit(config)
    change = IncidentUpdating(message=message, status="resolved", author=author)
    _tell(loaded, _changed(loaded, incident_id, change), as_json=as_json)


@incident.command("list")
@config_option
@json_option
def list_incidents(config: Path, as_json: bool) -> None:
    """List the open incidents and those of the last 90 days, newest first."""
    loaded = load_or_exit(config)
    known = at_desk(loaded, lambda desks: desks.incidents.known())
    if as_json:
        print_json({"incidents": [incident_object(each, loaded.site.url) for each in known]})
        return
    table = listing("ID", "From, until", "Status", "Impact", folded=("What",))
    for each in known:
        when = span(each.started_at_ms, each.resolved_at_ms)
        table.add_row(each.id, when, each.status, each.impact, concerned(each.title, each.models))
    Console().print(table if known else "There was no incident in the last 90 days.")


def _changed(config: Config, incident_id: str, change: IncidentUpdating) -> Incident:
    return at_desk(
        config,
        lambda desks: desks.incidents.update(incident_id, change),
        wrote=lambda made: Wrote("updated an incident", made.id, change.author),
    )


def _split(models: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Keys, and the impacts that were given with them."""
    keys, impacts = [], {}
    for model in models:
        key, equals, impact = model.rpartition("=")
        if equals and impact in IMPACTS:
            impacts[key] = impact
            keys.append(key)
        else:
            keys.append(model)
    return tuple(keys), impacts


def _tell(config: Config, written: Incident, *, as_json: bool) -> None:
    if as_json:
        print_json(incident_object(written, config.site.url))
    else:
        click.echo(written.id)
