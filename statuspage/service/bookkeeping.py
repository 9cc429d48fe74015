"""What one sample changes beyond the state: hour, days, incident."""

from collections.abc import Sequence
from datetime import tzinfo
from hashlib import blake2b

import msgspec

from statuspage.domain.accounting import account, spend_under
from statuspage.domain.notice import Notice
from statuspage.domain.pins import pin_at
from statuspage.domain.ports import CheckRecord
from statuspage.domain.reading import reading, shown, stale_at_ms
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState
from statuspage.domain.verdict import Step
from statuspage.domain.words import Judgement
from statuspage.service.casebook import Case, Casebook
from statuspage.service.entry import Entry


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that changes when a sample is believed; nothing of it holds before it is stored."""

    state: ModelState
    hour: Bucket
    days: tuple[Bucket, ...]
    """The days touched, oldest first; the last one goes on."""
    case: Case | None
    """What becomes of an incident."""
    visible: bool
    """Readers are told something else than before."""
    counted: bool
    """The sample was judged: the figures move."""


def booked(entry: Entry, sample: Sample, step: Step, cases: Casebook, zone: tzinfo, now_ms: int) -> Changes:
    """The changes of one sample; time up to it is spent in the status that was shown."""
    before, after = entry.state, step.state
    pin = pin_at(entry.pins, now_ms)
    spent = spend_under(
        {} if entry.day is None else {entry.day.start_ms: entry.day},
        entry.spent_until_ms,
        sample.at_ms,
        before.status,
        stale_at_ms(before, entry.model.max_stale_s),
        zone,
        entry.pins,
    )
    newest_day = spent[max(spent)] if spent else entry.day
    hour, day = account(entry.hour, newest_day, sample, zone)
    case = None
    if step.transitions and pin is None:
        told = reading(after, now_ms, entry.model.max_stale_s)
        case = cases.follow(entry, step.transitions, told, incident_id(entry.key, sample.at_ms))
    max_stale_s = entry.model.max_stale_s
    told_otherwise = shown(after, now_ms, max_stale_s, pin) != shown(before, now_ms, max_stale_s, pin)
    return Changes(
        state=after,
        hour=hour,
        days=(*(spent[start] for start in sorted(spent) if start != day.start_ms), day),
        case=case,
        visible=case is not None or told_otherwise,
        counted=sample.judgement is not Judgement.EXCLUDED,
    )


def record_of(sample: Sample, changes: Changes, notices: Sequence[Notice] = ()) -> CheckRecord:
    """The same, as storage takes it, with what people are told of it."""
    return CheckRecord(
        sample=sample,
        state=changes.state,
        hours=(changes.hour,),
        days=changes.days,
        incidents=() if changes.case is None else (changes.case.after,),
        notices=tuple(notices),
    )


def incident_id(key: str, at_ms: int) -> str:
    """An id that says nothing and that a repeated write of the same check repeats."""
    return blake2b(f"{key} {at_ms}".encode(), digest_size=6).hexdigest()
