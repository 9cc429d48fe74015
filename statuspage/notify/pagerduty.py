"""PagerDuty Events v2: an incident is triggered, and resolved under the same key."""

from typing import Final

import msgspec

from statuspage.domain.delivering import Outcome
from statuspage.domain.notice import INCIDENT_RESOLVED, OPERATOR_EVENT, TEST, Notice, Severity
from statuspage.notify.message import Endpoint, Message
from statuspage.notify.post import post
from statuspage.outbound.client import Outbound

ENQUEUE: Final = "https://events.pagerduty.com/v2/enqueue"
"""The European region has `https://events.eu.pagerduty.com/v2/enqueue`: set it as the channel's `url`."""
_MAX_SUMMARY_CHARS: Final = 1024
_MAX_KEY_CHARS: Final = 255
_SEVERITIES: Final = {Severity.FAILURE: "critical", Severity.WARNING: "warning"}


class PagerDuty:
    """One service of PagerDuty, by its routing key."""

    def __init__(self, endpoint: Endpoint, outbound: Outbound) -> None:
        self._endpoint = endpoint
        self._outbound = outbound

    async def send(self, message: Message) -> Outcome:
        endpoint = self._endpoint
        if endpoint.routing_key is None:
            return Outcome(error="its routing key could not be read from the configuration")
        url = ENQUEUE if endpoint.url is None else endpoint.url.reveal()
        body = msgspec.json.encode(event(message.newest, endpoint) | {"routing_key": endpoint.routing_key.reveal()})
        answer = await post(self._outbound, url, body, {}, allow_private=endpoint.allow_private)
        return answer.outcome


def event(notice: Notice, endpoint: Endpoint) -> dict[str, object]:
    """The event without its routing key."""
    over = notice.kind in {INCIDENT_RESOLVED, TEST} or (notice.kind == OPERATOR_EVENT and notice.severity is Severity.INFO)
    return {
        "event_action": "resolve" if over else "trigger",
        "dedup_key": f"statuspage:{endpoint.site_url}:{notice.incident or notice.subject}"[:_MAX_KEY_CHARS],
        "payload": {
            "summary": (notice.title if not notice.body else f"{notice.title}: {notice.body}")[:_MAX_SUMMARY_CHARS],
            "source": endpoint.site_url,
            "severity": _SEVERITIES.get(notice.severity, "info"),
            "component": notice.subject,
            "group": notice.group,
            "class": notice.kind,
            "custom_details": notice.data,
        },
        "links": [{"href": notice.url, "text": endpoint.site_title}] if notice.url else [],
        "client": endpoint.site_title,
        "client_url": endpoint.site_url,
    }
