"""What is shown of an outage from its finding to its proven end. Each function answers the next state."""

from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.confirm import Finding, spacing_s
from statuspage.domain.policy import Policy
from statuspage.domain.recovery import Outage, recovered, wants_reprobe
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState, Rule, Ruling
from statuspage.domain.window import SLOW_CLASSES, Mark, Tally, leading_class, tally
from statuspage.domain.words import Fault, Kind, Status

RECENT: Final = 12
"""Judged samples of any kind that reasons speak of."""

Outcome = tuple[ModelState, float | None]
"""The next state, and the seconds after which one more probe is wanted."""


def declare(state: ModelState, sample: Sample, finding: Finding, first_failure_ms: int, ruling: Ruling) -> ModelState:
    """An outage is found: yellow or red since its first failure."""
    marks = state.window if ruling.rule is Rule.WINDOW else state.recent
    marks = tuple(mark for mark in marks if mark.at_ms >= first_failure_ms)
    counts = tally(marks)
    red = finding is Finding.MAJOR
    outage = Outage(first_failure_ms, red, seen=tally(marks[1:]))
    class_name = leading_class(marks, state.class_name)
    state = msgspec.structs.replace(state, outage=outage, burst=None)
    status = Status.MAJOR_OUTAGE if red else _yellow(counts)
    return show(state, status, class_name, _fault(class_name, sample, state), first_failure_ms, ruling)


def worsen(state: ModelState, outage: Outage, mark: Mark, sample: Sample, policy: Policy) -> Outcome:
    """One more failure in an outage: yellow turns red when failures come in a row or fill the window."""
    marks = tuple(mark for mark in state.recent if mark.at_ms >= outage.first_failure_ms)
    class_name = leading_class(marks, state.class_name)
    fault = _fault(class_name, sample, state)
    state = msgspec.structs.replace(state, class_name=class_name, fault=fault)
    if outage.red:
        only_capacity = outage.seen.share == 0 and outage.seen.failed < outage.seen.of
        if only_capacity and not outage.eased and not outage.grown and sample.kind is Kind.SCHEDULED:
            return _ease(state, outage, sample), None
        return state, None
    row_major = policy.row_major_eased if outage.eased else policy.row_major
    ruling = None
    if outage.row >= row_major:
        ruling = Ruling(Rule.ROW, outage.row, outage.row)
    elif sample.kind is Kind.SCHEDULED and not outage.eased:
        counts = tally(state.window)
        ruling = Ruling(Rule.WINDOW, counts.failed, counts.of) if counts.reaches(policy.window_major) else None
    if ruling is not None:
        state = msgspec.structs.replace(state, outage=msgspec.structs.replace(outage, red=True, grown=True))
        return show(state, Status.MAJOR_OUTAGE, class_name, fault, outage.row_since_ms, ruling), None
    if state.status is Status.DEGRADED_PERFORMANCE and _yellow(tally(marks)) is Status.PARTIAL_OUTAGE:
        state = show(state, Status.PARTIAL_OUTAGE, class_name, fault, mark.at_ms, state.ruling)
    left = policy.confirm_probes - state.asked
    return state, spacing_s(sample, policy) if not mark.soft and left > 0 and outage.row + left >= row_major else None


def improve(state: ModelState, outage: Outage, sample: Sample, policy: Policy) -> Outcome:
    """One more good answer in an outage: it ends by proof; red turns yellow once where half the window passes."""
    if recovered(outage, policy):
        return _recover(state, outage, sample), None
    whole = outage.scheduled >= policy.window and len(state.window) >= policy.window
    may_ease = outage.red and not outage.eased and whole and sample.kind is Kind.SCHEDULED
    if may_ease and tally(state.window).failed <= policy.window_ease:
        return _ease(state, outage, sample), None
    return state, spacing_s(sample, policy) if wants_reprobe(outage, policy, state.asked) else None


def _ease(state: ModelState, outage: Outage, sample: Sample) -> ModelState:
    """Red turns yellow, once: a good part of the requests passes."""
    counts = tally(state.window)
    state = msgspec.structs.replace(state, outage=msgspec.structs.replace(outage, red=False, eased=True))
    ruling = Ruling(Rule.EASED, counts.failed, counts.of)
    return show(state, _yellow(counts), state.class_name, state.fault, sample.at_ms, ruling)


def well(state: ModelState, sample: Sample, policy: Policy) -> Outcome:
    """A good answer while no outage is shown: green, unless an outage before a grey time is not yet proven over."""
    outage = state.outage
    if outage is None:
        return _by_pace(state, sample.at_ms, Ruling(Rule.FIRST_GOOD)), None
    if recovered(outage, policy):
        return _recover(state, outage, sample), None
    state = show(state, Status.NO_DATA, None, None, sample.at_ms, Ruling(Rule.UNPROVEN))
    return state, spacing_s(sample, policy) if wants_reprobe(outage, policy, state.asked) else None


def _recover(state: ModelState, outage: Outage, sample: Sample) -> ModelState:
    good = state.recent[-min(outage.good, RECENT) :]
    state = msgspec.structs.replace(state, outage=None, burst=None, window=(), recent=good)
    return _by_pace(state, sample.at_ms, Ruling(Rule.RECOVERED, outage.good, outage.good))


def _by_pace(state: ModelState, at_ms: int, ruling: Ruling) -> ModelState:
    """Green, or yellow for slowness alone."""
    pace = state.pace
    if pace.slow:
        if state.status is Status.DEGRADED_PERFORMANCE and state.class_name in SLOW_CLASSES:
            return state
        newest = next((mark.class_name for mark in reversed(state.recent) if mark.class_name in SLOW_CLASSES), "slow")
        since_ms = at_ms if pace.slow_since_ms is None else pace.slow_since_ms
        return show(
            state, Status.DEGRADED_PERFORMANCE, newest, Fault.NONE, since_ms, Ruling(Rule.LATENCY, sum(pace.last), len(pace.last))
        )
    if state.status is Status.OPERATIONAL:
        return state
    if state.status is Status.DEGRADED_PERFORMANCE and ruling.rule is Rule.FIRST_GOOD:
        ruling = Ruling(Rule.CALM)
    return show(state, Status.OPERATIONAL, "ok", Fault.NONE, at_ms, ruling)


def show(
    state: ModelState, status: Status, class_name: str | None, fault: Fault | None, since_ms: int | None, ruling: Ruling | None
) -> ModelState:
    """The state with another status; the same status keeps the time it began."""
    if status is state.status and state.since_ms is not None:
        since_ms = state.since_ms
    return msgspec.structs.replace(state, status=status, class_name=class_name, fault=fault, since_ms=since_ms, ruling=ruling)


def _yellow(counts: Tally) -> Status:
    """The word for yellow: a share of failures is a partial outage, answers that are not as they should be degrade."""
    return Status.PARTIAL_OUTAGE if counts.hard >= counts.soft else Status.DEGRADED_PERFORMANCE


def _fault(class_name: str | None, sample: Sample, state: ModelState) -> Fault:
    """Who is to blame for the class shown: what the newest sample of it said."""
    if class_name == sample.class_name:
        return sample.fault
    if class_name == state.class_name and state.fault in (Fault.PROVIDER, Fault.ROUTER):
        return state.fault
    return CLASSES[class_name or "unclassified"].fault
