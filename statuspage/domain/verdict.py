"""The verdict: a model's state, and how one sample changes it. Pure: no clock, no I/O, no randomness.

The procedure is written down, with its reasons, in docs/detection.md.
"""

from typing import Final

import msgspec

from statuspage.domain.baseline import learn, threshold_ms
from statuspage.domain.classes import CLASSES
from statuspage.domain.confirm import Burst, Finding, finding_of, spacing_s
from statuspage.domain.outages import RECENT, Outcome, declare, improve, show, well, worsen
from statuspage.domain.pace import Pace
from statuspage.domain.pace import step as pace_step
from statuspage.domain.policy import Policy
from statuspage.domain.reading import Reading, reading, stale_at_ms
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState, Rule, Ruling
from statuspage.domain.window import SLOW_CLASSES, Mark, Tally, from_first_failure, mark_of, push, tally
from statuspage.domain.words import Fault, Judgement, Kind, Status

__all__ = [
    "PASSING",
    "RECENT",
    "ModelState",
    "Policy",
    "Reading",
    "Rule",
    "Ruling",
    "Step",
    "Transition",
    "advance",
    "bad_news",
    "grade",
    "lapse",
    "reading",
    "stale_at_ms",
]

PASSING: Final = frozenset(
    {"self_throttled", "rate_limited", "loop_stalled", "clock_jump", "served_from_cache", "routed_elsewhere"}
)
"""Excluded classes that speak of one sample only: a single one leaves the status alone."""
_FAILING: Final = frozenset({Status.DEGRADED_PERFORMANCE, Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE})
_GRADED: Final = frozenset({"ok", "reasoning_only"})


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """A change of status: noticed at `at_ms`, begun at `started_at_ms` (UTC milliseconds)."""

    old: Status
    new: Status
    at_ms: int
    started_at_ms: int


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What a sample changed; `confirm_in_s` asks for one more probe of kind `confirm` after so many seconds."""

    state: ModelState
    transitions: tuple[Transition, ...] = ()
    confirm_in_s: float | None = None


def grade(sample: Sample, state: ModelState, policy: Policy) -> Sample:
    """The sample, called `slow` where its first content came later than this model's threshold."""
    first_content_ms = sample.timings_ms.first_content
    if sample.tainted or first_content_ms is None or sample.class_name not in _GRADED or sample.fault is not Fault.NONE:
        return sample
    if first_content_ms <= threshold_ms(state.baseline, policy, thinking=sample.thinking):
        return sample
    return msgspec.structs.replace(sample, class_name="slow")


def lapse(state: ModelState, now_ms: int, policy: Policy) -> Step:
    """The state after a silence: a status that has gone stale is withdrawn, and what was half proven starts over."""
    newest = max(state.checked_at_ms or 0, state.seen_at_ms or 0)
    stale_ms = stale_at_ms(state, policy.max_stale_s)
    if stale_ms is None:
        if newest and now_ms > newest + round(policy.max_stale_s * 1000):
            return Step(state=_forget(state))
        return Step(state=state)
    if now_ms <= stale_ms:
        return Step(state=state)
    change = Transition(old=state.status, new=Status.NO_DATA, at_ms=stale_ms, started_at_ms=stale_ms)
    silent = show(_forget(state), Status.NO_DATA, "stale", Fault.MONITOR, stale_ms, Ruling(Rule.STALE))
    return Step(state=silent, transitions=(change,))


def advance(state: ModelState, sample: Sample, policy: Policy, now_ms: int) -> Step:
    """The state after one chat sample of kind scheduled or confirm, in the order they were taken.

    `now_ms` is when the change is noticed. Passive samples change nothing but what silence does.
    """
    lapsed = lapse(state, sample.at_ms, policy)
    if sample.kind is Kind.PASSIVE:
        return lapsed
    before = lapsed.state
    if sample.judgement is Judgement.EXCLUDED:
        after, confirm_in_s = _leave_out(before, sample, policy)
    else:
        after, confirm_in_s = _count(before, sample, policy)
    changes = lapsed.transitions
    if after.status is not before.status:
        started_ms = sample.at_ms if after.since_ms is None else after.since_ms
        changes = (*changes, Transition(old=before.status, new=after.status, at_ms=now_ms, started_at_ms=started_ms))
    return Step(state=after, transitions=changes, confirm_in_s=confirm_in_s)


def bad_news(state: ModelState) -> bool:
    """Whether the newest judged sample failed while no outage is shown or looked into."""
    newest = state.recent[-1] if state.recent else None
    quiet = state.burst is None and state.status in (Status.OPERATIONAL, Status.NO_DATA)
    return quiet and newest is not None and newest.at_ms == state.checked_at_ms and newest.failed


def _count(state: ModelState, sample: Sample, policy: Policy) -> Outcome:
    """A judged sample: remembered first, then weighed."""
    mark = mark_of(sample)
    scheduled = sample.kind is Kind.SCHEDULED
    pace, baseline = state.pace, state.baseline
    if scheduled and not mark.failed and not sample.tainted:
        slow = sample.class_name in SLOW_CLASSES
        first_content_ms = sample.timings_ms.first_content
        if slow or first_content_ms is not None:
            pace = pace_step(pace, sample.at_ms, policy, slow=slow)
        if not slow and first_content_ms is not None and state.status is Status.OPERATIONAL and not pace.slow:
            baseline = learn(baseline, first_content_ms, sample.at_ms, policy)
    outage = state.outage
    if outage is not None:
        outage = outage.failed(mark, scheduled=scheduled) if mark.failed else outage.passed(mark, scheduled=scheduled)
    state = msgspec.structs.replace(
        state,
        checked_at_ms=sample.at_ms if state.checked_at_ms is None else max(sample.at_ms, state.checked_at_ms),
        seen_at_ms=sample.at_ms if state.seen_at_ms is None else max(sample.at_ms, state.seen_at_ms),
        window=push(state.window, mark, policy.window) if scheduled else state.window,
        recent=push(state.recent, mark, RECENT),
        outage=outage,
        asked=0 if scheduled else state.asked + 1,
        excluded_row=0,
        pace=pace,
        baseline=baseline,
    )
    if mark.failed and CLASSES[mark.class_name].confirmed and state.status is not Status.MAJOR_OUTAGE:
        return declare(state, sample, Finding.MAJOR, mark.at_ms, Ruling(Rule.CONFIRMED, 1, 1)), None
    if outage is not None and state.status in _FAILING:
        return worsen(state, outage, mark, sample, policy) if mark.failed else improve(state, outage, sample, policy)
    return _watch(state, mark, sample, policy)


def _watch(state: ModelState, mark: Mark, sample: Sample, policy: Policy) -> Outcome:
    """A judged sample while no outage is shown: a failure opens a burst, a good one is well."""
    if state.status is Status.RETIRED and mark.failed:
        return state, None
    burst = state.burst
    if burst is None and mark.failed and sample.kind is Kind.SCHEDULED:
        burst = Burst(mark.at_ms)
    elif burst is not None and burst.waiting:
        if sample.kind is not Kind.SCHEDULED:
            return state, None
        burst = Burst(burst.started_ms, second_look=True)
    if burst is None:
        return (state, None) if mark.failed else well(state, sample, policy)
    return _settle(msgspec.structs.replace(state, burst=burst.judged(mark)), sample, policy)


def _settle(state: ModelState, sample: Sample, policy: Policy) -> Outcome:
    """A burst after one more probe: goes on, or ends in the worse of what it and the window show."""
    burst = state.burst
    if burst is None:
        return state, None
    lone = sum(mark.failed for mark in state.window) <= 1
    finding = finding_of(burst, policy, lone=lone)
    if finding is None:
        if state.status is Status.NO_DATA:
            state = show(state, Status.NO_DATA, None, None, sample.at_ms, Ruling(Rule.UNPROVEN))
        return state, spacing_s(sample, policy)
    if finding is Finding.AGAIN:
        return msgspec.structs.replace(state, burst=burst.put_off()), None
    state = msgspec.structs.replace(state, burst=None)
    if finding is not Finding.MAJOR:
        counts = tally(state.window)
        by_window = _window_finding(counts, policy)
        if by_window is Finding.MAJOR or (finding is Finding.CLEAR and by_window is Finding.PARTIAL):
            first_ms = from_first_failure(state.window)[0].at_ms
            return declare(state, sample, by_window, first_ms, Ruling(Rule.WINDOW, counts.failed, counts.of)), None
    if finding is Finding.CLEAR:
        nothing_passed = burst.tally.failed == burst.tally.of
        return (state, None) if nothing_passed else well(state, sample, policy)
    ruling = Ruling(Rule.SECOND_LOOK if burst.second_look else Rule.BURST, burst.tally.failed, burst.tally.of)
    return declare(state, sample, finding, burst.started_ms, ruling), None


def _window_finding(counts: Tally, policy: Policy) -> Finding:
    if counts.reaches(policy.window_major):
        return Finding.MAJOR
    return Finding.PARTIAL if counts.failed >= policy.window_partial else Finding.CLEAR


def _leave_out(state: ModelState, sample: Sample, policy: Policy) -> Outcome:
    """A sample that says nothing about the vendor: grey with its reason, at once or when it repeats itself."""
    scheduled = sample.kind is Kind.SCHEDULED
    row = state.excluded_row + scheduled
    state = msgspec.structs.replace(
        state,
        seen_at_ms=sample.at_ms if state.seen_at_ms is None else max(sample.at_ms, state.seen_at_ms),
        asked=0 if scheduled else state.asked + 1,
        excluded_row=row,
    )
    name = sample.class_name
    if name == "model_retired":
        state = msgspec.structs.replace(_forget(state), outage=None)
        return show(state, Status.RETIRED, name, sample.fault, sample.at_ms, Ruling(Rule.RETIRED)), None
    if state.status is Status.RETIRED:
        return state, None
    if name == "maintenance":
        return show(_forget(state), Status.UNDER_MAINTENANCE, name, sample.fault, sample.at_ms, Ruling(Rule.MAINTENANCE)), None
    if name in PASSING and state.status is not Status.NO_DATA and not (scheduled and row >= policy.excluded_in_row):
        if state.burst is None or state.burst.waiting:
            return state, None
        return _settle(msgspec.structs.replace(state, burst=state.burst.left_out()), sample, policy)
    rule = Rule.EXCLUDED_ROW if name in PASSING and row > 1 else Rule.EXCLUDED
    return show(_forget(state), Status.NO_DATA, name, sample.fault, sample.at_ms, Ruling(rule, row, row)), None


def _forget(state: ModelState) -> ModelState:
    """The state without what only an unbroken series of samples could prove."""
    outage = state.outage
    return msgspec.structs.replace(
        state, burst=None, window=(), recent=(), asked=0, outage=None if outage is None else outage.paused(), pace=Pace()
    )
