"""What happened and what is planned."""

from typing import Any, Literal

import msgspec

from statuspage.render.openapi.shapes.base import (
    Impact,
    Key,
    Shape,
    Time,
)


class Update(Shape):
    """What was told of an incident or a maintenance at one moment."""

    id: str
    status: str
    body: str
    at: Time
    author: str | None


class Incident(Shape):
    """An incident with its updates, the newest first."""

    id: str
    title: str
    status: Literal["investigating", "identified", "monitoring", "resolved"]
    impact: Impact
    models: tuple[Key, ...]
    started_at: Time
    detected_at: Time
    resolved_at: Time | None
    auto: bool
    url: str
    updates: tuple[Update, ...]


class Incidents(Shape):
    """Incidents of the last 90 days, newest first."""

    incidents: tuple[Incident, ...]


class Maintenance(Shape):
    """A maintenance with its updates, the newest first."""

    id: str
    title: str
    status: Literal["scheduled", "in_progress", "completed", "cancelled"]
    models: tuple[Key, ...]
    starts_at: Time
    ends_at: Time
    rrule: str | None
    url: str
    updates: tuple[Update, ...]


class Maintenances(Shape):
    """Maintenance under way, to come and over."""

    maintenance: tuple[Maintenance, ...]


class JsonFeed(msgspec.Struct, kw_only=True):
    """JSON Feed 1.1."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    home_page_url: str
    feed_url: str
    items: tuple[dict[str, Any], ...]
