"""The eight documents of Atlassian Statuspage's public API v2; nothing in them changes with a mere probe."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from statuspage.domain.clock import rfc3339
from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.statuspage_ids import component_id, group_id, page_id
from statuspage.domain.view import ModelView, PageView
from statuspage.domain.words import Status
from statuspage.render.documents import Json, dump, time_or_null
from statuspage.render.people_documents import incident_url, maintenance_url
from statuspage.render.statuspage_words import component_status, description, indicator, worst

_NEWEST: Final = 50
Components = Mapping[str, dict[str, Json]]
"""A component by its model's key."""


def steady(page: PageView) -> object:
    """Everything these documents are made of: while it stays, so do they."""
    models = [
        (model.key, model.first_key, model.name, model.provider, model.status, model.label, model.class_name, model.since_ms)
        for model in page.models
    ]
    return models, page.archive, page.maintenances, page.provider_names


def summary(page: PageView) -> bytes:
    """Everything that is not over."""
    shown = _components(page)
    return dump(
        {
            "page": _page(page),
            "components": _in_groups(page, shown),
            "incidents": [_incident(page, each, shown) for each in _open(page)],
            "scheduled_maintenances": [
                _maintenance(page, each, shown) for each in page.maintenances if each.status in ("scheduled", "in_progress")
            ],
            "status": _status(shown),
        }
    )


def status(page: PageView) -> bytes:
    """The page's indicator."""
    return dump({"page": _page(page), "status": _status(_components(page))})


def components(page: PageView) -> bytes:
    """Providers as groups, models as components."""
    return dump({"page": _page(page), "components": _in_groups(page, _components(page))})


def incidents(page: PageView) -> bytes:
    """The 50 newest."""
    return _incidents(page, page.archive[:_NEWEST])


def unresolved(page: PageView) -> bytes:
    """Those that are open."""
    return _incidents(page, _open(page))


def maintenances(page: PageView) -> bytes:
    """The 50 newest, whatever their state."""
    newest = sorted(page.maintenances, key=lambda each: each.starts_at_ms, reverse=True)
    return _maintenances(page, newest[:_NEWEST])


def upcoming(page: PageView) -> bytes:
    """Those that have not begun."""
    return _maintenances(page, [each for each in page.maintenances if each.status == "scheduled"])


def active(page: PageView) -> bytes:
    """Those under way."""
    return _maintenances(page, [each for each in page.maintenances if each.status == "in_progress"])


def _incidents(page: PageView, chosen: Iterable[Incident]) -> bytes:
    shown = _components(page)
    return dump({"page": _page(page), "incidents": [_incident(page, each, shown) for each in chosen]})


def _maintenances(page: PageView, chosen: Iterable[Maintenance]) -> bytes:
    shown = _components(page)
    # Statuspage has no cancelled maintenance: it is gone.
    told = [_maintenance(page, each, shown) for each in chosen if each.status != "cancelled"]
    return dump({"page": _page(page), "scheduled_maintenances": told})


def _open(page: PageView) -> list[Incident]:
    return [each for each in page.archive if each.resolved_at_ms is None]


def _page(page: PageView) -> dict[str, Json]:
    moments = [_updated_ms(model) for model in page.models]
    moments += [each.updates[0].at_ms for each in page.archive if each.updates]
    moments += [each.updates[0].at_ms for each in page.maintenances if each.updates]
    zone = "Etc/UTC" if page.site.timezone == "UTC" else page.site.timezone
    return {
        "id": page_id(page.site.url),
        "name": page.site.title,
        "url": page.site.url,
        "time_zone": zone,
        "updated_at": rfc3339(max(moments, default=0)),
    }


def _updated_ms(model: ModelView) -> int:
    """When its status last changed."""
    return model.since_ms or model.first_seen_ms or 0


def _status(shown: Components) -> dict[str, Json]:
    word, says = indicator([str(component["status"]) for component in shown.values()])
    return {"indicator": word, "description": says}


def _components(page: PageView) -> Components:
    counted = [model for model in page.models if model.status is not Status.RETIRED]
    positions: dict[str, int] = {}
    made = {}
    for model in counted:
        positions[model.provider] = positions.get(model.provider, 0) + 1
        made[model.key] = _component(page, model, positions[model.provider])
    return made


def _component(page: PageView, model: ModelView, position: int) -> dict[str, Json]:
    return {
        "id": component_id(model.first_key or model.key),
        "name": model.name,
        "status": component_status(model.status),
        "created_at": rfc3339(model.first_seen_ms or 0),
        "updated_at": rfc3339(_updated_ms(model)),
        "position": position,
        "description": description(model),
        "showcase": False,
        "start_date": None if model.first_seen_ms is None else rfc3339(model.first_seen_ms)[:10],
        "group_id": group_id(model.provider),
        "page_id": page_id(page.site.url),
        "group": False,
        "only_show_if_degraded": False,
        "llm": {
            "model": model.key,
            "slug": model.slug,
            "provider": model.provider,
            "status": model.status.value,
            "level": model.level.value,
            "class": model.class_name,
            "fault": None if model.fault is None else model.fault.value,
            "url": model.url,
        },
    }


def _in_groups(page: PageView, shown: Components) -> list[Json]:
    """Every provider, followed by its models."""
    of_provider: dict[str, list[dict[str, Json]]] = {}
    for model in page.models:
        if model.key in shown:
            of_provider.setdefault(model.provider, []).append(shown[model.key])
    found: list[Json] = []
    for position, (provider, children) in enumerate(of_provider.items(), 1):
        found.append(_group(page, provider, position, children))
        found.extend(children)
    return found


def _group(page: PageView, provider: str, position: int, children: Sequence[dict[str, Json]]) -> dict[str, Json]:
    return {
        "id": group_id(provider),
        "name": page.provider_names.get(provider, provider),
        "status": worst([str(child["status"]) for child in children]),
        "created_at": min(str(child["created_at"]) for child in children),
        "updated_at": max(str(child["updated_at"]) for child in children),
        "position": position,
        "description": None,
        "showcase": False,
        "start_date": None,
        "group_id": None,
        "page_id": page_id(page.site.url),
        "group": True,
        "only_show_if_degraded": False,
        "components": [child["id"] for child in children],
    }


def _incident(page: PageView, incident: Incident, shown: Components) -> dict[str, Json]:
    updates = incident.updates
    postmortem = bool(updates) and updates[0].status == "postmortem"
    return {
        "id": incident.id,
        "name": incident.title,
        "status": "postmortem" if postmortem else incident.status,
        "created_at": rfc3339(incident.detected_at_ms),
        "updated_at": rfc3339(updates[0].at_ms if updates else incident.detected_at_ms),
        "monitoring_at": time_or_null(next((each.at_ms for each in reversed(updates) if each.status == "monitoring"), None)),
        "resolved_at": time_or_null(incident.resolved_at_ms),
        "impact": incident.impact,
        "shortlink": incident_url(incident.id, page.site.url),
        "started_at": rfc3339(incident.started_at_ms),
        "page_id": page_id(page.site.url),
        "incident_updates": _updates(incident.id, updates),
        "components": [shown[key] for key in incident.models if key in shown],
    }


def _maintenance(page: PageView, maintenance: Maintenance, shown: Components) -> dict[str, Json]:
    starts_at = rfc3339(maintenance.starts_at_ms)
    updates = maintenance.updates or (_announced(maintenance),)
    over = maintenance.status == "completed"
    return {
        "id": maintenance.id,
        "name": maintenance.title,
        "status": maintenance.status,
        "created_at": rfc3339(updates[-1].at_ms),
        "updated_at": rfc3339(updates[0].at_ms),
        "monitoring_at": None,
        "resolved_at": rfc3339(maintenance.ends_at_ms) if over else None,
        "impact": "maintenance",
        "shortlink": maintenance_url(maintenance.id, page.site.url),
        "started_at": starts_at,
        "page_id": page_id(page.site.url),
        "incident_updates": _updates(maintenance.id, updates),
        "components": [shown[key] for key in maintenance.models if key in shown],
        "scheduled_for": starts_at,
        "scheduled_until": rfc3339(maintenance.ends_at_ms),
    }


def _announced(maintenance: Maintenance) -> IncidentUpdate:
    """What stands for the words that nobody wrote."""
    at_ms = maintenance.starts_at_ms
    return IncidentUpdate(id=f"{maintenance.id}-0", status="scheduled", body=maintenance.title, at_ms=at_ms)


def _updates(of_id: str, updates: Sequence[IncidentUpdate]) -> list[Json]:
    return [
        {
            "id": each.id,
            "status": "completed" if each.status == "cancelled" else each.status,
            "body": each.body,
            "incident_id": of_id,
            "created_at": rfc3339(each.at_ms),
            "updated_at": rfc3339(each.at_ms),
            "display_at": rfc3339(each.at_ms),
            "affected_components": None,
            "deliver_notifications": True,
            "custom_tweet": None,
            "tweet_id": None,
        }
        for each in updates
    ]
