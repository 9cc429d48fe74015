"""Maintenance: work that was announced, from when to when, over which models."""

import msgspec

from statuspage.domain.incident import IncidentUpdate


class Maintenance(msgspec.Struct, frozen=True, kw_only=True):
    """One window as readers meet it: of a recurring one, the window of now or the next.

    `status` is one of scheduled, in_progress, completed, cancelled; `rrule` is the rule's text (RFC 5545) or None,
    which runs on the clocks of `zone` (IANA). Updates are newest first.
    """

    id: str
    title: str
    status: str
    models: tuple[str, ...]
    starts_at_ms: int
    ends_at_ms: int
    rrule: str | None = None
    updates: tuple[IncidentUpdate, ...] = ()
    zone: str = "UTC"
