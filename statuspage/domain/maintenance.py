"""Maintenance: work that was announced, from when to when, over which models."""

from collections.abc import Iterable
from typing import Final

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
    repeats_from_ms: int | None = None
    """Where the rule starts: the first window ever; None without a rule."""
    lasts_ms: int | None = None
    """How long each window was planned to last; one that was ended early lasts shorter."""
    written: tuple[IncidentUpdate, ...] = ()
    """Those of the updates that people wrote, newest first: the clock's come and go with the windows of a rule."""
    version: int = 0
    """How often people changed it."""


def first_window(maintenance: Maintenance) -> tuple[int, int]:
    """From when to when: of a recurring one the first window, as it was planned (UTC milliseconds)."""
    if maintenance.repeats_from_ms is None:
        return maintenance.starts_at_ms, maintenance.ends_at_ms
    lasts_ms = maintenance.lasts_ms or maintenance.ends_at_ms - maintenance.starts_at_ms
    return maintenance.repeats_from_ms, maintenance.repeats_from_ms + lasts_ms


_ORDER: Final = ("in_progress", "scheduled", "completed", "cancelled")
_OVER: Final = 2


def in_order(maintenances: Iterable[Maintenance]) -> tuple[Maintenance, ...]:
    """Those under way, then those to come, the next first; then those that are over, the newest first."""

    def place(each: Maintenance) -> tuple[int, int, str]:
        group = min(_ORDER.index(each.status), _OVER)
        return group, -each.ends_at_ms if group == _OVER else each.starts_at_ms, each.id

    return tuple(sorted(maintenances, key=place))
