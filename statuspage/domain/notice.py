"""Notices: what people are told, and how far each of them got on its way to whom."""

from enum import StrEnum
from typing import Final

import msgspec


class Audience(StrEnum):
    """Who may hear a notice; what the public hears, the operator hears too."""

    OPERATOR = "operator"
    PUBLIC = "public"


class Severity(StrEnum):
    """How a channel that knows colours or priorities shows a notice."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    FAILURE = "failure"


STATUS_CHANGED: Final = "component.status_changed"
INCIDENT_CREATED: Final = "incident.created"
INCIDENT_UPDATED: Final = "incident.updated"
INCIDENT_RESOLVED: Final = "incident.resolved"
INCIDENT_REMINDER: Final = "incident.reminder"
MAINTENANCE_SCHEDULED: Final = "maintenance.scheduled"
MAINTENANCE_STARTED: Final = "maintenance.started"
MAINTENANCE_COMPLETED: Final = "maintenance.completed"
MAINTENANCE_KINDS: Final = frozenset({MAINTENANCE_SCHEDULED, MAINTENANCE_STARTED, MAINTENANCE_COMPLETED})
OPERATOR_EVENT: Final = "operator.event"
TEST: Final = "webhook.test"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tell, written in the transaction of the change it tells of.

    `id` is the same however often the change is written: the idempotency key of every delivery. `subject` is a model's
    key, an incident's id or a provider's name; `group` is what one message may gather (a provider); `incident` names the
    conversation that a channel may edit or resolve. `data` is a JSON object. `title` and `body` are plain text.
    """

    id: str
    kind: str
    at_ms: int
    audience: Audience
    severity: Severity
    subject: str
    title: str
    body: str = ""
    group: str = ""
    incident: str | None = None
    auto: bool = True
    """Whether our measurements say it; False where a person does."""
    only: str | None = None
    """The one channel that gets it; None for every channel that takes its kind."""
    models: tuple[str, ...] = ()
    """The models it is about; none is the whole page."""
    url: str | None = None
    data: msgspec.Raw = msgspec.Raw(b"{}")


class DeliveryState(StrEnum):
    """How far one notice got at one channel."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    """Given up on; it stays in the log."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One notice on its way to one channel; `number` is the order in which the notices were written."""

    number: int
    channel: str
    notice: Notice
    due_ms: int
    attempts: int = 0
    state: DeliveryState = DeliveryState.WAITING
    error: str | None = None
    """Why the last attempt failed, in a few words of ours."""
    settled_ms: int | None = None
    remote: str | None = None
    """What the channel calls the message, where it can be edited."""
