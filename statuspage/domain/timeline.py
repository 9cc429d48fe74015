"""Entries that the monitor itself adds to an incident's timeline."""

import re
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from statuspage.domain.incident import Incident, IncidentUpdate, newest_first
from statuspage.domain.incident_words import MORE

_TOGETHER_MS: Final = 2 * 60_000
"""What many models do within this time is one entry."""
_KEPT_APART: Final = 3
_NAMED: Final = 8
_MORE: Final = re.compile(r" and (\d+) more$")
_MS_PER_MINUTE: Final = 60_000
_MINUTES_PER_HOUR: Final = 60


def noted(incident: Incident, status: str, body: str, at_ms: int) -> Incident:
    """The incident with one more entry."""
    known = {update.id for update in incident.updates}
    number = len(incident.updates) + 1
    while f"{incident.id}-{number}" in known:
        number += 1
    update = IncidentUpdate(id=f"{incident.id}-{number}", status=status, body=body, at_ms=at_ms)
    return _with(incident, update, incident.updates)


def repeated(incident: Incident, status: str, body: str, at_ms: int, alike: Callable[[IncidentUpdate], bool]) -> Incident:
    """The same, but only the first few entries that are alike are kept apart: then the newest of them is rewritten.

    What comes and goes for days has a timeline that people can read.
    """
    known = [update for update in incident.updates if update.author is None and alike(update)]
    if len(known) < _KEPT_APART:
        return noted(incident, status, body, at_ms)
    update = IncidentUpdate(id=known[0].id, status=status, body=body, at_ms=at_ms)
    return _with(incident, update, [each for each in incident.updates if each.id != update.id])


def _with(incident: Incident, update: IncidentUpdate, others: Sequence[IncidentUpdate]) -> Incident:
    return msgspec.structs.replace(
        incident, status=update.status, updates=newest_first((update, *others)), version=incident.version + 1
    )


def also(incident: Incident, status: str, pattern: str, name: str, at_ms: int) -> Incident:
    """The incident with an entry that names one more model (`{names}`); one of this kind made just before is continued."""
    newest = incident.updates[0] if incident.updates else None
    begins = pattern.partition("{")[0]
    if newest is None or newest.author is not None or not newest.body.startswith(begins) or at_ms - newest.at_ms > _TOGETHER_MS:
        return noted(incident, status, pattern.format(names=name), at_ms)
    longer = msgspec.structs.replace(newest, body=_longer(newest.body, name))
    return msgspec.structs.replace(incident, status=status, updates=(longer, *incident.updates[1:]), version=incident.version + 1)


def _longer(body: str, name: str) -> str:
    """The body with one more name; beyond a few only how many more there are."""
    known = body.removesuffix(".")
    counted = _MORE.search(known)
    if counted is not None:
        return f"{MORE.format(names=known[: counted.start()], count=int(counted[1]) + 1)}."
    return f"{MORE.format(names=known, count=1)}." if known.count(", ") >= _NAMED - 1 else f"{known}, {name}."


def duration(span_ms: int) -> str:
    """In words: minutes begun, from an hour on hours and minutes."""
    minutes = max(1, -(-span_ms // _MS_PER_MINUTE))
    hours, rest = divmod(minutes, _MINUTES_PER_HOUR)
    parts = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in ((hours, "hour"), (rest, "minute")) if count]
    return " and ".join(parts)
