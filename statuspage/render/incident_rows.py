"""What the pages of incidents say beyond the incidents themselves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

import msgspec

from statuspage.domain.clock import rfc3339
from statuspage.domain.incident import POSTMORTEM, Incident, IncidentUpdate
from statuspage.domain.view import ModelView
from statuspage.domain.words import Judgement, Status
from statuspage.render.model_page import ProbeRow, probe_rows

PROBES: Final = 8
_MS_PER_MINUTE: Final = 60_000
_GOOD: Final = (Judgement.OK, Judgement.SLOW)


class Named(msgspec.Struct, frozen=True):
    """A model by its name and its place in addresses."""

    slug: str
    name: str


class Entry(msgspec.Struct, frozen=True):
    """One incident of the timeline: how long it lasted in minutes (None: still), whom it concerned, the last word said."""

    incident: Incident
    lasted: int | None
    models: tuple[Named, ...]
    said: IncidentUpdate | None


class Month(msgspec.Struct, frozen=True):
    """The incidents that began in one month (`YYYY-MM`, UTC), newest first."""

    month: str
    entries: tuple[Entry, ...]


class Touched(msgspec.Struct, frozen=True):
    """One model of an incident: how it is now, how it was concerned, what was judged on the days touched."""

    slug: str
    name: str
    status: Status
    impact: str
    since_ms: int
    until_ms: int | None
    judged: int
    failed: int
    samples: str
    """The address of every probe of that time."""
    probes: tuple[ProbeRow, ...]
    """Probes of that time that did not go well and are still at hand, newest first."""


class Story(msgspec.Struct, frozen=True):
    """Everything that the page of one incident shows."""

    incident: Incident
    lasted: int | None
    touched: tuple[Touched, ...]
    updates: tuple[IncidentUpdate, ...]
    postmortem: tuple[IncidentUpdate, ...]


def lasted_minutes(incident: Incident) -> int | None:
    """From its back-dated start to its end; a minute begun counts, None while it is open."""
    if incident.resolved_at_ms is None:
        return None
    return max(1, -(-(incident.resolved_at_ms - incident.started_at_ms) // _MS_PER_MINUTE))


def months(incidents: Iterable[Incident], models: Mapping[str, ModelView]) -> tuple[Month, ...]:
    """The timeline of incidents that are newest first; `models` by key."""
    return tuple(
        Month(month, tuple(_entry(incident, models) for incident in some))
        for month, some in groupby(incidents, key=lambda incident: month_of(incident.started_at_ms))
    )


def month_of(at_ms: int) -> str:
    """`YYYY-MM` of that moment, in UTC."""
    return f"{datetime.fromtimestamp(at_ms // 1000, tz=UTC):%Y-%m}"


def _entry(incident: Incident, models: Mapping[str, ModelView]) -> Entry:
    named = tuple(Named(models[key].slug, models[key].name) for key in incident.models if key in models)
    return Entry(incident, lasted_minutes(incident), named, incident.updates[0] if incident.updates else None)


def story(incident: Incident, models: Mapping[str, ModelView]) -> Story:
    """The incident with its public models as they are now; models that nobody watches any more are left out."""
    return Story(
        incident=incident,
        lasted=lasted_minutes(incident),
        touched=tuple(_touched(incident, models[key]) for key in incident.models if key in models),
        updates=tuple(update for update in incident.updates if update.status != POSTMORTEM),
        postmortem=tuple(update for update in incident.updates if update.status == POSTMORTEM),
    )


def _touched(incident: Incident, model: ModelView) -> Touched:
    known = next((each for each in incident.affected if each.key == model.key), None)
    since_ms = incident.started_at_ms if known is None else known.since_ms
    until_ms = incident.resolved_at_ms if known is None else known.until_ms
    days = [day for day in model.days if incident.id in day.incidents]
    ends = "" if until_ms is None else f"&to={rfc3339(until_ms)}"
    return Touched(
        slug=model.slug,
        name=model.name,
        status=model.status,
        impact=incident.impact if known is None else known.impact,
        since_ms=since_ms,
        until_ms=until_ms,
        judged=sum(day.judged for day in days),
        failed=sum(day.failed for day in days),
        samples=f"/api/v1/models/{model.slug}/samples?from={rfc3339(since_ms)}{ends}",
        probes=_probes(model, since_ms, until_ms),
    )


def _probes(model: ModelView, since_ms: int, until_ms: int | None) -> tuple[ProbeRow, ...]:
    within = tuple(
        sample
        for sample in model.evidence
        if sample.judgement not in _GOOD and sample.at_ms >= since_ms and (until_ms is None or sample.at_ms <= until_ms)
    )
    return tuple(probe_rows(within[:PROBES]))


def titles(incidents: Sequence[Incident]) -> dict[str, str]:
    """Title by id."""
    return {incident.id: incident.title for incident in incidents}
