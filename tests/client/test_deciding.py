"""What follows a failure: budgets, breakers, waits. Pure, so every case is a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.client.backoff import LONGEST_S, RECONNECT_S, decorrelated_s, full_jitter_s
from statuspage.client.breaker import ACCOUNT_REST_S, FAILURES, LONGEST_REST_S, REST_S, Breaker
from statuspage.client.budget import BURST, RATIO, RetryBudget
from statuspage.client.decide import Move, Standing, Step, decide
from statuspage.client.errors import Failure
from statuspage.domain.classes import CLASSES
from statuspage.domain.words import Fault, Retry

FIRST = Standing(tries=1, others=True, left_s=60.0, budget=True)
ALONE = Standing(tries=1, others=False, left_s=60.0, budget=True)


def failure(class_name: str, retry_after_s: float | None = None, parameter: str | None = None) -> Failure:
    row = CLASSES[class_name]
    return Failure(class_name=class_name, fault=row.fault, retry=row.retry, retry_after_s=retry_after_s, parameter=parameter)


def half() -> float:
    return 0.5


@pytest.mark.parametrize(
    ("class_name", "standing", "step"),
    [
        ("engine_overloaded", FIRST, Step(Move.AGAIN, 0.5)),
        ("engine_overloaded", Standing(tries=2, others=True, left_s=60.0, budget=True), Step(Move.AGAIN, 1.0)),
        ("engine_overloaded", Standing(tries=3, others=True, left_s=60.0, budget=True), Step(Move.ELSEWHERE)),
        ("engine_overloaded", Standing(tries=3, others=False, left_s=60.0, budget=True), Step(Move.STOP)),
        ("engine_overloaded", Standing(tries=1, others=True, left_s=0.4, budget=True), Step(Move.ELSEWHERE)),
        ("engine_overloaded", Standing(tries=1, others=True, left_s=60.0, budget=False), Step(Move.STOP)),
        ("engine_overloaded", Standing(tries=1, others=True, left_s=60.0, budget=True, shown=True), Step(Move.STOP)),
        ("quota_exhausted", FIRST, Step(Move.ELSEWHERE)),
        ("quota_exhausted", ALONE, Step(Move.STOP)),
        ("invalid_key", ALONE, Step(Move.STOP)),
        ("model_retired", FIRST, Step(Move.ELSEWHERE)),
        ("model_unknown", FIRST, Step(Move.ELSEWHERE)),
        ("content_filtered", FIRST, Step(Move.STOP)),
        ("contract_changed", FIRST, Step(Move.STOP)),
        ("truncated_stream", FIRST, Step(Move.AGAIN, 0.0)),
        ("truncated_stream", Standing(tries=2, others=True, left_s=60.0, budget=True), Step(Move.ELSEWHERE)),
    ],
)
def test_a_failure_is_followed_by(class_name: str, standing: Standing, step: Step) -> None:
    assert decide(failure(class_name), standing, half) == step


def test_the_vendor_s_word_is_waited_for_unless_another_is_there() -> None:
    asked = failure("rate_limited", retry_after_s=5.0)
    assert decide(asked, ALONE, half) == Step(Move.AGAIN, 5.125)
    assert decide(asked, FIRST, half) == Step(Move.ELSEWHERE)
    assert decide(failure("rate_limited", retry_after_s=90.0), ALONE, half) == Step(Move.STOP)


def test_a_rejected_parameter_is_left_out_once() -> None:
    rejected = failure("parameter_rejected", parameter="temperature")
    assert decide(rejected, ALONE, half) == Step(Move.WITHOUT)
    assert decide(rejected, Standing(tries=2, others=True, left_s=9.0, budget=True, dropped=True), half) == Step(Move.STOP)


@pytest.mark.parametrize(
    "class_name", [name for name, row in CLASSES.items() if row.fault is Fault.ACCOUNT and row.retry is Retry.NEVER]
)
def test_accounts_are_never_asked_again(class_name: str) -> None:
    assert decide(failure(class_name), FIRST, half).move is Move.ELSEWHERE
    assert decide(failure(class_name), ALONE, half).move is Move.STOP


@given(st.sampled_from(sorted(CLASSES)), st.integers(1, 5), st.floats(0, 60), st.booleans(), st.booleans(), st.floats(0, 1))
def test_no_step_outlasts_the_deadline_or_the_budget(
    class_name: str, tries: int, left_s: float, others: bool, budget: bool, chance: float
) -> None:
    standing = Standing(tries=tries, others=others, left_s=left_s, budget=budget)
    step = decide(failure(class_name), standing, lambda: chance)
    if not budget or left_s <= 0:
        assert step.move is Move.STOP
    assert step.wait_s == 0 or step.wait_s < left_s
    if step.move is Move.ELSEWHERE:
        assert others


@given(st.lists(st.integers(0, 4), max_size=300))
def test_whatever_a_storm_brings_the_extra_load_stays_a_tenth(wanted: list[int]) -> None:
    budget, extra = RetryBudget(), 0
    for calls, wants in enumerate(wanted, start=1):
        budget = budget.called()
        for _ in range(wants):
            if budget.allows:
                budget, extra = budget.spent(), extra + 1
        assert extra <= BURST + RATIO * calls + 1e-6


@given(st.integers(1, 40), st.floats(0, 1))
def test_jitter_is_full_and_bounded(attempt: int, chance: float) -> None:
    assert 0 <= full_jitter_s(attempt, lambda: chance) <= min(LONGEST_S, 2.0 ** (attempt - 1))


@given(st.floats(0, 100), st.floats(0, 1))
def test_a_reconnect_is_never_a_storm(previous_s: float, chance: float) -> None:
    wait_s = decorrelated_s(previous_s, lambda: chance)
    assert RECONNECT_S <= wait_s <= LONGEST_S


def test_a_breaker_opens_after_three_failures_and_lets_one_request_decide() -> None:
    breaker, now_s = Breaker(), 100.0
    for _ in range(FAILURES):
        assert breaker.admits(now_s)
        breaker = breaker.sent(now_s).failed(failure("server_error"), now_s)
    assert not breaker.admits(now_s + REST_S - 0.1)
    later_s = now_s + REST_S
    assert breaker.admits(later_s)
    trying = breaker.sent(later_s)
    assert not trying.admits(later_s)
    assert trying.answered() == Breaker()
    assert trying.given_up().admits(later_s)
    worse = trying.failed(failure("server_error"), later_s)
    assert not worse.admits(later_s + REST_S)
    assert worse.admits(later_s + 2 * REST_S)


def test_an_account_at_fault_is_left_alone_at_once_and_for_long() -> None:
    breaker = Breaker().failed(failure("quota_exhausted"), 0.0)
    assert not breaker.admits(ACCOUNT_REST_S - 1)
    assert breaker.admits(ACCOUNT_REST_S)


def test_the_caller_s_own_fault_opens_nothing() -> None:
    breaker = Breaker()
    for _ in range(10):
        breaker = breaker.failed(failure("parameter_rejected"), 0.0).failed(failure("model_unknown"), 0.0)
    assert breaker.admits(0.0)


def test_rests_grow_to_a_bound() -> None:
    breaker, now_s = Breaker(failures=FAILURES, until_s=0.0), 0.0
    for _ in range(12):
        breaker = breaker.failed(failure("server_error"), now_s)
        assert breaker.until_s is not None
        assert breaker.until_s - now_s <= LONGEST_REST_S
        now_s = breaker.until_s
