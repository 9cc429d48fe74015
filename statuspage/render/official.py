"""What a vendor's own status page says, as JSON and in words; a detail says whether it is known before it says what it is."""

from collections.abc import Sequence
from typing import Final

from statuspage.domain.official import Availability, Detail, OfficialIncident, OfficialMaintenance
from statuspage.domain.view import OfficialView
from statuspage.render.documents import Json, time_or_null

KNOWN: Final = {
    Availability.NONE_REPORTED: "none reported",
    Availability.UNSUPPORTED: "not told by this kind of page",
    Availability.FETCH_FAILED: "could not be read",
    Availability.NOT_ATTEMPTED: "not read yet",
}


def official_object(view: OfficialView | None) -> dict[str, Json] | None:
    """The page as a whole: `{url, engine, component, overall, reason, incidents, maintenances, components, leads}`.

    Every detail has an `availability` of its own: `available`, `none_reported`, `unsupported`, `fetch_failed`, `not_attempted`.
    """
    if view is None:
        return None
    page = view.reading
    return {
        "url": view.url,
        "engine": page.engine,
        "component": view.component,
        "overall": page.overall.value,
        "reason": view.reason,
        "incidents": _detail(page.incidents.availability, [_incident(each) for each in page.incidents.items]),
        "maintenances": _detail(page.maintenances.availability, [_maintenance(each) for each in page.maintenances.items]),
        "components": {"availability": page.components.availability.value, "count": len(page.components.items)},
        "leads": view.leads,
    }


def _detail(availability: Availability, items: Sequence[Json]) -> dict[str, Json]:
    return {"availability": availability.value, "items": items}


def _incident(incident: OfficialIncident) -> dict[str, Json]:
    return {
        "name": incident.name,
        "phase": incident.phase,
        "severity": None if incident.severity is None else incident.severity.value,
        "started_at": time_or_null(incident.started_ms),
        "url": incident.url,
        "components": list(incident.components),
    }


def _maintenance(maintenance: OfficialMaintenance) -> dict[str, Json]:
    return {
        "name": maintenance.name,
        "in_progress": maintenance.in_progress,
        "starts_at": time_or_null(maintenance.starts_ms),
        "ends_at": time_or_null(maintenance.ends_ms),
        "url": maintenance.url,
    }


def absent(detail: Detail[OfficialIncident] | Detail[OfficialMaintenance]) -> str | None:
    """Why a list of the page is empty, in words; None where it is not."""
    return KNOWN.get(detail.availability)
