"""Incidents and maintenance as the API has them (contract §5a)."""

from collections.abc import Iterable

from statuspage.domain.clock import rfc3339
from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.view import PageView
from statuspage.render.documents import Json, dump, time_or_null


def incident_object(incident: Incident, site_url: str) -> dict[str, Json]:
    """`{id, title, status, impact, models, started_at, detected_at, resolved_at, auto, url, updates}`, newest update first."""
    return {
        "id": incident.id,
        "title": incident.title,
        "status": incident.status,
        "impact": incident.impact,
        "models": list(incident.models),
        "started_at": rfc3339(incident.started_at_ms),
        "detected_at": rfc3339(incident.detected_at_ms),
        "resolved_at": time_or_null(incident.resolved_at_ms),
        "auto": incident.auto,
        "url": incident_url(incident.id, site_url),
        "updates": _updates(incident.updates),
    }


def maintenance_object(maintenance: Maintenance, site_url: str) -> dict[str, Json]:
    """`{id, title, status, models, starts_at, ends_at, rrule, url, updates}`."""
    return {
        "id": maintenance.id,
        "title": maintenance.title,
        "status": maintenance.status,
        "models": list(maintenance.models),
        "starts_at": rfc3339(maintenance.starts_at_ms),
        "ends_at": rfc3339(maintenance.ends_at_ms),
        "rrule": maintenance.rrule,
        "url": maintenance_url(maintenance.id, site_url),
        "updates": _updates(maintenance.updates),
    }


def incident_url(incident_id: str, site_url: str) -> str:
    """The permanent address of an incident's page."""
    return f"{site_url}/incidents/{incident_id}"


def maintenance_url(maintenance_id: str, site_url: str) -> str:
    """Where a maintenance is told of."""
    return f"{site_url}/incidents#maintenance-{maintenance_id}"


def incidents_document(page: PageView) -> bytes:
    """`{incidents: […]}`: those of the last 90 days, newest first."""
    return dump({"incidents": [incident_object(each, page.site.url) for each in page.archive]})


def maintenance_document(page: PageView) -> bytes:
    """`{maintenance: […]}`: those under way, then those to come, then those that are over."""
    return dump({"maintenance": [maintenance_object(each, page.site.url) for each in page.maintenances]})


def _updates(updates: Iterable[IncidentUpdate]) -> list[Json]:
    return [
        {"id": each.id, "status": each.status, "body": each.body, "at": rfc3339(each.at_ms), "author": each.author}
        for each in updates
    ]
