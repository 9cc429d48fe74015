"""How good the monitor must be (issue 3, point 10), on runs that fit into a test."""

from statistics import fmean, median

import pytest

from benchmarks.figures import OURS, OUTAGES, Told, quantile, scenario_of, told_of
from statuspage.app.simulation import simulate
from statuspage.domain.scenario import Happening, Scenario
from statuspage.domain.words import Fault, Level, Status

HOUR = 3_600_000


def told(name: str, models: int) -> Told:
    outage = next(each for each in OUTAGES if each.name == name)
    return told_of(scenario_of(outage, seed=11, models=models))


def share_up_to(limit: float, values: list[float]) -> float:
    return sum(value <= limit for value in values) / len(values)


def test_a_full_outage_is_found_and_its_end_shown_within_minutes() -> None:
    seen = told("full, 45 min", 4)
    assert len(seen.found_min) >= 100
    assert median(seen.found_min) <= 5
    assert quantile(seen.found_min, 0.95) <= 8
    assert quantile(seen.green_min, 0.95) <= 12
    assert max(seen.flaps) <= 1


def test_a_half_outage_is_found_within_ten_minutes() -> None:
    seen = told("50 %, 2 h", 3)
    assert median(seen.found_min) <= 10
    assert fmean(seen.flaps) <= 1


def test_a_quarter_outage_is_found_within_half_an_hour() -> None:
    seen = told("25 %, 65 min", 5)
    assert median(seen.found_min) <= 30
    assert share_up_to(60, seen.found_min) >= 0.85
    assert fmean(seen.flaps) <= 1


def test_single_errors_raise_no_red_and_hardly_any_yellow() -> None:
    run = simulate(Scenario(seed=12, days=30, models=2, base_error_rate=0.005))
    assert run.card.false[Status.MAJOR_OUTAGE] == 0
    assert run.card.false[Status.PARTIAL_OUTAGE] <= 2


@pytest.mark.parametrize(("name", "fault", "class_name", "cut"), OURS)
def test_a_fault_of_our_own_is_never_red_or_yellow(name: str, fault: Fault, class_name: str, *, cut: bool) -> None:
    ours = Happening(
        start_ms=2 * HOUR,
        end_ms=4 * HOUR,
        models=frozenset(range(6)),
        failure_rate=1.0,
        class_name=class_name,
        fault=fault,
        cut=cut,
    )
    run = simulate(Scenario(seed=13, days=0.25, models=6, base_error_rate=0.005, events=(ours,)))
    assert run.card.events[0].worst_status is Status.NO_DATA, name
    during = [turn for timeline in run.timelines for turn in timeline if ours.lasts(turn.at_ms)]
    assert during
    assert {turn.status.level for turn in during} <= {Level.GREY, Level.GREEN}
