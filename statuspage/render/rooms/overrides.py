"""Overrides: what readers are told instead of what is measured, and until when."""

from collections.abc import Sequence

from statuspage.domain.override import Override
from statuspage.domain.words import Status
from statuspage.render.language import tr
from statuspage.render.looks import LOOKS
from statuspage.render.rooms.room import Cell, Field, Form, Option, Room, Section, Table, cell, moment, named

AT = "/admin/overrides"


def overrides_room(overrides: Sequence[Override], models: Sequence[Option]) -> Room:
    """Those that have not expired."""
    statuses = (Option("", tr("as measured")), *(Option(status.value, tr(LOOKS[status].word)) for status in Status))
    setting = Form(
        action=AT,
        title=tr("Set an override"),
        submit=tr("Set the override"),
        fields=(
            Field(name="model", kind="choice", label=tr("Model"), options=tuple(models)),
            Field(name="status", kind="choice", label=tr("Readers are told"), options=statuses),
            Field(
                name="use_instead",
                kind="choice",
                label=tr("To use instead"),
                options=(Option("", tr("nothing else")), *models),
            ),
            Field(name="reason", label=tr("Reason"), hint=tr("readers see it"), most=300),
            Field(name="until", kind="moment", label=tr("Until"), hint=tr("UTC")),
        ),
    )
    rows = tuple(
        (
            cell(each.key),
            Cell(status=each.status) if each.status else cell(tr("as measured")),
            cell(each.use_instead),
            Cell(text=each.reason, note=each.author or ""),
            moment(each.until_ms),
            Cell(forms=(_clearing(each.key),)),
        )
        for each in overrides
    )
    columns = (tr("Model"), tr("Readers are told"), tr("To use instead"), tr("Reason"), tr("Until"), "")
    table = Table(caption=tr("In force"), columns=columns, rows=rows, empty=tr("None: everything is shown as it is measured."))
    return Room(title=tr("Overrides"), at=AT, sections=(Section(title=tr("In force"), forms=(setting,), table=table),))


def _clearing(key: str) -> Form:
    return Form(action=f"{AT}/clear", submit=tr("Clear"), fields=(named("model", key),), about=key)
