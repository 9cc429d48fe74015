"""How incidents follow the verdict: opened when an outage is confirmed, closed when its end is proven."""

from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.reading import Reading
from statuspage.domain.speech import label, reason
from statuspage.domain.verdict import Transition
from statuspage.domain.words import Fault, Status

_IMPACTS: Final = {
    Status.DEGRADED_PERFORMANCE: "minor",
    Status.PARTIAL_OUTAGE: "major",
    Status.MAJOR_OUTAGE: "critical",
}
_ORDER: Final = ("none", "minor", "major", "critical")
_MS_PER_MINUTE: Final = 60_000
_MINUTES_PER_HOUR: Final = 60


def follow(
    incident: Incident | None, transitions: Sequence[Transition], reading: Reading, key: str, name: str, new_id: str
) -> Incident | None:
    """The model's incident after the transitions of one step, or None where there is nothing to store.

    `incident` is the open one, `reading` the state after the step. An outage opens one under `new_id`; slowness alone
    does not. Grey and maintenance keep it open. A closed one has `resolved_at_ms`.
    """
    changed = False
    for transition in transitions:
        last = transition is transitions[-1]
        seen = reading if last else Reading(status=transition.new, class_name="stale", fault=Fault.MONITOR)
        told = _tell(incident, transition, seen, key, name, new_id)
        changed = changed or told is not None
        incident = told or incident
    return incident if changed else None


def _tell(incident: Incident | None, change: Transition, seen: Reading, key: str, name: str, new_id: str) -> Incident | None:
    outage = change.new in _IMPACTS and seen.fault in (Fault.PROVIDER, Fault.ROUTER)
    if incident is None or incident.resolved_at_ms is not None:
        return _opened(change, seen, key, name, new_id) if outage else None
    if outage:
        impact = max(incident.impact, _IMPACTS[change.new], key=_ORDER.index)
        worse = change.new is Status.MAJOR_OUTAGE or change.old not in _IMPACTS
        updated = _updated(incident, "investigating" if worse else "monitoring", f"{reason(name, seen)}.", change.at_ms)
        return msgspec.structs.replace(updated, impact=impact)
    if change.new in (Status.NO_DATA, Status.UNDER_MAINTENANCE):
        unproven = seen.class_name is None and change.old is Status.UNDER_MAINTENANCE
        why = "is being measured; its status waits for proof" if unproven else CLASSES[seen.class_name or "stale"].says
        body = f"{name} {why}. The incident stays open until {name} is known to work."
        return _updated(incident, "monitoring", body, change.at_ms)
    lasted = _duration(change.at_ms - incident.started_at_ms)
    if change.new is Status.RETIRED:
        body = f"{reason(name, seen)}. The incident is closed after {lasted}."
    else:
        body = f"{name} works again. The incident lasted {lasted}."
    return msgspec.structs.replace(_updated(incident, "resolved", body, change.at_ms), resolved_at_ms=change.at_ms)


def _opened(change: Transition, seen: Reading, key: str, name: str, new_id: str) -> Incident:
    first = IncidentUpdate(id=f"{new_id}-1", status="investigating", body=f"{reason(name, seen)}.", at_ms=change.at_ms)
    return Incident(
        id=new_id,
        title=f"{name}: {_uncapitalised(label(seen))}",
        status="investigating",
        impact=_IMPACTS[change.new],
        models=(key,),
        started_at_ms=change.started_at_ms,
        detected_at_ms=change.at_ms,
        updates=(first,),
    )


def _updated(incident: Incident, status: str, body: str, at_ms: int) -> Incident:
    update = IncidentUpdate(id=f"{incident.id}-{len(incident.updates) + 1}", status=status, body=body, at_ms=at_ms)
    return msgspec.structs.replace(incident, status=status, updates=(update, *incident.updates), version=incident.version + 1)


def _duration(span_ms: int) -> str:
    """In words: minutes begun, from an hour on hours and minutes."""
    minutes = max(1, -(-span_ms // _MS_PER_MINUTE))
    hours, rest = divmod(minutes, _MINUTES_PER_HOUR)
    parts = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in ((hours, "hour"), (rest, "minute")) if count]
    return " and ".join(parts)


def _uncapitalised(caption: str) -> str:
    """A caption within a sentence; abbreviations stay as they are."""
    return caption[0].lower() + caption[1:] if caption[1:2].islower() else caption
