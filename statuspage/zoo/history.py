"""Ninety days of believable history: sums by the hour and the day, the newest samples, the incidents.

Far hours are drawn as sums; the newest samples are replayed through the verdict, so that states, incidents and
buckets of that time are what the product itself would have stored.
"""

import random
import zlib
from collections.abc import Sequence
from datetime import UTC, tzinfo
from hashlib import blake2b
from typing import Final

import msgspec

from statuspage.domain import incident_words as words
from statuspage.domain.accounting import spend
from statuspage.domain.classes import CLASSES
from statuspage.domain.days import day_start_ms
from statuspage.domain.event import Event
from statuspage.domain.histogram import Histogram
from statuspage.domain.history import History
from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.incidents import uncapitalised
from statuspage.domain.rollup import Bucket
from statuspage.domain.timeline import duration
from statuspage.domain.words import Fault, Judgement, Status
from statuspage.zoo.fleet import DemoModel
from statuspage.zoo.happenings import events_of, since_retirement
from statuspage.zoo.past import DAY_MS, HOUR_MS, MINUTE_MS, Past, Trouble, load, pasts
from statuspage.zoo.probes_past import base_error, cost_usd, draw_latency_ms, offset_ms, outcome
from statuspage.zoo.replay import replay

PAST_INTERVAL_S: Final = 300.0
_TEMPLATES: Final = 6
_LEVELS: Final = 3
_IMPACTS: Final = {Status.PARTIAL_OUTAGE: "major", Status.MAJOR_OUTAGE: "critical"}
_LARGE: Final = 50
_NOTICED_MS: Final = 3 * MINUTE_MS


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """How far back what is generated."""

    days: int = 90
    hour_days: float = 90
    sample_days: float = 2


class DemoPast(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a store takes: a history per model, the incidents, newest first, and the events, oldest first."""

    histories: tuple[History, ...]
    incidents: tuple[Incident, ...]
    events: tuple[Event, ...] = ()


def scope_of(count: int) -> Scope:
    """As much as a demo of so many models needs: large ones keep fewer hours and samples."""
    return Scope() if count <= _LARGE else Scope(hour_days=8, sample_days=0.05)


def demo_past(
    models: Sequence[DemoModel], now_ms: int, *, seed: int = 1, scope: Scope | None = None, zone: tzinfo = UTC
) -> DemoPast:
    """The history of the demo's models up to `now_ms`; the same for the same arguments."""
    reach = scope or scope_of(len(models))
    own, borrowers = models[:_LARGE], models[_LARGE:]
    lives = pasts(own, now_ms, seed, reach.days)
    histories, incidents = [], []
    for life in lives:
        history, recent = _model_history(life, now_ms, seed, reach, zone)
        histories.append(history)
        incidents += recent
    recent_from_ms = _recent_from_ms(now_ms, reach)
    incidents += _old_incidents(lives, recent_from_ms)
    by_name = {_kind(model): history for model, history in zip(own, histories, strict=True)}
    histories += [_borrowed(by_name[_kind(model)], model) for model in borrowers]
    return DemoPast(
        histories=tuple(histories),
        incidents=tuple(sorted(incidents, key=lambda incident: incident.started_at_ms, reverse=True)),
        events=events_of(lives, now_ms),
    )


def _kind(model: DemoModel) -> str:
    """What numbered copies of a model have in common."""
    return f"{model.provider} {model.name.partition(' #')[0]}"


def _borrowed(history: History, model: DemoModel) -> History:
    """The same history under another key: beyond so many models nobody compares bars."""
    samples = [msgspec.structs.replace(sample, model=model.key) for sample in history.samples]
    return msgspec.structs.replace(history, key=model.key, samples=samples)


def _recent_from_ms(now_ms: int, scope: Scope) -> int:
    """Where the replayed samples begin: at a full hour."""
    return (now_ms - round(scope.sample_days * DAY_MS)) // HOUR_MS * HOUR_MS


def _model_history(life: Past, now_ms: int, seed: int, scope: Scope, zone: tzinfo) -> tuple[History, list[Incident]]:
    luck = random.Random(f"{seed}/{life.model.key}/history")
    recent_from_ms = max(_recent_from_ms(now_ms, scope), life.first_seen_ms)
    hours_from_ms = (now_ms - round(scope.hour_days * DAY_MS)) // HOUR_MS * HOUR_MS
    templates = _Templates(life, luck)
    days: dict[int, Bucket] = {}
    hours: list[Bucket] = []
    at_ms = life.first_seen_ms // HOUR_MS * HOUR_MS
    while at_ms < recent_from_ms:
        hour = _hour(life, at_ms, recent_from_ms, templates, luck)
        if hour.judged or hour.excluded:
            _add(days, day_start_ms(at_ms, zone), hour)
            if at_ms >= hours_from_ms:
                hours.append(hour)
        at_ms += HOUR_MS
    for from_ms, to_ms, status in _timeline(life, recent_from_ms):
        days |= spend(days, from_ms, to_ms, status, None, zone)
    recent = replay(life, recent_from_ms, now_ms, days, luck, zone)
    history = History(
        key=life.model.key,
        first_seen_ms=life.first_seen_ms,
        interval_s=PAST_INTERVAL_S,
        samples=recent.samples,
        hours=(*hours, *recent.hours),
        days=tuple(recent.days[start] for start in sorted(recent.days)),
        state=since_retirement(recent.state, life),
    )
    return history, recent.incidents


class _Templates:
    """Latency histograms of one quiet hour, drawn a few times and used for many: sums of hours never change in place."""

    def __init__(self, life: Past, luck: random.Random) -> None:
        self._life = life
        self._luck = luck
        self._made: dict[tuple[int, int], tuple[Histogram, Histogram]] = {}

    def pair(self, busy: float, count: int) -> tuple[Histogram, Histogram]:
        """First content and total of `count` good answers at that load."""
        level = min(_LEVELS - 1, int(busy * _LEVELS))
        if count != 12:
            return self._draw((level + 0.5) / _LEVELS, count)
        which = (level, self._luck.randrange(_TEMPLATES))
        if which not in self._made:
            self._made[which] = self._draw((level + 0.5) / _LEVELS, count)
        return self._made[which]

    def _draw(self, busy: float, count: int) -> tuple[Histogram, Histogram]:
        first, total = Histogram(), Histogram()
        for _ in range(count):
            first_ms, total_ms = draw_latency_ms(self._life.model, busy, self._luck)
            first.add(first_ms)
            total.add(total_ms)
        return first, total


def _hour(life: Past, start_ms: int, end_ms: int, templates: _Templates, luck: random.Random) -> Bucket:
    """The sums of one hour of the far past."""
    first_ms = start_ms + offset_ms(life.model, PAST_INTERVAL_S)
    step_ms = round(PAST_INTERVAL_S * 1000)
    slots = [at_ms for at_ms in range(first_ms, min(start_ms + HOUR_MS, end_ms), step_ms) if at_ms >= life.first_seen_ms]
    busy = load(start_ms)
    if any(trouble.from_ms < start_ms + HOUR_MS and trouble.to_ms > start_ms for trouble in life.troubles) or (
        life.gap[0] < start_ms + HOUR_MS and life.gap[1] > start_ms
    ):
        return _troubled_hour(life, start_ms, slots, luck)
    failed = _binomial(len(slots), base_error(busy), luck)
    first, total = templates.pair(busy, len(slots) - failed)
    return Bucket(
        start_ms=start_ms,
        judged=len(slots),
        failed=failed,
        first_content_ms=first,
        total_ms=total,
        classes={"server_error": failed} if failed else {},
        cost_usd=len(slots) * cost_usd(life.model),
    )


def _troubled_hour(life: Past, start_ms: int, slots: list[int], luck: random.Random) -> Bucket:
    """An hour in which something happened, probe by probe."""
    bucket = Bucket(start_ms=start_ms)
    for at_ms in slots:
        if life.silent_at(at_ms):
            continue
        met = outcome(life, at_ms, luck)
        if met.class_name != "ok":
            bucket.classes[met.class_name] = bucket.classes.get(met.class_name, 0) + 1
        bucket.judged += met.judgement is not Judgement.EXCLUDED
        bucket.failed += met.judgement is Judgement.FAILED
        bucket.slow += met.judgement is Judgement.SLOW
        bucket.excluded += met.judgement is Judgement.EXCLUDED
        if met.first_content_ms is not None and met.total_ms is not None:
            bucket.first_content_ms.add(met.first_content_ms)
            bucket.total_ms.add(met.total_ms)
            bucket.cost_usd += cost_usd(life.model)
    return bucket


def _binomial(count: int, share: float, luck: random.Random) -> int:
    """A draw for small shares: most often none."""
    if luck.random() < (1 - share) ** count:
        return 0
    return max(1, sum(luck.random() < share for _ in range(count)))


def _add(days: dict[int, Bucket], start_ms: int, hour: Bucket) -> None:
    day = days.get(start_ms)
    if day is None:
        day = days[start_ms] = Bucket(start_ms=start_ms)
    day.judged += hour.judged
    day.failed += hour.failed
    day.slow += hour.slow
    day.excluded += hour.excluded
    day.first_content_ms.merge(hour.first_content_ms)
    day.total_ms.merge(hour.total_ms)
    for name, count in hour.classes.items():
        day.classes[name] = day.classes.get(name, 0) + count
    day.cost_usd += hour.cost_usd


def _timeline(life: Past, until_ms: int) -> list[tuple[int, int, Status]]:
    """What readers were shown, from first seen on: troubles as they were noticed, gaps as no data."""
    shown = [(trouble.from_ms + _NOTICED_MS, trouble.to_ms + 2 * _NOTICED_MS, trouble.status) for trouble in life.troubles]
    shown.append((*life.gap, Status.NO_DATA))
    parts: list[tuple[int, int, Status]] = []
    at_ms = life.first_seen_ms
    for from_ms, to_ms, status in sorted(shown):
        begin_ms, end_ms = max(from_ms, at_ms), min(to_ms, until_ms)
        if begin_ms >= end_ms:
            continue
        if at_ms < begin_ms:
            parts.append((at_ms, begin_ms, Status.OPERATIONAL))
        parts.append((begin_ms, end_ms, status))
        at_ms = end_ms
    if at_ms < until_ms:
        parts.append((at_ms, until_ms, Status.OPERATIONAL))
    return parts


def _old_incidents(lives: Sequence[Past], until_ms: int) -> list[Incident]:
    """An incident per trouble of a model, and one per trouble of a whole vendor."""
    causes: dict[tuple[str, int], tuple[Trouble, list[Past]]] = {}
    for life in lives:
        for trouble in life.troubles:
            if trouble.to_ms >= until_ms or trouble.status not in _IMPACTS or trouble.fault is Fault.ACCOUNT:
                continue
            cause = (life.model.provider if trouble.shared else life.model.key, trouble.from_ms)
            causes.setdefault(cause, (trouble, []))[1].append(life)
    return [_incident(trouble, met) for trouble, met in causes.values()]


def _incident(trouble: Trouble, met: list[Past]) -> Incident:
    first = met[0].model
    new_id = blake2b(f"{first.key} {trouble.from_ms}".encode(), digest_size=6).hexdigest()
    row = CLASSES[trouble.class_name]
    detected_ms = trouble.from_ms + _NOTICED_MS + zlib.crc32(new_id.encode()) % MINUTE_MS
    resolved_ms = max(trouble.to_ms, detected_ms) + 2 * _NOTICED_MS
    caption = uncapitalised(row.label)
    said = {"model": first.name, "count": len(met), "span": duration(resolved_ms - trouble.from_ms)}
    alone = len(met) == 1
    last = (words.OVER if alone else words.ALL_WELL).format(**said)
    begun = words.SAID.format(reason=f"{first.name} {row.says}")
    updates = (
        IncidentUpdate(id=f"{new_id}-2", status="resolved", body=last, at_ms=resolved_ms),
        IncidentUpdate(id=f"{new_id}-1", status="investigating", body=begun, at_ms=detected_ms),
    )
    of_one = words.TITLE.format(model=first.name, caption=caption)
    return Incident(
        id=new_id,
        title=of_one if alone else words.TITLE_OF_MANY.format(count=len(met), provider=first.provider, caption=caption),
        status="resolved",
        impact=_IMPACTS[trouble.status],
        models=tuple(life.model.key for life in met),
        started_at_ms=trouble.from_ms,
        detected_at_ms=detected_ms,
        resolved_at_ms=resolved_ms,
        updates=updates,
    )
