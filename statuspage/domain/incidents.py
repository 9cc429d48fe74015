"""How incidents follow the verdict: opened when an outage is confirmed, closed when the end of all of it is proven."""

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from statuspage.domain import incident_words as words
from statuspage.domain.classes import CLASSES
from statuspage.domain.incident import IMPACTS, Affected, Incident, IncidentUpdate
from statuspage.domain.reading import Reading
from statuspage.domain.rootcause import Place, cause_of
from statuspage.domain.speech import label, reason
from statuspage.domain.timeline import also, duration, noted, repeated
from statuspage.domain.verdict import Transition
from statuspage.domain.window import Tally
from statuspage.domain.words import Fault, Status

_IMPACT: Final = {
    Status.DEGRADED_PERFORMANCE: "minor",
    Status.PARTIAL_OUTAGE: "major",
    Status.MAJOR_OUTAGE: "critical",
}


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """The model whose status changed; `seen` is what its requests came to in the outage that ends."""

    key: str
    name: str
    place: Place | None = None
    seen: Tally | None = None


def follow(
    incident: Incident | None, transitions: Sequence[Transition], reading: Reading, subject: Subject, new_id: str
) -> Incident | None:
    """The incident after the transitions of one step of one model, or None where there is nothing to store.

    `incident` is the one to go on with: that the model is in, or that it is to join or to continue. `reading` is the state
    after the step. An outage opens one under `new_id`; slowness alone does not. Grey and maintenance keep it open. A closed
    one has `resolved_at_ms`.
    """
    changed = False
    for transition in transitions:
        last = transition is transitions[-1]
        seen = reading if last else Reading(status=transition.new, class_name="stale", fault=Fault.MONITOR)
        told = _tell(incident, transition, seen, subject, new_id)
        changed = changed or told is not None
        incident = told or incident
    return incident if changed else None


def is_outage(reading: Reading) -> bool:
    """Whether what is said of a model opens an incident."""
    return reading.status in _IMPACT and reading.fault in (Fault.PROVIDER, Fault.ROUTER)


def still_affected(incident: Incident) -> tuple[str, ...]:
    """The models of an open incident whose end is not proven."""
    if incident.resolved_at_ms is not None:
        return ()
    over = {each.key for each in incident.affected if each.until_ms is not None}
    return tuple(key for key in incident.models if key not in over)


def without(incident: Incident, gone: Collection[str], at_ms: int) -> Incident | None:
    """The incident without waiting for models that nobody watches any more; None where it does not wait for any of them.

    Where it waits for no other it is closed.
    """
    affected = still_affected(incident)
    if not any(key in gone for key in affected):
        return None
    over = tuple(
        msgspec.structs.replace(each, until_ms=at_ms) if each.key in gone and each.until_ms is None else each
        for each in _affected(incident)
    )
    if any(key not in gone for key in affected):
        return msgspec.structs.replace(incident, affected=over, version=incident.version + 1)
    names = ", ".join(key for key in affected if key in gone)
    lasted = duration(at_ms - incident.started_at_ms)
    told = noted(incident, "resolved", words.UNWATCHED.format(names=names, span=lasted), at_ms)
    return msgspec.structs.replace(told, resolved_at_ms=at_ms, affected=over)


def _tell(incident: Incident | None, change: Transition, seen: Reading, subject: Subject, new_id: str) -> Incident | None:
    outage = is_outage(seen) and change.new in _IMPACT
    if incident is None:
        return _opened(change, seen, subject, new_id) if outage else None
    if outage:
        if incident.resolved_at_ms is not None:
            return _continued(incident, change, seen, subject)
        if subject.key in still_affected(incident):
            return _went_on(incident, change, seen, subject)
        return _joined(incident, change, seen, subject)
    affected = still_affected(incident)
    if subject.key not in affected:
        return None
    if change.new in (Status.NO_DATA, Status.UNDER_MAINTENANCE):
        return _kept_open(incident, change, seen, subject) if len(affected) == 1 else None
    return _ended(incident, change, seen, subject)


def _opened(change: Transition, seen: Reading, subject: Subject, new_id: str) -> Incident:
    first = IncidentUpdate(id=f"{new_id}-1", status="investigating", body=_said(subject, seen), at_ms=change.at_ms)
    impact = _IMPACT[change.new]
    return Incident(
        id=new_id,
        title=words.TITLE.format(model=subject.name, caption=uncapitalised(label(seen))),
        status="investigating",
        impact=impact,
        models=(subject.key,),
        started_at_ms=change.started_at_ms,
        detected_at_ms=change.at_ms,
        updates=(first,),
        affected=(Affected(key=subject.key, impact=impact, since_ms=change.started_at_ms),),
        cause=None if subject.place is None else cause_of(subject.place, seen.class_name),
    )


def _went_on(incident: Incident, change: Transition, seen: Reading, subject: Subject) -> Incident:
    """It got worse or eased for a model that it concerns already."""
    worse = change.new is Status.MAJOR_OUTAGE or change.old not in _IMPACT
    updated = noted(incident, "investigating" if worse else "monitoring", _said(subject, seen), change.at_ms)
    return _hit(updated, change, subject)


def _joined(incident: Incident, change: Transition, seen: Reading, subject: Subject) -> Incident:
    """One more model has the same cause, or one that worked again does not any more."""
    again = subject.key in incident.models
    told = also(incident, "investigating", words.BACK if again else words.JOINED, subject.name, change.at_ms)
    joined = _hit(told, change, subject)
    if again or subject.place is None or any(update.author is not None for update in incident.updates):
        return joined
    what = incident.title.rpartition(": ")[2] or uncapitalised(label(seen))
    title = words.TITLE_OF_MANY.format(count=len(joined.models), provider=subject.place.title, caption=what)
    return msgspec.structs.replace(joined, title=title)


def _continued(incident: Incident, change: Transition, seen: Reading, subject: Subject) -> Incident:
    """It was over, and is back too soon to be another one."""
    after = duration(change.started_at_ms - (incident.resolved_at_ms or 0))
    body = words.RETURNED.format(span=after, reason=reason(subject.name, seen))
    begins = words.RETURNED.partition("{")[0]
    told = repeated(incident, "investigating", body, change.at_ms, lambda each: each.body.startswith(begins))
    return _hit(msgspec.structs.replace(told, resolved_at_ms=None), change, subject)


def _hit(incident: Incident, change: Transition, subject: Subject) -> Incident:
    """The incident with this model among those that it concerns, and at least as bad as the model's status."""
    impact = _IMPACT[change.new]
    affected = {each.key: each for each in _affected(incident)}
    known = affected.get(subject.key)
    if known is None:
        affected[subject.key] = Affected(key=subject.key, impact=impact, since_ms=change.started_at_ms)
    else:
        affected[subject.key] = msgspec.structs.replace(known, impact=_worse(known.impact, impact), until_ms=None)
    return msgspec.structs.replace(
        incident,
        impact=_worse(incident.impact, impact),
        models=tuple(dict.fromkeys((*incident.models, subject.key))),
        affected=tuple(affected.values()),
        started_at_ms=min(incident.started_at_ms, change.started_at_ms),
    )


def _kept_open(incident: Incident, change: Transition, seen: Reading, subject: Subject) -> Incident:
    unproven = seen.class_name is None and change.old is Status.UNDER_MAINTENANCE
    pattern = words.WAITS if unproven else words.KEPT_OPEN
    body = pattern.format(model=subject.name, says=CLASSES[seen.class_name or "stale"].says)
    return noted(incident, "monitoring", body, change.at_ms)


def _ended(incident: Incident, change: Transition, seen: Reading, subject: Subject) -> Incident:
    """It is over for one model; with the last one it is closed."""
    affected = tuple(
        msgspec.structs.replace(each, until_ms=change.at_ms) if each.key == subject.key else each for each in _affected(incident)
    )
    left = [key for key in still_affected(incident) if key != subject.key]
    if left:
        return msgspec.structs.replace(also(incident, "monitoring", words.WELL, subject.name, change.at_ms), affected=affected)
    lasted = duration(change.at_ms - incident.started_at_ms)
    body = _last_word(incident, change, subject).format(
        model=subject.name, span=lasted, count=len(incident.models), reason=reason(subject.name, seen), **_evidence(subject.seen)
    )
    told = repeated(incident, "resolved", body, change.at_ms, lambda each: each.status == "resolved")
    return msgspec.structs.replace(told, resolved_at_ms=change.at_ms, affected=affected)


def _last_word(incident: Incident, change: Transition, subject: Subject) -> str:
    """The pattern of what is said when an incident is closed."""
    if change.new is Status.RETIRED:
        return words.RETIRED
    if len(incident.models) > 1:
        return words.ALL_WELL
    return words.OVER if subject.seen is None else words.COUNTED


def _evidence(seen: Tally | None) -> dict[str, int]:
    """What was counted, the first failure with it."""
    return {} if seen is None else {"failed": seen.failed + 1, "of": seen.of + 1}


def _affected(incident: Incident) -> tuple[Affected, ...]:
    """Its models one by one; of an old incident only their names were kept."""
    known = {each.key: each for each in incident.affected}
    return tuple(
        known.get(key) or Affected(key=key, impact=incident.impact, since_ms=incident.started_at_ms) for key in incident.models
    )


def _worse(one: str, other: str) -> str:
    return max(one, other, key=IMPACTS.index)


def _said(subject: Subject, seen: Reading) -> str:
    return words.SAID.format(reason=reason(subject.name, seen))


def uncapitalised(caption: str) -> str:
    """A caption within a sentence; abbreviations stay as they are."""
    return caption[0].lower() + caption[1:] if caption[1:2].islower() else caption
