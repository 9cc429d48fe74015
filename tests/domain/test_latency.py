"""Slowness against a model's own habit."""

import random

import pytest

from statuspage.domain.baseline import Baseline, learn, threshold_ms
from statuspage.domain.verdict import ModelState, grade
from statuspage.domain.words import Fault, Judgement, Status
from tests.domain.timeline import DAY, HOUR, MINUTE, POLICY, START_MS, Timeline, sample


def warm(first_content_ms: float = 800.0) -> Timeline:
    return Timeline().rounds(60, "ok", first_content_ms=first_content_ms)


def test_its_median_and_deviation_are_those_of_the_samples_within_five_percent() -> None:
    rng = random.Random(3)
    values = sorted(rng.lognormvariate(6.7, 0.4) for _ in range(601))
    baseline = Baseline()
    for index, value in enumerate(rng.sample(values, len(values))):
        baseline = learn(baseline, value, START_MS + index * 5 * MINUTE, POLICY)
    median = values[300]
    deviation = sorted(abs(value - median) for value in values)[300]
    assert baseline.median_ms == pytest.approx(median, rel=0.05)
    assert baseline.deviation_ms == pytest.approx(deviation, rel=0.1)


def test_it_forgets_what_is_older_than_a_week() -> None:
    baseline = Baseline()
    for index in range(100):
        baseline = learn(baseline, 5_000, START_MS + index * MINUTE, POLICY)
    for day in (4, 8):
        for index in range(100):
            baseline = learn(baseline, 500, START_MS + day * DAY + index * MINUTE, POLICY)
    assert baseline.median_ms == pytest.approx(500, rel=0.05)
    assert baseline.samples == 200


def test_it_stays_small() -> None:
    rng = random.Random(5)
    baseline = Baseline()
    for index in range(3_000):
        baseline = learn(baseline, rng.lognormvariate(6.7, 0.5), START_MS + index * 5 * MINUTE, POLICY)
    assert len(baseline.newer) + len(baseline.older) < 160


def test_until_it_is_warm_only_the_ceilings_apply() -> None:
    assert threshold_ms(Baseline(), POLICY, thinking=False) == 10_000
    assert threshold_ms(Baseline(), POLICY, thinking=True) == 30_000


def test_a_warm_threshold_is_never_below_its_floor() -> None:
    state = warm(100).state
    assert threshold_ms(state.baseline, POLICY, thinking=False) == 2_000
    assert threshold_ms(state.baseline, POLICY, thinking=True) == 8_000


def test_it_is_warm_from_fifty_samples_on() -> None:
    baseline = Baseline()
    for index in range(49):
        baseline = learn(baseline, 1_000, START_MS + index * MINUTE, POLICY)
    assert threshold_ms(baseline, POLICY, thinking=False) == 10_000
    baseline = learn(baseline, 1_000, START_MS + HOUR, POLICY)
    assert threshold_ms(baseline, POLICY, thinking=False) == pytest.approx(3_000, rel=0.05)


def test_a_model_of_uneven_habits_is_allowed_six_deviations() -> None:
    baseline = Baseline()
    for index in range(60):
        baseline = learn(baseline, (1_000, 2_000, 3_000)[index % 3], START_MS + index * MINUTE, POLICY)
    assert threshold_ms(baseline, POLICY, thinking=False) == pytest.approx(2_000 + 6 * 1.4826 * 1_000, rel=0.05)


def test_an_answer_beyond_the_threshold_is_graded_slow() -> None:
    state = warm(1_000).state
    assert grade(sample(first_content_ms=2_800), state, POLICY).class_name == "ok"
    graded = grade(sample(first_content_ms=3_400), state, POLICY)
    assert (graded.class_name, graded.fault, graded.judgement) == ("slow", Fault.NONE, Judgement.SLOW)


@pytest.mark.parametrize(
    "taken",
    [
        sample(first_content_ms=None),
        sample(first_content_ms=60_000, tainted=True),
        sample("server_error"),
        sample("stalled_then_resumed", first_content_ms=60_000),
    ],
)
def test_what_has_no_latency_to_trust_is_not_graded(taken: object) -> None:
    assert grade(taken, ModelState(), POLICY) is taken  # type: ignore[arg-type]


def test_it_is_degraded_when_the_median_of_three_is_slow_for_two_cycles() -> None:
    model = warm()
    model.rounds(2, "ok", first_content_ms=6_000)
    assert model.status() is Status.OPERATIONAL
    model.round("ok", first_content_ms=6_000)
    assert model.status() is Status.DEGRADED_PERFORMANCE
    assert (model.read().class_name, model.read().fault) == ("slow", Fault.NONE)
    assert model.read().since_ms == START_MS + 60 * 5 * MINUTE
    assert (model.read().failed, model.read().of) == (3, 3)


def test_a_single_slow_answer_changes_nothing() -> None:
    model = warm()
    for _ in range(5):
        model.round("ok", first_content_ms=20_000).rounds(3, "ok")
    assert model.shown == [Status.OPERATIONAL]


def test_it_recovers_later_than_it_set_in() -> None:
    model = warm().rounds(6, "ok", first_content_ms=6_000).rounds(3, "ok")
    assert model.status() is Status.DEGRADED_PERFORMANCE
    model.round("ok")
    assert model.shown == [Status.OPERATIONAL, Status.DEGRADED_PERFORMANCE, Status.OPERATIONAL]


def test_slow_answers_do_not_become_the_habit_within_a_day() -> None:
    model = warm().rounds(288, "ok", first_content_ms=6_000)
    assert model.status() is Status.DEGRADED_PERFORMANCE


def test_stalls_that_resume_degrade_too() -> None:
    model = warm().rounds(3, "stalled_then_resumed")
    assert (model.status(), model.read().class_name) == (Status.DEGRADED_PERFORMANCE, "stalled_then_resumed")


def test_an_outage_ends_in_yellow_when_what_answers_is_slow() -> None:
    model = warm().rounds(6, "server_error").rounds(3, "ok", first_content_ms=6_000)
    assert (model.status(), model.read().class_name) == (Status.DEGRADED_PERFORMANCE, "slow")


def test_timeouts_never_enter_the_baseline() -> None:
    model = warm()
    before = model.state.baseline
    model.rounds(6, "header_timeout")
    assert model.state.baseline == before


def test_tainted_latencies_count_neither_for_nor_against() -> None:
    model = warm()
    before = model.state
    model.feed(sample(at_ms=model.now_ms, first_content_ms=60_000, tainted=True))
    assert (model.state.baseline, model.state.pace) == (before.baseline, before.pace)
    assert model.status() is Status.OPERATIONAL
