"""Which notices a change makes, and which channel hears which: pure."""

from hashlib import blake2b
from typing import Final

import msgspec

from statuspage.domain import incident_words as words
from statuspage.domain.event import Event
from statuspage.domain.incident import Incident
from statuspage.domain.notice import (
    INCIDENT_CREATED,
    INCIDENT_RESOLVED,
    INCIDENT_UPDATED,
    OPERATOR_EVENT,
    Audience,
    Notice,
    Severity,
)
from statuspage.domain.words import Level, Status

_SEVERITIES: Final = {
    Level.GREEN: Severity.SUCCESS,
    Level.YELLOW: Severity.WARNING,
    Level.RED: Severity.FAILURE,
    Level.BLUE: Severity.INFO,
    Level.GREY: Severity.INFO,
}
_IMPACTS: Final = {"none": Severity.INFO, "minor": Severity.WARNING, "major": Severity.WARNING, "critical": Severity.FAILURE}
TITLES: Final = {
    Status.OPERATIONAL: "{name} is WORKING again",
    Status.DEGRADED_PERFORMANCE: "{name} works, but not well",
    Status.PARTIAL_OUTAGE: "{name} works only partly",
    Status.MAJOR_OUTAGE: "{name} has STOPPED working",
    Status.UNDER_MAINTENANCE: "{name} is under maintenance",
    Status.NO_DATA: "{name} is not measured at the moment",
    Status.RETIRED: "{name} is retired",
}
_OF_INCIDENTS: Final = frozenset({INCIDENT_CREATED, INCIDENT_UPDATED, INCIDENT_RESOLVED})
_GOOD_NEWS: Final = frozenset({"active", "ok", "well", "closed", "ended"})
"""States in an event's facts that ask for nothing."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A change of status as its audience hears it."""

    audience: Audience
    old: Status
    new: Status


def told_of(public: Status | None, old: Status, new: Status) -> Told | None:
    """Who hears of a change; None where nobody does.

    `public` is what the public knows, None before it knew anything. Grey is for the operator alone: to the public a model
    that was red, then grey, then works is one that was red and works.
    """
    if old is new:
        return None
    if new.level is Level.GREY:
        return Told(audience=Audience.OPERATOR, old=old, new=new)
    if new is not (public or Status.OPERATIONAL):
        return Told(audience=Audience.PUBLIC, old=public or old, new=new)
    return None if public is None else Told(audience=Audience.OPERATOR, old=old, new=new)


def public_after(public: Status | None, new: Status) -> Status | None:
    """What the public knows after a change."""
    return public if new.level is Level.GREY else new


def notice_id(*parts: object) -> str:
    """An id that a repeated write of the same change repeats; it says nothing by itself."""
    return "msg_" + blake2b(" ".join(map(str, parts)).encode(), digest_size=15).hexdigest()


def status_title(name: str, status: Status) -> str:
    """The change in a few words, in both directions."""
    return TITLES[status].format(name=name)


def severity_of(status: Status) -> Severity:
    """How loud a status is."""
    return _SEVERITIES[status.level]


def incident_notice(before: Incident | None, after: Incident, *, url: str, group: str, data: bytes) -> Notice | None:
    """What is told of an incident that became `after`; None where nobody would see a difference."""
    kind = _incident_kind(before, after)
    if kind is None:
        return None
    newest = after.updates[0] if after.updates else None
    resolved = kind == INCIDENT_RESOLVED
    return Notice(
        id=notice_id("incident", after.id, kind, *(() if newest is None else (newest.id, newest.at_ms))),
        kind=kind,
        at_ms=after.detected_at_ms if newest is None else newest.at_ms,
        audience=Audience.PUBLIC,
        severity=Severity.SUCCESS if resolved else _IMPACTS.get(after.impact, Severity.INFO),
        subject=after.id,
        title=words.RESOLVED.format(title=after.title) if resolved else after.title,
        body="" if newest is None else newest.body,
        group=group,
        incident=after.id,
        auto=after.auto,
        models=after.models,
        url=url,
        data=msgspec.Raw(data),
    )


def _incident_kind(before: Incident | None, after: Incident) -> str | None:
    if before is None:
        return INCIDENT_CREATED
    if after.resolved_at_ms is not None and before.resolved_at_ms is None:
        return INCIDENT_RESOLVED
    back = after.resolved_at_ms is None and before.resolved_at_ms is not None
    return INCIDENT_UPDATED if back or len(after.updates) > len(before.updates) else None


def event_notice(event: Event, *, url: str) -> Notice:
    """An event of an account, a list or the monitor itself, for the operator; the sentence carries the fix."""
    calm = event.public or event.facts.get("state") in _GOOD_NEWS
    data = {"kind": event.kind, "subject": event.subject, "sentence": event.sentence, "facts": event.facts}
    return Notice(
        id=notice_id("event", event.at_ms, event.kind, event.subject, event.sentence),
        kind=OPERATOR_EVENT,
        at_ms=event.at_ms,
        audience=Audience.OPERATOR,
        severity=Severity.INFO if calm else Severity.WARNING,
        subject=event.subject,
        title=event.sentence,
        group=event.subject.partition("/")[0],
        url=url,
        data=msgspec.Raw(msgspec.json.encode(data)),
    )


def hears(notice: Notice, audience: Audience, kinds: frozenset[str], *, auto_incidents: bool) -> bool:
    """Whether a channel of this audience that takes these kinds gets the notice."""
    if notice.kind not in kinds or (audience is Audience.PUBLIC and notice.audience is not Audience.PUBLIC):
        return False
    return auto_incidents or not (notice.auto and notice.kind in _OF_INCIDENTS)
