"""The verdict: a model's state, and how one sample changes it. Pure: no clock, no I/O, no randomness.

The procedure is written down, with its reasons, in docs/detection.md.
"""

from typing import Final

import msgspec

from statuspage.domain.baseline import learn, threshold_ms
from statuspage.domain.classes import CLASSES
from statuspage.domain.confirm import Burst, Finding, finding_of, spacing_s
from statuspage.domain.pace import Pace
from statuspage.domain.pace import step as pace_step
from statuspage.domain.policy import Policy
from statuspage.domain.reading import Reading, reading, stale_at_ms
from statuspage.domain.recovery import Outage, recovered, wants_reprobe
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState, Rule, Ruling
from statuspage.domain.window import SLOW_CLASSES, Mark, Tally, from_first_failure, leading_class, mark_of, push, tally
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
    "grade",
    "lapse",
    "reading",
    "stale_at_ms",
]

RECENT: Final = 12
"""Judged samples of any kind that reasons speak of."""
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
    silent = _show(_forget(state), Status.NO_DATA, "stale", Fault.MONITOR, stale_ms, Ruling(Rule.STALE))
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


_Outcome = tuple[ModelState, float | None]


def _count(state: ModelState, sample: Sample, policy: Policy) -> _Outcome:
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
        return _declare(state, sample, Finding.MAJOR, mark.at_ms, Ruling(Rule.CONFIRMED, 1, 1)), None
    if outage is not None and state.status in _FAILING:
        return _worsen(state, outage, mark, sample, policy) if mark.failed else _improve(state, outage, sample, policy)
    return _watch(state, mark, sample, policy)


def _watch(state: ModelState, mark: Mark, sample: Sample, policy: Policy) -> _Outcome:
    """A judged sample while no outage is shown: a failure opens a burst, a good one is well."""
    if state.status is Status.RETIRED and mark.failed:
        return state, None
    burst = state.burst
    if burst is None and mark.failed and sample.kind is Kind.SCHEDULED:
        burst = Burst(mark.at_ms)
    if burst is None:
        return (state, None) if mark.failed else _well(state, sample, policy)
    return _settle(msgspec.structs.replace(state, burst=burst.judged(mark)), sample, policy)


def _settle(state: ModelState, sample: Sample, policy: Policy) -> _Outcome:
    """A burst after one more probe: goes on, or ends in the worse of what it and the window show."""
    burst = state.burst
    if burst is None:
        return state, None
    lone = sum(mark.failed for mark in state.window) <= 1
    finding = finding_of(burst, policy, lone=lone)
    if finding is None:
        if state.status is Status.NO_DATA:
            state = _show(state, Status.NO_DATA, None, None, state.since_ms, Ruling(Rule.RETURNING))
        return state, spacing_s(sample, policy)
    state = msgspec.structs.replace(state, burst=None)
    if finding is not Finding.MAJOR:
        counts = tally(state.window)
        by_window = _window_finding(counts, policy)
        if by_window is Finding.MAJOR or (finding is Finding.CLEAR and by_window is Finding.PARTIAL):
            first_ms = from_first_failure(state.window)[0].at_ms
            return _declare(state, sample, by_window, first_ms, Ruling(Rule.WINDOW, counts.failed, counts.of)), None
    if finding is Finding.CLEAR:
        return _well(state, sample, policy)
    ruling = Ruling(Rule.BURST, burst.tally.failed, burst.tally.of)
    return _declare(state, sample, finding, burst.started_ms, ruling), None


def _window_finding(counts: Tally, policy: Policy) -> Finding:
    if counts.reaches(policy.window_major):
        return Finding.MAJOR
    return Finding.PARTIAL if counts.failed >= policy.window_partial else Finding.CLEAR


def _declare(state: ModelState, sample: Sample, finding: Finding, first_failure_ms: int, ruling: Ruling) -> ModelState:
    """An outage is found: yellow or red since its first failure."""
    marks = state.window if ruling.rule is Rule.WINDOW else state.recent
    marks = tuple(mark for mark in marks if mark.at_ms >= first_failure_ms)
    counts = tally(marks)
    red = finding is Finding.MAJOR
    outage = Outage(first_failure_ms, red, seen=tally(marks[1:]))
    class_name = leading_class(marks, state.class_name)
    state = msgspec.structs.replace(state, outage=outage, burst=None)
    status = Status.MAJOR_OUTAGE if red else _yellow(counts)
    return _show(state, status, class_name, _fault(class_name, sample, state), first_failure_ms, ruling)


def _worsen(state: ModelState, outage: Outage, mark: Mark, sample: Sample, policy: Policy) -> _Outcome:
    """One more failure in an outage: yellow turns red when failures come in a row or fill the window."""
    marks = tuple(mark for mark in state.recent if mark.at_ms >= outage.first_failure_ms)
    class_name = leading_class(marks, state.class_name)
    fault = _fault(class_name, sample, state)
    state = msgspec.structs.replace(state, class_name=class_name, fault=fault)
    if outage.red:
        return state, None
    row_major = policy.row_major_eased if outage.eased else policy.row_major
    ruling = None
    if outage.row >= row_major:
        ruling = Ruling(Rule.ROW, outage.row, outage.row)
    elif sample.kind is Kind.SCHEDULED and not outage.eased:
        counts = tally(state.window)
        ruling = Ruling(Rule.WINDOW, counts.failed, counts.of) if counts.reaches(policy.window_major) else None
    if ruling is not None:
        state = msgspec.structs.replace(state, outage=msgspec.structs.replace(outage, red=True))
        return _show(state, Status.MAJOR_OUTAGE, class_name, fault, outage.row_since_ms, ruling), None
    if state.status is Status.DEGRADED_PERFORMANCE and _yellow(tally(marks)) is Status.PARTIAL_OUTAGE:
        state = _show(state, Status.PARTIAL_OUTAGE, class_name, fault, mark.at_ms, state.ruling)
    left = policy.confirm_probes - state.asked
    return state, spacing_s(sample, policy) if not mark.soft and left > 0 and outage.row + left >= row_major else None


def _improve(state: ModelState, outage: Outage, sample: Sample, policy: Policy) -> _Outcome:
    """One more good answer in an outage: it ends by proof; red turns yellow once where half the window passes."""
    if recovered(outage, policy):
        return _recover(state, outage, sample), None
    whole = outage.scheduled >= policy.window and len(state.window) >= policy.window
    if outage.red and not outage.eased and whole and sample.kind is Kind.SCHEDULED:
        counts = tally(state.window)
        if counts.failed <= policy.window_ease:
            eased = msgspec.structs.replace(outage, red=False, eased=True)
            state = msgspec.structs.replace(state, outage=eased)
            ruling = Ruling(Rule.EASED, counts.failed, counts.of)
            return _show(state, _yellow(counts), state.class_name, state.fault, sample.at_ms, ruling), None
    return state, spacing_s(sample, policy) if wants_reprobe(outage, policy, state.asked) else None


def _well(state: ModelState, sample: Sample, policy: Policy) -> _Outcome:
    """A good answer while no outage is shown: green, unless an outage before a grey time is not yet proven over."""
    outage = state.outage
    if outage is None:
        return _by_pace(state, sample.at_ms, Ruling(Rule.FIRST_GOOD)), None
    if recovered(outage, policy):
        return _recover(state, outage, sample), None
    state = _show(state, Status.NO_DATA, None, None, state.since_ms, Ruling(Rule.RETURNING))
    return state, spacing_s(sample, policy) if wants_reprobe(outage, policy, state.asked) else None


def _recover(state: ModelState, outage: Outage, sample: Sample) -> ModelState:
    good = state.recent[-min(outage.good, RECENT) :]
    state = msgspec.structs.replace(state, outage=None, burst=None, window=(), recent=good)
    return _by_pace(state, sample.at_ms, Ruling(Rule.RECOVERED, outage.good, outage.good))


def _by_pace(state: ModelState, at_ms: int, ruling: Ruling) -> ModelState:
    """Green, or yellow for slowness alone."""
    pace = state.pace
    if pace.slow:
        if state.status is Status.DEGRADED_PERFORMANCE:
            return state
        newest = next((mark.class_name for mark in reversed(state.recent) if mark.class_name in SLOW_CLASSES), "slow")
        since_ms = at_ms if pace.slow_since_ms is None else pace.slow_since_ms
        return _show(
            state, Status.DEGRADED_PERFORMANCE, newest, Fault.NONE, since_ms, Ruling(Rule.LATENCY, sum(pace.last), len(pace.last))
        )
    if state.status is Status.OPERATIONAL:
        return state
    if state.status is Status.DEGRADED_PERFORMANCE and ruling.rule is Rule.FIRST_GOOD:
        ruling = Ruling(Rule.CALM)
    return _show(state, Status.OPERATIONAL, "ok", Fault.NONE, at_ms, ruling)


def _leave_out(state: ModelState, sample: Sample, policy: Policy) -> _Outcome:
    """A sample that says nothing about the vendor: grey with its reason, at once or when it repeats itself."""
    row = state.excluded_row + 1
    state = msgspec.structs.replace(
        state,
        seen_at_ms=sample.at_ms if state.seen_at_ms is None else max(sample.at_ms, state.seen_at_ms),
        asked=0 if sample.kind is Kind.SCHEDULED else state.asked + 1,
        excluded_row=row,
    )
    name = sample.class_name
    if name == "model_retired":
        state = msgspec.structs.replace(_forget(state), outage=None)
        return _show(state, Status.RETIRED, name, sample.fault, sample.at_ms, Ruling(Rule.RETIRED)), None
    if state.status is Status.RETIRED:
        return state, None
    if name == "maintenance":
        return _show(_forget(state), Status.UNDER_MAINTENANCE, name, sample.fault, sample.at_ms, Ruling(Rule.MAINTENANCE)), None
    if name in PASSING and row < policy.excluded_in_row and state.status is not Status.NO_DATA:
        if state.burst is None:
            return state, None
        return _settle(msgspec.structs.replace(state, burst=state.burst.left_out()), sample, policy)
    rule = Rule.EXCLUDED_ROW if name in PASSING and row >= policy.excluded_in_row else Rule.EXCLUDED
    return _show(_forget(state), Status.NO_DATA, name, sample.fault, sample.at_ms, Ruling(rule, row, row)), None


def _forget(state: ModelState) -> ModelState:
    """The state without what only an unbroken series of samples could prove."""
    outage = state.outage
    return msgspec.structs.replace(
        state, burst=None, window=(), recent=(), asked=0, outage=None if outage is None else outage.paused(), pace=Pace()
    )


def _show(
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
