"""The audit book: who did what, newest first."""

from collections.abc import Sequence
from urllib.parse import quote

from statuspage.domain.access import AuditEntry
from statuspage.render.language import tr
from statuspage.render.rooms.room import Cell, Option, Room, Section, Table, cell, moment

AT = "/admin/audit"
_SHOWN = 100


def audit_room(entries: Sequence[AuditEntry], who: str | None, before_ms: int | None) -> Room:
    """A hundred lines; of `who` alone, and older than `before_ms`, where that was asked."""
    people = sorted({entry.who for entry in entries})
    found = [entry for entry in entries if who in (None, entry.who) and (before_ms is None or entry.at_ms < before_ms)]
    shown = found[:_SHOWN]
    rows = tuple(
        (
            moment(entry.at_ms),
            Cell(text=entry.who, href=f"{AT}?who={quote(entry.who, safe='')}"),
            cell(entry.what),
            Cell(text=entry.subject or "–", code=bool(entry.subject)),
            cell(entry.place),
        )
        for entry in shown
    )
    links = [] if who is None else [Option(AT, tr("Everybody"))]
    if who is None and len(people) > 1:
        links += [Option(f"{AT}?who={quote(name, safe='')}", name) for name in people[:12]]
    if len(found) > _SHOWN:
        narrowed = "" if who is None else f"&who={quote(who, safe='')}"
        links.append(Option(f"{AT}?before={shown[-1].at_ms}{narrowed}", tr("Older")))
    columns = (tr("When"), tr("Who"), tr("What"), tr("To what"), tr("From where"))
    table = Table(caption=tr("Audit book"), columns=columns, rows=rows, empty=tr("Nothing was written yet."))
    section = Section(title=tr("Lines"), note=tr("Every write and every sign-in; a line is never changed."), table=table)
    return Room(title=tr("Audit book"), at=AT, links=tuple(links), sections=(section,))
