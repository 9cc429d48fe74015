"""The newest days of the demo's past, replayed through the verdict as if the product had run."""

import random
from collections.abc import Sequence
from datetime import tzinfo
from hashlib import blake2b
from typing import Final

import msgspec

from statuspage.domain.accounting import account, spend
from statuspage.domain.days import day_start_ms
from statuspage.domain.incident import Incident
from statuspage.domain.incidents import Subject, follow
from statuspage.domain.policy import DEFAULT_POLICY
from statuspage.domain.reading import reading, stale_at_ms
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState
from statuspage.domain.verdict import Transition, advance, grade
from statuspage.domain.words import Kind, Status
from statuspage.zoo.past import HOUR_MS, Past
from statuspage.zoo.probes_past import offset_ms, outcome, sample_of

_INTERVAL_S: Final = 300.0
_FRESH_S: Final = 5.0
"""The last probe is this young, so that nothing is stale when the demo begins."""


class Recent(msgspec.Struct, kw_only=True):
    """What a replay left behind; `hours` are oldest first, `days` by their start."""

    days: dict[int, Bucket]
    samples: list[Sample] = msgspec.field(default_factory=list)
    hours: list[Bucket] = msgspec.field(default_factory=list)
    incidents: list[Incident] = msgspec.field(default_factory=list)
    state: ModelState = ModelState()


def replay(life: Past, from_ms: int, now_ms: int, days: dict[int, Bucket], luck: random.Random, zone: tzinfo) -> Recent:
    """Every probe from `from_ms` (a full hour) to `now_ms`, confirmations included, counted into `days`."""
    recent = Recent(days=days)
    step_ms = round(_INTERVAL_S * 1000)
    spent_ms = from_ms
    just_now_ms = now_ms - 1_000 - offset_ms(life.model, _FRESH_S)
    for due_ms in (*range(from_ms + offset_ms(life.model, _INTERVAL_S), just_now_ms, step_ms), just_now_ms):
        if due_ms < max(life.first_seen_ms, spent_ms) or life.silent_at(due_ms):
            continue
        at_ms, kind = due_ms, Kind.SCHEDULED
        while True:
            confirm_in_s = _probe(recent, life, at_ms, kind, spent_ms, luck, zone)
            spent_ms = at_ms
            if confirm_in_s is None:
                break
            at_ms, kind = at_ms + round(confirm_in_s * 1000), Kind.CONFIRM
            if at_ms >= min(just_now_ms, due_ms + step_ms):
                break
    return recent


def _probe(recent: Recent, life: Past, at_ms: int, kind: Kind, spent_ms: int, luck: random.Random, zone: tzinfo) -> float | None:
    """One probe; answers when it wants confirmation."""
    before = recent.state
    sample = grade(sample_of(life.model, outcome(life, at_ms, luck), at_ms, kind, luck), before, DEFAULT_POLICY)
    step = advance(before, sample, DEFAULT_POLICY, at_ms)
    shown = before.status
    if before.seen_at_ms is None:
        trouble = life.trouble_at(at_ms)
        shown = trouble.status if trouble is not None else Status.OPERATIONAL
    recent.days |= spend(recent.days, spent_ms, at_ms, shown, stale_at_ms(before, DEFAULT_POLICY.max_stale_s), zone)
    hour = recent.hours[-1] if recent.hours and recent.hours[-1].start_ms == at_ms // HOUR_MS * HOUR_MS else None
    counted, day = account(hour, recent.days.get(day_start_ms(at_ms, zone)), sample, zone)
    if hour is None:
        recent.hours.append(counted)
    else:
        recent.hours[-1] = counted
    recent.days[day.start_ms] = day
    recent.samples.append(sample)
    recent.state = step.state
    _tell(recent, life, at_ms, step.transitions)
    return step.confirm_in_s


def _tell(recent: Recent, life: Past, at_ms: int, transitions: Sequence[Transition]) -> None:
    newest = recent.incidents[-1] if recent.incidents else None
    going_on = newest if newest is not None and newest.resolved_at_ms is None else None
    seen = reading(recent.state, at_ms, DEFAULT_POLICY.max_stale_s)
    new_id = blake2b(f"{life.model.key} {at_ms}".encode(), digest_size=6).hexdigest()
    told = follow(going_on, transitions, seen, Subject(key=life.model.key, name=life.model.name), new_id)
    if told is None:
        return
    if going_on is not None:
        recent.incidents[-1] = told
    else:
        recent.incidents.append(told)
