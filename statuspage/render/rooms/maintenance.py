"""Maintenance: what is announced, and the forms to announce, to end and to cancel."""

from collections.abc import Sequence

import msgspec

from statuspage.domain.maintenance import Maintenance
from statuspage.render.language import tr
from statuspage.render.looks import STAGES
from statuspage.render.rooms.room import Cell, Field, Form, Option, Room, Section, Table, cell, moment

AT = "/admin/maintenance"


class PlannedRow(msgspec.Struct, frozen=True):
    """A maintenance and the version that its forms carry."""

    maintenance: Maintenance
    version: int


def maintenance_room(planned: Sequence[PlannedRow], models: Sequence[Option], providers: Sequence[Option]) -> Room:
    """Every maintenance, those under way first."""
    announcing = Form(
        action=AT,
        title=tr("Announce maintenance"),
        submit=tr("Announce it"),
        fields=(
            Field(name="title", label=tr("Title"), most=200),
            Field(name="message", kind="area", label=tr("What readers should know"), hint=tr("Markdown"), most=20_000),
            Field(name="starts_at", kind="moment", label=tr("Begins at"), hint=tr("UTC")),
            Field(name="ends_at", kind="moment", label=tr("Ends at"), hint=tr("UTC")),
            Field(
                name="rrule",
                label=tr("Repeats"),
                hint=tr("RRULE of RFC 5545, such as FREQ=WEEKLY;BYDAY=TU; empty is once"),
                required=False,
                most=500,
            ),
            Field(name="timezone", label=tr("Time zone of the rule"), values=("UTC",), most=64),
            Field(name="provider", kind="choices", label=tr("All models of"), options=tuple(providers)),
            Field(name="model", kind="choices", label=tr("Models (nothing chosen: the whole page)"), options=tuple(models)),
        ),
    )
    table = Table(
        caption=tr("Announced"),
        columns=(tr("Maintenance"), tr("State"), tr("Begins"), tr("Ends"), tr("Repeats"), ""),
        rows=tuple(map(_row, planned)),
        empty=tr("None."),
    )
    return Room(title=tr("Maintenance"), at=AT, sections=(Section(title=tr("Announced"), forms=(announcing,), table=table),))


def _row(planned: PlannedRow) -> tuple[Cell, ...]:
    each = planned.maintenance
    rule = "" if each.rrule is None else f"{each.rrule} ({each.zone})"
    concerned = ", ".join(each.models) or tr("the whole page")
    return (
        Cell(text=each.title, note=concerned),
        cell(tr(STAGES[each.status])),
        moment(each.starts_at_ms),
        moment(each.ends_at_ms),
        Cell(text=rule or "–", code=bool(rule)),
        Cell(forms=tuple(_forms(planned))),
    )


def _forms(planned: PlannedRow) -> list[Form]:
    each, version = planned.maintenance, Field(name="version", kind="hidden", values=(str(planned.version),))
    forms = []
    if each.status == "in_progress":
        forms.append(Form(action=f"{AT}/{each.id}/end", submit=tr("End now"), fields=(version,), about=each.title))
    if each.status in ("in_progress", "scheduled"):
        forms.append(Form(action=f"{AT}/{each.id}/cancel", submit=tr("Cancel"), fields=(version,), about=each.title))
    return forms
