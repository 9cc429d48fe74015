"""What is sent to write: incidents, maintenance, overrides. What has a default may be left out."""

from typing import Literal, TypeAlias

import msgspec

from statuspage.domain.words import Status
from statuspage.render.openapi.shapes.base import Impact, Key, Shape, Time
from statuspage.render.openapi.shapes.incidents import Maintenance

Stage: TypeAlias = Literal["investigating", "identified", "monitoring", "resolved", "postmortem"]


class IncidentOpening(Shape, kw_only=True):
    """Opens an incident; `impacts` says by key where a model is hit otherwise than the rest."""

    title: str
    message: str
    impact: Impact = "minor"
    status: Stage = "investigating"
    models: tuple[Key, ...] = ()
    impacts: dict[str, Impact] = msgspec.field(default_factory=dict)
    started_at: Time | None = None


class IncidentChange(Shape, kw_only=True):
    """Changes an incident; what is left out stays."""

    message: str | None = None
    status: Stage | None = None
    title: str | None = None
    impact: Impact | None = None
    models: tuple[Key, ...] | None = None


class MaintenanceAnnouncement(Shape, kw_only=True):
    """Announces maintenance; without models and providers it concerns the whole page."""

    title: str
    message: str
    starts_at: Time
    ends_at: Time
    rrule: str | None = None
    timezone: str = "UTC"
    models: tuple[Key, ...] = ()
    providers: tuple[str, ...] = ()


class MaintenanceWord(Shape, kw_only=True):
    """Adds a word to a maintenance; `completed` ends the window that is under way."""

    message: str | None = None
    status: Literal["scheduled", "in_progress", "verifying", "completed"] = "in_progress"


class AnnouncedMaintenance(Maintenance):
    """A maintenance, with notes for whoever wrote it."""

    notes: tuple[str, ...]


class OverrideSetting(Shape, kw_only=True):
    """Has a model shown otherwise than measured, until a given time; a status left out stays as measured."""

    reason: str
    until: Time
    status: Status | None = None
    use_instead: Key | None = None


class Override(Shape):
    """What is shown by hand; null is as measured."""

    model: Key
    status: Status | None
    use_instead: Key | None
    reason: str
    author: str | None
    set_at: Time
    until: Time


class Overrides(Shape):
    """Overrides that have not expired."""

    overrides: tuple[Override, ...]


class CheckAsked(Shape, kw_only=True):
    """A check that was asked for: of which model, and where to see what came of it."""

    model: Key
    url: str
