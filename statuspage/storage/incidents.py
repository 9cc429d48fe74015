"""Incidents with their models and updates, replaced whole."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.storage.engine import Database
from statuspage.storage.statement import Write, chunks, delete_where
from statuspage.storage.tables import incident_models, incident_updates, incidents, models

_FORGET_MODELS: Final = delete_where(incident_models, "incident")
_FORGET_UPDATES: Final = delete_where(incident_updates, "incident")


def incident_writes(database: Database, changed: Iterable[Incident], numbers: Mapping[str, int]) -> list[Write]:
    """Everything that stores these incidents; of two with one id the later counts."""
    latest = {incident.id: incident for incident in changed}
    if not latest:
        return []
    ids = [(key,) for key in latest]
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
        )
        for incident in latest.values()
    ]
    concerned = [
        (incident.id, position, numbers[key]) for incident in latest.values() for position, key in enumerate(incident.models)
    ]
    updates = [
        (incident.id, position, update.id, update.status, update.body, update.at_ms, update.author)
        for incident in latest.values()
        for position, update in enumerate(incident.updates)
    ]
    return [
        database.upsert(incidents, head),
        Write(_FORGET_MODELS, ("incident",), ids),
        Write(_FORGET_UPDATES, ("incident",), ids),
        database.upsert(incident_models, concerned),
        database.upsert(incident_updates, updates),
    ]


async def incidents_since(connection: AsyncConnection, since_ms: int) -> tuple[Incident, ...]:
    """Open incidents and those resolved at or after a time, newest first."""
    heads = (
        await connection.execute(
            select(incidents)
            .where(or_(incidents.c.resolved_at_ms.is_(None), incidents.c.resolved_at_ms >= since_ms))
            .order_by(incidents.c.started_at_ms.desc(), incidents.c.id.desc())
        )
    ).all()
    concerned: dict[str, list[str]] = {}
    updates: dict[str, list[IncidentUpdate]] = {}
    for some in chunks(head.id for head in heads):
        keys = await connection.execute(
            select(incident_models.c.incident, models.c.key)
            .join_from(incident_models, models)
            .where(incident_models.c.incident.in_(some))
            .order_by(incident_models.c.incident, incident_models.c.position)
        )
        for incident, key in keys:
            concerned.setdefault(incident, []).append(key)
        told = await connection.execute(
            select(incident_updates)
            .where(incident_updates.c.incident.in_(some))
            .order_by(incident_updates.c.incident, incident_updates.c.position)
        )
        for incident, _, update_id, status, body, at_ms, author in told:
            update = IncidentUpdate(id=update_id, status=status, body=body, at_ms=at_ms, author=author)
            updates.setdefault(incident, []).append(update)
    return tuple(
        Incident(
            id=head.id,
            title=head.title,
            status=head.status,
            impact=head.impact,
            models=tuple(concerned.get(head.id, ())),
            started_at_ms=head.started_at_ms,
            detected_at_ms=head.detected_at_ms,
            resolved_at_ms=head.resolved_at_ms,
            auto=bool(head.auto),
            updates=tuple(updates.get(head.id, ())),
        )
        for head in heads
    )
