"""Incidents with their models and updates. An update stays for ever; the head is that of the newest version."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Row as SqlRow
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Select

from statuspage.domain.incident import Affected, Incident, IncidentUpdate
from statuspage.storage.engine import Database
from statuspage.storage.statement import Write, chunks, delete_where
from statuspage.storage.tables import incident_models, incident_timeline, incidents, models

_FORGET_MODELS: Final = delete_where(incident_models, "incident")


def incident_writes(database: Database, changed: Iterable[Incident], numbers: Mapping[str, int]) -> list[Write]:
    """Everything that stores these incidents; of two with one id the later counts.

    A head whose version is not newer than the stored one is left as it is: somebody else wrote meanwhile. Its updates
    are added all the same.
    """
    latest = {incident.id: incident for incident in changed}
    if not latest:
        return []
    head = [
        (
            incident.id,
            incident.title,
            incident.status,
            incident.impact,
            incident.started_at_ms,
            incident.detected_at_ms,
            incident.resolved_at_ms,
            int(incident.auto),
            incident.version,
            incident.cause,
        )
        for incident in latest.values()
    ]
    updates = [
        (incident.id, update.id, -place, update.status, update.body, update.at_ms, update.author)
        for incident in latest.values()
        for place, update in enumerate(incident.updates, start=-len(incident.updates))
    ]
    return [
        database.upsert_newer(incidents, "version", head),
        Write(_FORGET_MODELS, ("incident",), [(key,) for key in latest]),
        database.upsert(incident_models, [row for incident in latest.values() for row in _concerned(incident, numbers)]),
        database.upsert(incident_timeline, updates),
    ]


def _concerned(incident: Incident, numbers: Mapping[str, int]) -> Iterable[tuple[object, ...]]:
    known = {each.key: each for each in incident.affected}
    for position, key in enumerate(incident.models):
        each = known.get(key)
        row = (None, None, None) if each is None else (each.impact, each.since_ms, each.until_ms)
        yield (incident.id, position, numbers[key], *row)


async def incidents_since(connection: AsyncConnection, since_ms: int) -> tuple[Incident, ...]:
    """Open incidents and those resolved at or after a time, newest first."""
    return await _found(
        connection, select(incidents).where(or_(incidents.c.resolved_at_ms.is_(None), incidents.c.resolved_at_ms >= since_ms))
    )


async def incident_of(connection: AsyncConnection, incident_id: str) -> Incident | None:
    """The incident of that id, however old."""
    found = await _found(connection, select(incidents).where(incidents.c.id == incident_id))
    return found[0] if found else None


async def _found(connection: AsyncConnection, wanted: "Select[tuple[object, ...]]") -> tuple[Incident, ...]:
    rows = await connection.execute(wanted.order_by(incidents.c.started_at_ms.desc(), incidents.c.id.desc()))
    heads = rows.all()
    concerned: dict[str, list[SqlRow[*tuple[Any, ...]]]] = {}
    updates: dict[str, list[IncidentUpdate]] = {}
    for some in chunks(head.id for head in heads):
        keys = await connection.execute(
            select(
                incident_models.c.incident,
                models.c.key,
                incident_models.c.impact,
                incident_models.c.since_ms,
                incident_models.c.until_ms,
            )
            .join_from(incident_models, models)
            .where(incident_models.c.incident.in_(some))
            .order_by(incident_models.c.incident, incident_models.c.position)
        )
        for row in keys:
            concerned.setdefault(row.incident, []).append(row)
        timeline = incident_timeline.c
        told = await connection.execute(
            select(incident_timeline)
            .where(timeline.incident.in_(some))
            .order_by(timeline.incident, timeline.at_ms.desc(), timeline.number.desc(), timeline.id.desc())
        )
        for row in told:
            update = IncidentUpdate(id=row.id, status=row.status, body=row.body, at_ms=row.at_ms, author=row.author)
            updates.setdefault(row.incident, []).append(update)
    return tuple(
        Incident(
            id=head.id,
            title=head.title,
            status=head.status,
            impact=head.impact,
            models=tuple(row.key for row in concerned.get(head.id, ())),
            started_at_ms=head.started_at_ms,
            detected_at_ms=head.detected_at_ms,
            resolved_at_ms=head.resolved_at_ms,
            auto=bool(head.auto),
            updates=tuple(updates.get(head.id, ())),
            version=head.version,
            affected=tuple(
                Affected(key=row.key, impact=row.impact, since_ms=row.since_ms, until_ms=row.until_ms)
                for row in concerned.get(head.id, ())
                if row.impact is not None
            ),
            cause=head.cause,
        )
        for head in heads
    )
