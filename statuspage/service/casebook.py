"""The casebook: every known incident, and which of them an outage goes on with."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from statuspage.domain.incident import Incident, joined
from statuspage.domain.incidents import Subject, follow, is_outage, still_affected, without
from statuspage.domain.reading import Reading
from statuspage.domain.rootcause import GROUP_MS, QUIET_MS, cause_of
from statuspage.domain.verdict import Transition
from statuspage.service.entry import Entry

_INTERVALS: Final = 2
"""Outages are seen with the cadence of the probes: two cadences apart may be one moment."""


class Case(NamedTuple):
    """What became of an incident: as it is stored or being stored, and as it is to be; None before one was opened."""

    before: Incident | None
    after: Incident


class Casebook:
    """Incidents by id.

    What is being written counts at once for the next change of the same incident, and is shown once it is stored.
    """

    def __init__(self, find: Callable[[str], Entry | None]) -> None:
        self._find = find
        self._stored: dict[str, Incident] = {}
        self._of: dict[str, dict[str, Incident]] = {}
        self._drafts: dict[str, Incident] = {}
        self._live: set[str] = set()

    def all(self) -> tuple[Incident, ...]:
        """Every incident that is stored."""
        return tuple(self._stored.values())

    def of(self, key: str) -> tuple[Incident, ...]:
        """Those of one model."""
        return tuple(self._of.get(key, {}).values())

    def note(self, incident: Incident) -> None:
        """Takes over what is stored."""
        draft = self._drafts.get(incident.id)
        if draft is not None and draft.version <= incident.version:
            del self._drafts[incident.id]
        self._stored[incident.id] = incident
        if incident.auto:
            self._live.add(incident.id)
        affected = still_affected(incident)
        for key in incident.models:
            self._of.setdefault(key, {})[incident.id] = incident
            entry = self._find(key)
            if entry is None or not incident.auto:
                continue
            if key in affected:
                entry.incident = incident
            elif entry.incident is not None and entry.incident.id == incident.id:
                entry.incident = None

    def kept(self, case: Case) -> None:
        """Takes over a change of ours that is stored, beside what another process wrote meanwhile."""
        stored = self._stored.get(case.after.id)
        overtaken = stored is not None and stored.version >= case.after.version
        self.note(joined(stored, case.after) if stored is not None and overtaken else case.after)

    def note_newer(self, incidents: Iterable[Incident]) -> None:
        """Takes over what another process may have written; what is known in a newer version stays."""
        for incident in incidents:
            known = self._drafts.get(incident.id) or self._stored.get(incident.id)
            if known is None or known.version <= incident.version:
                self.note(incident)

    def follow(self, entry: Entry, transitions: Sequence[Transition], reading: Reading, new_id: str) -> Case | None:
        """What these transitions of a model do to an incident; None where they do nothing.

        The change counts from here on; `undo` takes it back where it cannot be stored.
        """
        if not transitions:
            return None
        subject = _subject(entry)
        before = self._going_on(entry, subject, transitions[-1], reading)
        after = follow(before, transitions, reading, subject, new_id)
        if after is None:
            return None
        self._drafts[after.id] = after
        return Case(before, after)

    def abandoned(self, at_ms: int) -> list[Case]:
        """Open incidents of ours that wait for models which nobody watches any more, and what becomes of them."""
        found = []
        for incident in self._stored.values():
            gone = [key for key in incident.models if self._find(key) is None]
            after = without(incident, gone, at_ms) if incident.auto and gone else None
            if after is not None:
                self._drafts[after.id] = after
                found.append(Case(incident, after))
        return found

    def undo(self, case: Case) -> None:
        """Forgets a change that could not be stored."""
        if self._drafts.get(case.after.id) is case.after:
            del self._drafts[case.after.id]

    def _going_on(self, entry: Entry, subject: Subject, change: Transition, reading: Reading) -> Incident | None:
        """The incident that a model is in, else that its outage has one cause with."""
        candidates = self._candidates(change.started_at_ms)
        for incident in candidates:
            if entry.key in still_affected(incident):
                return incident
        if not is_outage(reading):
            return None
        cause = None if subject.place is None else cause_of(subject.place, reading.class_name)
        within_ms = max(GROUP_MS, round(_INTERVALS * entry.model.interval_s * 1000))
        for incident in candidates:
            until_ms = _over_since_ms(incident, entry.key)
            if until_ms is not None and change.started_at_ms - until_ms <= QUIET_MS:
                return incident
            if cause is not None and incident.cause == cause:
                apart_ms = abs(change.started_at_ms - incident.started_at_ms)
                if incident.resolved_at_ms is not None or apart_ms <= within_ms:
                    return incident
        return None

    def _candidates(self, at_ms: int) -> list[Incident]:
        """Open ones and those within their quiet period, the open ones first, then the newest."""
        found = []
        for incident_id in tuple(self._live):
            incident = self._drafts.get(incident_id) or self._stored[incident_id]
            if incident.resolved_at_ms is not None and at_ms - incident.resolved_at_ms > QUIET_MS:
                self._live.discard(incident_id)
            else:
                found.append(incident)
        found += [draft for draft_id, draft in self._drafts.items() if draft_id not in self._live]
        found.sort(key=lambda each: (each.resolved_at_ms is not None, -each.started_at_ms, each.id))
        return found


def _subject(entry: Entry) -> Subject:
    outage = entry.state.outage
    return Subject(key=entry.key, name=entry.spoken_name, place=entry.place, seen=None if outage is None else outage.seen)


def _over_since_ms(incident: Incident, key: str) -> int | None:
    """When an incident was over for one of its models, None where it does not concern it or is not over."""
    if key not in incident.models:
        return None
    return next((each.until_ms for each in incident.affected if each.key == key), incident.resolved_at_ms)
