"""Incidents: what readers are told went wrong, from when to when."""

import msgspec


class IncidentUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of an incident's timeline."""

    id: str
    status: str
    body: str
    at_ms: int
    author: str | None = None


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """An outage of one or more models; `started_at_ms` is back-dated to the first failure.

    `status` is one of investigating, identified, monitoring, resolved; `impact` one of none, minor,
    major, critical. Updates are newest first.
    """

    id: str
    title: str
    status: str
    impact: str
    models: tuple[str, ...]
    started_at_ms: int
    detected_at_ms: int
    resolved_at_ms: int | None = None
    auto: bool = True
    updates: tuple[IncidentUpdate, ...] = ()
