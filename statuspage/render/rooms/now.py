"""Now: what is not well, what the monitor doubts of itself, and what people have under way."""

from collections.abc import Sequence

from statuspage.domain.incident import Incident
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.override import Override
from statuspage.domain.view import ModelView, PageView
from statuspage.domain.words import Level, Status
from statuspage.render.language import ntr, tr
from statuspage.render.localised import in_words, incident_in_words, page_in_words
from statuspage.render.looks import IMPACTS, NOT_WELL_FIRST, STAGES
from statuspage.render.rooms.room import Cell, Room, Section, Table, cell, moment


def now_room(
    page: PageView,
    models: Sequence[ModelView],
    doubts: Sequence[str],
    *,
    incidents: Sequence[Incident],
    maintenances: Sequence[Maintenance],
    overrides: Sequence[Override],
    waiting: int,
) -> Room:
    """The room of this moment, over every model, private ones too; `waiting` messages are on their way."""
    unwell = [model for model in models if model.level is not Level.GREEN and model.status is not Status.RETIRED]
    open_ = [incident_in_words(each) for each in incidents if each.resolved_at_ms is None]
    return Room(
        title=page_in_words(page).sentence,
        at="/admin",
        status=page.status,
        sections=(
            Section(
                title=tr("What we doubt of ourselves"),
                notes=tuple(doubts),
                note="" if doubts else tr("Nothing: the monitor is well."),
            ),
            Section(title=tr("Not well"), table=_unwell(unwell)),
            Section(title=tr("Open incidents"), table=_incidents(open_)),
            Section(title=tr("Maintenance and overrides"), table=_steered(maintenances, overrides)),
            Section(
                title=tr("Messages"),
                note=ntr("{count} message waits.", "{count} messages wait.", waiting).format(count=waiting),
            ),
        ),
    )


def _unwell(models: Sequence[ModelView]) -> Table:
    rows = [
        (
            Cell(text=said.name, status=said.status, href=f"/admin/models/{said.slug}", note=said.key),
            cell(said.reason),
            moment(said.since_ms),
            moment(said.checked_at_ms),
        )
        for said in map(in_words, sorted(models, key=lambda model: NOT_WELL_FIRST.index(model.status)))
    ]
    columns = (tr("Model"), tr("Why"), tr("Since"), tr("Checked"))
    return Table(caption=tr("Not well"), columns=columns, rows=tuple(rows), empty=tr("Every model works."))


def _incidents(incidents: Sequence[Incident]) -> Table:
    rows = tuple(
        (
            Cell(text=each.title, href=f"/admin/incidents/{each.id}"),
            cell(tr(STAGES[each.status])),
            cell(tr(IMPACTS[each.impact])),
            moment(each.started_at_ms),
        )
        for each in incidents
    )
    columns = (tr("Incident"), tr("State"), tr("Impact"), tr("Since"))
    return Table(caption=tr("Open incidents"), columns=columns, rows=rows, empty=tr("None."))


def _steered(maintenances: Sequence[Maintenance], overrides: Sequence[Override]) -> Table:
    works = [
        (Cell(text=each.title, href="/admin/maintenance"), cell(tr(STAGES[each.status])), moment(each.ends_at_ms))
        for each in maintenances
        if each.status in ("in_progress", "scheduled")
    ]
    words = [(Cell(text=each.key, href="/admin/overrides"), cell(each.reason), moment(each.until_ms)) for each in overrides]
    columns = (tr("What"), tr("State"), tr("Until"))
    return Table(caption=tr("Maintenance and overrides"), columns=columns, rows=(*works, *words), empty=tr("None."))
