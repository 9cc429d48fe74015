"""What holds for every history of samples."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from statuspage.domain.classes import CLASSES
from statuspage.domain.sample import Sample
from statuspage.domain.verdict import ModelState, Transition, advance, grade, reading
from statuspage.domain.words import Fault, Kind, Level, Status
from tests.domain.timeline import MINUTE, POLICY, START_MS, sample

OURS = [name for name, row in CLASSES.items() if row.fault in (Fault.ACCOUNT, Fault.CLIENT, Fault.MONITOR)]
ALIVE = [name for name, row in CLASSES.items() if row.fault is Fault.NONE]
SOFT = [name for name, row in CLASSES.items() if row.yellow_at_most]
COMMON = [
    "ok",
    "ok",
    "ok",
    "server_error",
    "server_error",
    "engine_overloaded",
    "offline",
    "self_throttled",
    "wrong_model",
    "slow",
]

gaps = st.one_of(st.integers(1, 30_000), st.just(5 * MINUTE), st.integers(1, 40 * MINUTE))


def samples(names: list[str]) -> st.SearchStrategy[list[Sample]]:
    moments = st.tuples(st.sampled_from(names), gaps, st.sampled_from([Kind.SCHEDULED, Kind.SCHEDULED, Kind.CONFIRM]))
    return st.lists(moments, max_size=60).map(_dated)


def _dated(moments: list[tuple[str, int, Kind]]) -> list[Sample]:
    at_ms = START_MS
    dated = []
    for name, gap_ms, kind in moments:
        at_ms += gap_ms
        dated.append(sample(name, at_ms, kind=kind))
    return dated


def play(history: list[Sample], state: ModelState | None = None) -> tuple[ModelState, list[Transition], list[float | None]]:
    state = state or ModelState()
    transitions: list[Transition] = []
    asked = []
    for taken in history:
        step = advance(state, grade(taken, state, POLICY), POLICY, taken.at_ms + 500)
        state = step.state
        transitions += step.transitions
        asked.append(step.confirm_in_s)
    return state, transitions, asked


@given(samples(list(CLASSES)))
@settings(max_examples=150, deadline=None)
def test_red_and_yellow_need_a_fault_of_provider_or_router_or_slowness(history: list[Sample]) -> None:
    state = ModelState()
    for taken in history:
        state = advance(state, taken, POLICY, taken.at_ms).state
        shown = reading(state, taken.at_ms, 660)
        if shown.status.level is Level.RED:
            assert shown.fault in (Fault.PROVIDER, Fault.ROUTER)
        if shown.status.level is Level.YELLOW:
            assert shown.fault in (Fault.PROVIDER, Fault.ROUTER) or shown.class_name in ("slow", "stalled_then_resumed")
        if shown.class_name in OURS:
            assert shown.status is Status.NO_DATA


@given(samples([*OURS, *ALIVE]))
@settings(max_examples=150, deadline=None)
def test_without_a_failure_of_the_vendor_nothing_is_ever_red_or_an_outage(history: list[Sample]) -> None:
    _, transitions, _ = play(history)
    assert {change.new for change in transitions} <= {Status.OPERATIONAL, Status.NO_DATA, Status.DEGRADED_PERFORMANCE}


@given(samples([*SOFT, "ok"]))
@settings(max_examples=150, deadline=None)
def test_what_works_but_not_as_it_should_is_never_red(history: list[Sample]) -> None:
    _, transitions, _ = play(history)
    assert Status.MAJOR_OUTAGE not in {change.new for change in transitions}


@given(samples(COMMON), st.integers(-(10**12), 10**12))
@settings(max_examples=100, deadline=None)
def test_the_verdict_does_not_depend_on_the_date(history: list[Sample], shift_ms: int) -> None:
    shifted = [msgspec.structs.replace(taken, at_ms=taken.at_ms + shift_ms) for taken in history]
    _, transitions, asked = play(history)
    _, later, asked_later = play(shifted)
    assert asked == asked_later
    assert later == [
        msgspec.structs.replace(change, at_ms=change.at_ms + shift_ms, started_at_ms=change.started_at_ms + shift_ms)
        for change in transitions
    ]


@given(samples(COMMON), st.data())
@settings(max_examples=100, deadline=None)
def test_a_restart_anywhere_changes_nothing(history: list[Sample], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(history)))
    whole, transitions, asked = play(history)
    half, before, asked_before = play(history[:cut])
    restored = msgspec.json.decode(msgspec.json.encode(half), type=ModelState)
    assert restored == half
    end, after, asked_after = play(history[cut:], restored)
    assert end == whole
    assert before + after == transitions
    assert asked_before + asked_after == asked


@given(samples(COMMON), samples(COMMON), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_in_which_models_are_judged_is_irrelevant(one: list[Sample], other: list[Sample], rng: object) -> None:
    alone = [play(one)[0], play(other)[0]]
    states = [ModelState(), ModelState()]
    waiting = [list(one), list(other)]
    while any(waiting):
        which = rng.choice([index for index in (0, 1) if waiting[index]])  # type: ignore[attr-defined]
        taken = waiting[which].pop(0)
        graded = grade(taken, states[which], POLICY)
        states[which] = advance(states[which], graded, POLICY, taken.at_ms).state
    assert states == alone


@given(samples(COMMON))
@settings(max_examples=150, deadline=None)
def test_transitions_are_a_chain_that_ends_in_the_state(history: list[Sample]) -> None:
    state, transitions, _ = play(history)
    shown = Status.NO_DATA
    for change in transitions:
        assert change.old is shown
        assert change.new is not shown
        assert change.started_at_ms <= change.at_ms
        shown = change.new
    assert state.status is shown


@given(samples(COMMON))
@settings(max_examples=100, deadline=None)
def test_the_state_stays_small(history: list[Sample]) -> None:
    state, _, _ = play(history)
    assert len(msgspec.json.encode(state)) < 2_500


@given(st.sampled_from(["ok", "slow", "server_error", "engine_overloaded", "wrong_model", "tls_invalid"]), samples(COMMON))
@settings(max_examples=100, deadline=None)
def test_a_silent_model_is_grey_whatever_it_was(last: str, history: list[Sample]) -> None:
    end_ms = history[-1].at_ms if history else START_MS
    state, _, _ = play([*history, sample(last, end_ms + 1)])
    assert reading(state, end_ms + 11 * MINUTE + 2, 660).status is Status.NO_DATA
