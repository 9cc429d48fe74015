"""The bodies that Atlassian Statuspage posts to webhook subscribers: a component's change, or an incident."""

from collections.abc import Mapping
from typing import Final

import msgspec

from statuspage.domain.notice import STATUS_CHANGED, Notice
from statuspage.domain.statuspage_ids import component_id, group_id, page_id
from statuspage.notify.encodings.encoding import Encoded, at, facts
from statuspage.notify.message import Endpoint

_COMPONENT_WORDS: Final = {"no_data": "degraded_performance", "retired": "degraded_performance"}
"""Statuspage has no word for what is not known; it is never green."""
_INDICATORS: Final = {"major_outage": "critical", "partial_outage": "major", "operational": "none", "under_maintenance": "none"}
_ABSENT: Final = (
    "monitoring_at",
    "resolved_at",
    "scheduled_for",
    "scheduled_until",
    "scheduled_remind_prior",
    "scheduled_auto_in_progress",
    "scheduled_auto_completed",
    "postmortem_body",
    "postmortem_body_last_updated_at",
    "postmortem_published_at",
)


def encode(notice: Notice, endpoint: Endpoint) -> Encoded:
    """`{meta, page, component_update, component}` or `{meta, page, incident}`, under the ids of `/api/v2`."""
    data = facts(notice)
    page = page_id(endpoint.site_url)
    body: dict[str, object] = {
        "meta": {
            "unsubscribe": f"{endpoint.site_url}/",
            "documentation": f"{endpoint.site_url}/methodology",
            "generated_at": at(notice),
        },
        "page": {"id": page, "status_indicator": _indicator(data), "status_description": notice.title},
    }
    if notice.kind == STATUS_CHANGED:
        body |= _component(notice, data, page, endpoint.first_keys)
    else:
        body["incident"] = _incident(notice, data, page)
    return Encoded(body=msgspec.json.encode(body))


def _component(notice: Notice, known: Mapping[str, object], page: str, first_keys: Mapping[str, str]) -> dict[str, object]:
    key = notice.subject
    its_id = component_id(first_keys.get(key, key))
    return {
        "component_update": {
            "id": notice.id,
            "component_id": its_id,
            "component_type": "Component",
            "old_status": _word(known.get("old_status")),
            "new_status": _word(known.get("status")),
            "created_at": at(notice),
        },
        "component": {
            "id": its_id,
            "name": known.get("name", key),
            "status": _word(known.get("status")),
            "created_at": known.get("since") or at(notice),
            "updated_at": at(notice),
            "description": known.get("reason"),
            "showcase": False,
            "page_id": page,
            "group_id": group_id(key.partition("/")[0]),
        },
    }


def _incident(notice: Notice, known: Mapping[str, object], page: str) -> dict[str, object]:
    """An incident or maintenance (contract §5a) in Statuspage's keys; what is neither has its title and text alone."""
    said = known.get("updates")
    updates = [_update(each, known.get("id")) for each in said if isinstance(each, dict)] if isinstance(said, list) else []
    maintenance = "starts_at" in known
    return {
        **dict.fromkeys(_ABSENT),
        "backfilled": False,
        "id": known.get("id", notice.subject),
        "name": known.get("title", notice.title),
        "status": known.get("status", "investigating"),
        "impact": "maintenance" if maintenance else known.get("impact", "none"),
        "created_at": known.get("detected_at") or (updates[-1]["created_at"] if updates else at(notice)),
        "started_at": known.get("started_at", known.get("starts_at", at(notice))),
        "updated_at": at(notice),
        "resolved_at": known.get("resolved_at"),
        "scheduled_for": known.get("starts_at"),
        "scheduled_until": known.get("ends_at"),
        "shortlink": known.get("url", notice.url),
        "page_id": page,
        "incident_updates": updates or [_update({"id": notice.id, "body": notice.body, "at": at(notice)}, notice.subject)],
    }


def _update(said: Mapping[str, object], of: object) -> dict[str, object]:
    moment = said.get("at")
    return {
        "id": said.get("id"),
        "incident_id": of,
        "status": said.get("status", "investigating"),
        "body": said.get("body"),
        "created_at": moment,
        "updated_at": moment,
        "display_at": moment,
    }


def _word(status: object) -> str:
    return _COMPONENT_WORDS.get(str(status), str(status))


def _indicator(known: Mapping[str, object]) -> str:
    impact = known.get("impact")
    if impact in ("minor", "major", "critical"):
        return "none" if known.get("resolved_at") else str(impact)
    return _INDICATORS.get(str(known.get("status")), "minor")
