"""The light of tools: states by the interval's bounds, a window of seven days, a cadence, a burst."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.sample import CaseResult
from statuspage.domain.toollight import Record, Suite, burst_of, due_ms, evidence_of, light, with_suite
from statuspage.domain.view import ToolsView

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
NOW_MS = 1_795_000_000_000
TITLES = {"simple": "One call", "parallel": "Two calls", "json": "An ability"}
ABILITIES = frozenset({"json"})


def _lit(passed: int, samples: int) -> ToolsView:
    suites = tuple(
        Suite(at_ms=NOW_MS - at - 1, results={"simple": "ok" if at < passed else "missing_call"}) for at in range(samples)
    )
    return light(Record(suites=suites), TITLES, ABILITIES, NOW_MS)


@pytest.mark.parametrize(
    ("passed", "samples", "state"),
    [
        (0, 0, "unproven"),
        (9, 9, "unproven"),
        (0, 9, "unproven"),
        (11, 11, "unproven"),
        (12, 12, "likely"),
        (34, 34, "likely"),
        (35, 35, "verified"),
        (40, 50, "unproven"),
        (45, 50, "likely"),
        (28, 50, "failing"),
        (0, 10, "failing"),
    ],
)
def test_its_state_follows_the_bounds(passed: int, samples: int, state: str) -> None:
    assert _lit(passed, samples).state == state


def test_its_figures_are_those_of_wilson() -> None:
    view = _lit(41, 42)
    assert (view.passed, view.samples, view.low, view.high) == (41, 42, 0.877, 0.996)


@given(passed=st.integers(0, 200), failed=st.integers(0, 200))
def test_one_more_failure_never_lifts_it(passed: int, failed: int) -> None:
    order = ["failing", "unproven", "likely", "verified"]
    now, then = _lit(passed, passed + failed), _lit(passed, passed + failed + 1)
    assert then.low <= now.low
    if passed + failed >= 10:
        assert order.index(then.state) <= order.index(now.state)


def test_what_is_seven_days_old_goes_out() -> None:
    record = Record(
        suites=(
            Suite(at_ms=NOW_MS - 7 * DAY_MS, results={"simple": "ok"}),
            Suite(at_ms=NOW_MS - HOUR_MS, results={"simple": "ok"}),
        )
    )
    assert light(record, TITLES, ABILITIES, NOW_MS).samples == 1
    assert light(record, TITLES, ABILITIES, NOW_MS + 8 * DAY_MS).samples == 0
    assert len(with_suite(record, Suite(at_ms=NOW_MS, results={"simple": "ok"})).suites) == 2


def test_bursts_and_abilities_count_for_their_case_alone() -> None:
    suites = (
        Suite(at_ms=NOW_MS - 2, results={"simple": "ok", "parallel": "calls_collapsed", "json": "ok"}),
        Suite(at_ms=NOW_MS - 1, results={"parallel": "calls_collapsed"}, burst=True),
    )
    view = light(Record(suites=suites), TITLES, ABILITIES, NOW_MS)
    assert (view.passed, view.samples) == (1, 2)
    assert [(case.name, case.passed, case.samples, case.class_name, case.counts) for case in view.cases] == [
        ("simple", 1, 1, None, True),
        ("parallel", 0, 2, "calls_collapsed", True),
        ("json", 1, 1, None, False),
    ]


def test_only_what_speaks_about_tools_is_evidence() -> None:
    cases = (
        CaseResult(name="simple", passed=True, class_name="ok"),
        CaseResult(name="choose", passed=False, class_name="unknown_tool"),
        CaseResult(name="parallel", passed=False, class_name="engine_overloaded"),
        CaseResult(name="forced", passed=None, class_name="parameter_rejected"),
    )
    assert evidence_of(cases) == {"simple": "ok", "choose": "unknown_tool"}


def test_a_suite_without_evidence_changes_nothing() -> None:
    record = Record(suites=(Suite(at_ms=1, results={"simple": "ok"}),), began_ms=1, last_ms=1)
    assert with_suite(record, Suite(at_ms=2, results={})) is record


def test_it_is_due_at_once_then_hourly_for_two_days_then_every_six_hours() -> None:
    record, now_ms, times = Record(), 0, []
    for _ in range(52):
        now_ms = max(now_ms, due_ms(record, None))
        times.append(now_ms)
        record = with_suite(record, Suite(at_ms=now_ms, results={"simple": "ok"}))
    assert times[:3] == [0, HOUR_MS, 2 * HOUR_MS]
    assert [later - earlier for earlier, later in pairwise(times[46:])] == [HOUR_MS] * 2 + [6 * HOUR_MS] * 3


def test_one_that_proved_nothing_is_tried_again_after_half_an_hour() -> None:
    assert due_ms(Record(), tried_ms=NOW_MS) == NOW_MS + HOUR_MS // 2


def test_a_burst_repeats_three_failed_cases_at_most_and_each_once_a_day() -> None:
    failed = Suite(
        at_ms=NOW_MS, results={"a": "missing_call", "b": "ok", "c": "missing_call", "d": "missing_call", "e": "missing_call"}
    )
    assert burst_of(Record(), failed) == ("a", "c", "d")
    lately = Record(suites=(Suite(at_ms=NOW_MS - HOUR_MS, results={"a": "ok"}, burst=True),))
    assert burst_of(lately, failed) == ("c", "d", "e")
    long_ago = Record(suites=(Suite(at_ms=NOW_MS - DAY_MS, results={"a": "ok"}, burst=True),))
    assert burst_of(long_ago, failed) == ("a", "c", "d")
    assert burst_of(Record(), Suite(at_ms=NOW_MS, results={"a": "ok"})) == ()
