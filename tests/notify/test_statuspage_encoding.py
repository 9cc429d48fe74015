"""What receivers made for Statuspage's webhooks are sent: its keys, and the ids of `/api/v2`."""

import json
from typing import Any

import msgspec

from statuspage.domain.incident import Incident
from statuspage.domain.notice import (
    INCIDENT_UPDATED,
    MAINTENANCE_SCHEDULED,
    OPERATOR_EVENT,
    STATUS_CHANGED,
    Audience,
    Notice,
    Severity,
)
from statuspage.notify.encodings.statuspage import encode
from statuspage.notify.message import Endpoint
from statuspage.render.documents import dump, model_object
from statuspage.render.people_documents import incident_object, maintenance_object
from statuspage.render.statuspage_v2 import summary
from tests.render.people import NOW_ON, OPEN, eventful
from tests.render.world import NOW_MS

PAGE = eventful()
SITE = PAGE.site.url


def sent(kind: str, subject: str, data: bytes, first_keys: dict[str, str] | None = None) -> dict[str, Any]:
    notice = Notice(
        id="msg_1",
        kind=kind,
        at_ms=NOW_MS,
        audience=Audience.PUBLIC,
        severity=Severity.FAILURE,
        subject=subject,
        title="A title",
        body="A body.",
        url=f"{SITE}/",
        data=msgspec.Raw(data),
    )
    endpoint = Endpoint(name="hook", kind="webhook", site_url=SITE, first_keys=first_keys or {})
    made: dict[str, Any] = json.loads(encode(notice, endpoint).body)
    return made


def test_a_components_change_names_page_group_and_component_as_the_documents_do() -> None:
    document = json.loads(summary(PAGE))
    model = PAGE.models[0]
    component = next(each for each in document["components"] if each.get("llm", {}).get("model") == model.key)
    made = sent(STATUS_CHANGED, model.key, dump({"key": model.key, "old_status": "no_data", **model_object(model)}))
    assert made["page"]["id"] == document["page"]["id"]
    assert made["component_update"]["component_id"] == made["component"]["id"] == component["id"]
    assert made["component"]["group_id"] == component["group_id"]
    assert made["component_update"]["old_status"] == "degraded_performance"
    assert made["component_update"]["new_status"] == made["component"]["status"] == component["status"]
    assert made["meta"]["generated_at"] == "2026-11-20T10:00:00.000Z"


def test_a_renamed_model_keeps_its_id() -> None:
    data = dump({"status": "operational", "old_status": "major_outage"})
    before = sent(STATUS_CHANGED, "moonshot/kimi-old", data)
    assert (
        sent(STATUS_CHANGED, "moonshot/kimi-new", data, {"moonshot/kimi-new": "moonshot/kimi-old"})["component"]["id"]
        == (before["component"]["id"])
    )


def test_an_incident_has_the_values_of_the_document() -> None:
    shown = next(each for each in json.loads(summary(PAGE))["incidents"] if each["id"] == OPEN.id)
    made = sent(INCIDENT_UPDATED, OPEN.id, dump(incident_object(OPEN, SITE)))
    for key in ("id", "name", "status", "impact", "created_at", "started_at", "resolved_at", "shortlink", "page_id"):
        assert made["incident"][key] == shown[key], key
    assert [each["id"] for each in made["incident"]["incident_updates"]] == [each["id"] for each in shown["incident_updates"]]
    assert made["page"]["status_indicator"] == "critical"
    over: Incident = msgspec.structs.replace(OPEN, resolved_at_ms=NOW_MS, status="resolved")
    assert sent(INCIDENT_UPDATED, OPEN.id, dump(incident_object(over, SITE)))["page"]["status_indicator"] == "none"


def test_maintenance_is_scheduled_and_whatever_else_happens_has_its_words() -> None:
    made = sent(MAINTENANCE_SCHEDULED, NOW_ON.id, dump(maintenance_object(NOW_ON, SITE)))["incident"]
    assert (made["impact"], made["scheduled_for"], made["status"]) == ("maintenance", "2026-11-20T09:00:00.000Z", "in_progress")
    other = sent(OPERATOR_EVENT, "moonshot", b"{}")["incident"]
    assert (other["name"], other["incident_updates"][0]["body"], other["resolved_at"]) == ("A title", "A body.", None)
