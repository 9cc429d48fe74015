"""The payload of Alertmanager's webhook receiver, version 4."""

from typing import Final

import msgspec

from statuspage.domain.notice import INCIDENT_RESOLVED, Notice, Severity
from statuspage.notify.encodings.encoding import Encoded, at, facts, text_of
from statuspage.notify.message import Endpoint

_NEVER: Final = "0001-01-01T00:00:00Z"
"""How Go's programs write a time that is not known."""
_SEVERITIES: Final = {Severity.FAILURE: "critical", Severity.WARNING: "warning"}


def encode(notice: Notice, endpoint: Endpoint) -> Encoded:
    """One alert that fires or is resolved; its labels name the model and never change while it lasts."""
    data = facts(notice)
    resolved = notice.severity is Severity.SUCCESS or notice.kind == INCIDENT_RESOLVED
    status = "resolved" if resolved else "firing"
    name = "ModelStatus" if "key" in data else "StatuspageNotice"
    labels = {"alertname": name, "subject": notice.subject, "provider": notice.group}
    annotations = {"summary": notice.title, "description": notice.body}
    alert = {
        "status": status,
        "labels": labels | {"severity": _SEVERITIES.get(notice.severity, "none")},
        "annotations": annotations,
        "startsAt": text_of(data.get("since")) or at(notice),
        "endsAt": at(notice) if resolved else _NEVER,
        "generatorURL": notice.url or endpoint.site_url,
        "fingerprint": notice.subject,
    }
    body = {
        "version": "4",
        "groupKey": f"{{}}:{{subject={notice.subject!r}}}",
        "truncatedAlerts": 0,
        "status": status,
        "receiver": endpoint.name,
        "groupLabels": {"subject": notice.subject},
        "commonLabels": labels,
        "commonAnnotations": annotations,
        "externalURL": endpoint.site_url,
        "alerts": [alert],
    }
    return Encoded(body=msgspec.json.encode(body))
