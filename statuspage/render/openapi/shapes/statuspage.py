"""Atlassian Statuspage's API v2, as far as its readers rely on it."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from statuspage.render.openapi.shapes.base import (
    Count,
    Shape,
    Time,
)


class StatuspagePage(Shape):
    """The page, in Statuspage's words."""

    id: str
    name: str
    url: str
    time_zone: str
    updated_at: Time


class StatuspageIndicator(Shape):
    """The page's state, in Statuspage's words."""

    indicator: Literal["none", "minor", "major", "critical"]
    description: str


class StatuspageComponent(msgspec.Struct, kw_only=True):
    """A model, or (with `group`) a provider; our own facts are in `llm`."""

    id: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    name: str
    status: Literal["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"]
    created_at: Time
    updated_at: Time
    position: Count
    description: str | None
    group_id: str | None
    page_id: str
    group: bool


class StatuspageIncident(msgspec.Struct, kw_only=True):
    """An incident or a maintenance."""

    id: str
    name: str
    status: str
    impact: Literal["none", "minor", "major", "critical", "maintenance"]
    created_at: Time
    updated_at: Time
    resolved_at: Time | None
    shortlink: str
    started_at: Time
    page_id: str
    incident_updates: tuple[dict[str, Any], ...]
    components: tuple[StatuspageComponent, ...]


class StatuspageStatus(Shape):
    """`status.json`."""

    page: StatuspagePage
    status: StatuspageIndicator


class StatuspageComponents(Shape):
    """`components.json`."""

    page: StatuspagePage
    components: tuple[StatuspageComponent, ...]


class StatuspageIncidents(Shape):
    """`incidents.json` and its sibling."""

    page: StatuspagePage
    incidents: tuple[StatuspageIncident, ...]


class StatuspageMaintenances(Shape):
    """`scheduled-maintenances.json` and its siblings."""

    page: StatuspagePage
    scheduled_maintenances: tuple[StatuspageIncident, ...]


class StatuspageSummary(Shape):
    """`summary.json`."""

    page: StatuspagePage
    components: tuple[StatuspageComponent, ...]
    incidents: tuple[StatuspageIncident, ...]
    scheduled_maintenances: tuple[StatuspageIncident, ...]
    status: StatuspageIndicator
