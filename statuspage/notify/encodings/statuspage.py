"""The bodies that Atlassian Statuspage posts to webhook subscribers: a component's change, or an incident."""

from collections.abc import Mapping
from typing import Final

import msgspec

from statuspage.domain.notice import STATUS_CHANGED, Notice
from statuspage.notify.encodings.encoding import Encoded, at, facts
from statuspage.notify.message import Endpoint

_COMPONENT_WORDS: Final = {"no_data": "degraded_performance", "retired": "degraded_performance"}
"""Statuspage has no word for what is not known; it is never green."""


def encode(notice: Notice, endpoint: Endpoint) -> Encoded:
    """`{meta, page, component_update, component}` or `{meta, page, incident}`."""
    data = dict(facts(notice))
    body: dict[str, object] = {
        "meta": {"unsubscribe": f"{endpoint.site_url}/", "documentation": f"{endpoint.site_url}/methodology"},
        "page": {"id": endpoint.site_url, "status_indicator": _indicator(data), "status_description": notice.title},
    }
    if notice.kind == STATUS_CHANGED:
        body |= _component(notice, data)
    else:
        body["incident"] = data | {"name": notice.title, "impact": data.get("impact", "none"), "updated_at": at(notice)}
    return Encoded(body=msgspec.json.encode(body))


def _component(notice: Notice, known: Mapping[str, object]) -> dict[str, object]:
    slug = known.get("slug", notice.subject)
    return {
        "component_update": {
            "created_at": at(notice),
            "new_status": _word(known.get("status")),
            "old_status": _word(known.get("old_status")),
            "id": notice.id,
            "component_id": slug,
        },
        "component": {
            "created_at": known.get("since") or at(notice),
            "id": slug,
            "name": known.get("name", notice.subject),
            "status": _word(known.get("status")),
        },
    }


def _word(status: object) -> str:
    return _COMPONENT_WORDS.get(str(status), str(status))


def _indicator(known: Mapping[str, object]) -> str:
    return {"major_outage": "critical", "partial_outage": "major", "operational": "none"}.get(str(known.get("status")), "minor")
