"""Incidents: all that are known, one to steer, and the form that opens one."""

from collections.abc import Sequence

from statuspage.domain.incident import IMPACTS as IMPACT_WORDS
from statuspage.domain.incident import POSTMORTEM, STATUSES, Incident
from statuspage.render.language import tr
from statuspage.render.localised import incident_in_words
from statuspage.render.looks import IMPACTS, STAGES
from statuspage.render.rooms.room import Cell, Field, Form, Option, Room, Said, Section, Table, cell, moment, options

AT = "/admin/incidents"
_TITLE_CHARS = 200
_BODY_CHARS = 20_000


def incidents_room(incidents: Sequence[Incident], models: Sequence[Option]) -> Room:
    """Every known incident, newest first; `models` are those that may be named, by key."""
    opening = Form(
        action=AT,
        title=tr("Open an incident"),
        submit=tr("Open the incident"),
        fields=(
            Field(name="title", label=tr("Title"), most=_TITLE_CHARS),
            Field(name="message", kind="area", label=tr("What readers should know"), hint=tr("Markdown"), most=_BODY_CHARS),
            _impact("minor"),
            _status("investigating", STATUSES),
            Field(name="started_at", kind="moment", label=tr("Began at"), hint=tr("UTC; empty is now"), required=False),
            Field(name="model", kind="choices", label=tr("Models (none chosen: the whole page)"), options=tuple(models)),
        ),
    )
    rows = tuple(
        (
            Cell(text=each.title, href=f"{AT}/{each.id}"),
            cell(tr(STAGES[each.status])),
            cell(tr(IMPACTS[each.impact])),
            moment(each.started_at_ms),
            moment(each.resolved_at_ms),
        )
        for each in map(incident_in_words, incidents)
    )
    columns = (tr("Incident"), tr("State"), tr("Impact"), tr("Began"), tr("Resolved"))
    table = Table(caption=tr("Incidents of the last 90 days"), columns=columns, rows=rows, empty=tr("None in the last 90 days."))
    return Room(
        title=tr("Incidents"),
        at=AT,
        sections=(Section(title=tr("Incidents of the last 90 days"), forms=(opening,), table=table),),
    )


def incident_room(incident: Incident, models: Sequence[Option]) -> Room:
    """One incident: what was said, and the forms to say more, to correct it, and to tell what was learnt."""
    told = incident_in_words(incident)
    over = incident.resolved_at_ms is not None
    here = f"{AT}/{incident.id}"
    version = Field(name="version", kind="hidden", values=(str(incident.version),))
    saying = Form(
        action=here,
        title=tr("Say what is new"),
        submit=tr("Publish the update"),
        fields=(
            version,
            _status(POSTMORTEM if over else incident.status, (*STATUSES, POSTMORTEM) if over else STATUSES),
            Field(name="message", kind="area", label=tr("What readers should know"), hint=tr("Markdown"), most=_BODY_CHARS),
        ),
    )
    correcting = Form(
        action=f"{here}/head",
        title=tr("Correct title, impact or models"),
        submit=tr("Save"),
        fields=(
            version,
            Field(name="title", label=tr("Title"), values=(incident.title,), most=_TITLE_CHARS),
            _impact(incident.impact),
            Field(
                name="model",
                kind="choices",
                label=tr("Models (none chosen: the whole page)"),
                options=_with_unknown(models, incident.models),
                values=incident.models,
            ),
        ),
    )
    entries = tuple(
        Said(heading=tr(STAGES[each.status]), body=each.body, at_ms=each.at_ms, author=each.author) for each in told.updates
    )
    return Room(
        title=told.title,
        at=AT,
        lead=f"{tr(STAGES[incident.status])} · {tr(IMPACTS[incident.impact])}",
        links=(Option(f"/incidents/{incident.id}", tr("As readers see it")), Option(AT, tr("All incidents"))),
        sections=(
            Section(title=tr("Steer"), forms=(saying, correcting)),
            Section(title=tr("Timeline"), entries=entries),
        ),
    )


def _with_unknown(models: Sequence[Option], keys: Sequence[str]) -> tuple[Option, ...]:
    """The choices, with models that the incident names though nobody watches them any more."""
    known = {option.value for option in models}
    return (*models, *(Option(key, key) for key in keys if key not in known))


def _impact(chosen: str) -> Field:
    return Field(
        name="impact", kind="choice", label=tr("Impact"), options=options(IMPACT_WORDS, _said(IMPACTS)), values=(chosen,)
    )


def _status(chosen: str, statuses: Sequence[str]) -> Field:
    return Field(name="status", kind="choice", label=tr("State"), options=options(statuses, _said(STAGES)), values=(chosen,))


def _said(words: dict[str, str]) -> dict[str, str]:
    return {value: tr(text) for value, text in words.items()}
