"""Incidents: what readers are told went wrong, from when to when."""

from collections.abc import Iterable
from typing import Final

import msgspec

STATUSES: Final = ("investigating", "identified", "monitoring", "resolved")
IMPACTS: Final = ("none", "minor", "major", "critical")
POSTMORTEM: Final = "postmortem"
"""The status of the one update that may follow a resolution: what was learnt."""


class IncidentUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of an incident's timeline; `body` is Markdown, `author` None where the monitor itself speaks."""

    id: str
    status: str
    body: str
    at_ms: int
    author: str | None = None


class Affected(msgspec.Struct, frozen=True, kw_only=True):
    """How an incident concerns one of its models: the worst impact so far, from when to when (None: still)."""

    key: str
    impact: str
    since_ms: int
    until_ms: int | None = None


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """An outage of one or more models; `started_at_ms` is back-dated to the first failure.

    `status` is one of investigating, identified, monitoring, resolved; `impact` one of none, minor,
    major, critical. Updates are newest first. `version` grows with every write.
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
    """Whether our measurements opened it; False where a person did."""
    updates: tuple[IncidentUpdate, ...] = ()
    version: int = 0
    affected: tuple[Affected, ...] = ()
    """What is known of its models one by one; models that a person named alone are left out."""
    cause: str | None = None
    """What the outages of its models have in common: whoever runs the surface, and the kind of failure."""


def newest_first(updates: Iterable[IncidentUpdate]) -> tuple[IncidentUpdate, ...]:
    """The updates in the order of readers; of one moment, those handed in first come first."""
    return tuple(sorted(updates, key=lambda update: -update.at_ms))


def joined(kept: Incident, written: Incident) -> Incident:
    """What two processes that wrote the same incident leave behind: the newer head, the updates of both."""
    head = written if written.version > kept.version else kept
    known = {update.id for update in written.updates}
    updates = newest_first((*written.updates, *(update for update in kept.updates if update.id not in known)))
    return msgspec.structs.replace(head, models=written.models, affected=written.affected, updates=updates)
