"""The figures of a simulated run, each as the contract defines it."""

import pytest

from statuspage.domain.scenario import Happening, Scenario, scripted_success
from statuspage.domain.scorecard import EventScore, Scorecard, Turn, scorecard
from statuspage.domain.words import Fault, Status

MINUTE = 60_000
HOUR = 60 * MINUTE
GREEN, YELLOW, RED, GREY = Status.OPERATIONAL, Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE, Status.NO_DATA
BEGUN = (Turn(0, GREY), Turn(MINUTE, GREEN))


def happening(
    start_ms: int = HOUR,
    end_ms: int = 2 * HOUR,
    models: frozenset[int] = frozenset({0}),
    *,
    rate: float = 1.0,
    fault: Fault = Fault.PROVIDER,
    class_name: str = "server_error",
    cut: bool = False,
) -> Happening:
    return Happening(
        start_ms=start_ms, end_ms=end_ms, models=models, failure_rate=rate, class_name=class_name, fault=fault, cut=cut
    )


def judged(*timelines: tuple[Turn, ...], events: tuple[Happening, ...] = (happening(),)) -> Scorecard:
    return scorecard(Scenario(days=1, models=len(timelines), events=events), timelines)


def event(*timelines: tuple[Turn, ...], of: Happening | None = None) -> EventScore:
    return judged(*timelines, events=(of or happening(),)).events[0]


def test_an_outage_is_found_with_the_first_other_status_and_over_when_green_again() -> None:
    score = event((*BEGUN, Turn(HOUR + 3 * MINUTE, RED), Turn(2 * HOUR + 7 * MINUTE, GREEN)))
    assert score == EventScore(index=0, detected_after_s=180.0, worst_status=RED, recovered_after_s=420.0, transitions=2)


def test_what_was_no_longer_green_when_it_began_is_found_at_once() -> None:
    score = event((*BEGUN, Turn(HOUR - MINUTE, YELLOW), Turn(HOUR + MINUTE, RED), Turn(3 * HOUR, GREEN)))
    assert (score.detected_after_s, score.worst_status) == (0.0, RED)


def test_what_was_never_seen_was_never_found_and_never_ended() -> None:
    score = event(BEGUN)
    assert (score.detected_after_s, score.worst_status, score.recovered_after_s, score.transitions) == (None, GREEN, None, 0)


def test_the_first_model_finds_it_and_the_last_one_ends_it() -> None:
    early = (*BEGUN, Turn(HOUR + 2 * MINUTE, RED), Turn(2 * HOUR + 5 * MINUTE, GREEN))
    late = (*BEGUN, Turn(HOUR + 9 * MINUTE, YELLOW), Turn(2 * HOUR + 11 * MINUTE, GREEN))
    score = event(early, late, of=happening(models=frozenset({0, 1})))
    assert (score.detected_after_s, score.recovered_after_s, score.transitions) == (120.0, 660.0, 4)


def test_a_model_that_never_comes_back_leaves_the_end_open() -> None:
    assert event((*BEGUN, Turn(HOUR + MINUTE, RED))).recovered_after_s is None


def test_a_model_that_was_green_again_before_the_end_is_back_at_once() -> None:
    assert event((*BEGUN, Turn(HOUR + MINUTE, RED), Turn(HOUR + 30 * MINUTE, GREEN))).recovered_after_s == 0.0


def test_a_model_that_leaves_only_after_the_end_is_back_when_it_returns() -> None:
    score = event((*BEGUN, Turn(2 * HOUR + MINUTE, YELLOW), Turn(2 * HOUR + 15 * MINUTE, GREEN)))
    assert (score.detected_after_s, score.recovered_after_s) == (3660.0, 900.0)


def test_grey_is_the_worst_only_where_nothing_else_was_shown() -> None:
    grey = (*BEGUN, Turn(HOUR + MINUTE, GREY), Turn(2 * HOUR, GREEN))
    assert event(grey).worst_status is GREY
    assert (
        event((*BEGUN, Turn(HOUR + MINUTE, GREY), Turn(HOUR + 2 * MINUTE, YELLOW), Turn(2 * HOUR, GREEN))).worst_status is YELLOW
    )


def test_changes_count_until_twenty_minutes_after_the_end() -> None:
    late = (*BEGUN, Turn(2 * HOUR + 20 * MINUTE, YELLOW), Turn(2 * HOUR + 20 * MINUTE + 1, GREEN))
    assert event(late).transitions == 1


def test_an_event_after_the_run_says_nothing() -> None:
    score = event((*BEGUN, Turn(HOUR, RED)), of=happening(25 * HOUR, 26 * HOUR))
    assert (score.detected_after_s, score.transitions) == (None, 0)


def test_an_alarm_that_no_event_explains_is_false() -> None:
    card = judged((*BEGUN, Turn(5 * HOUR, YELLOW), Turn(6 * HOUR, RED), Turn(7 * HOUR, GREEN)))
    assert card.false == {RED: 1, YELLOW: 1, Status.DEGRADED_PERFORMANCE: 0}


def test_an_alarm_of_another_model_is_not_explained() -> None:
    alarmed = (*BEGUN, Turn(HOUR + MINUTE, YELLOW), Turn(2 * HOUR, GREEN))
    assert judged(alarmed, alarmed).false[YELLOW] == 1


def test_an_event_explains_for_twenty_minutes_longer() -> None:
    explained = (*BEGUN, Turn(2 * HOUR + 20 * MINUTE, RED))
    late = (*BEGUN, Turn(2 * HOUR + 20 * MINUTE + 1, RED))
    assert (judged(explained).false[RED], judged(late).false[RED]) == (0, 1)


def test_an_alarm_during_a_fault_of_our_own_is_false() -> None:
    alarmed = (*BEGUN, Turn(HOUR + MINUTE, YELLOW), Turn(2 * HOUR, GREEN))
    cut = happening(fault=Fault.MONITOR, class_name="connect_timeout", cut=True)
    account = happening(fault=Fault.ACCOUNT, class_name="quota_exhausted")
    assert judged(alarmed, events=(cut,)).false[YELLOW] == 1
    assert judged(alarmed, events=(account,)).false[YELLOW] == 1
    assert judged(alarmed, events=(happening(), account)).false[YELLOW] == 1


def test_the_first_green_of_each_model_is_no_change() -> None:
    assert judged(BEGUN, (*BEGUN, Turn(HOUR, RED), Turn(2 * HOUR, GREEN))).transitions_total == 2


def test_the_script_s_success_is_weighted_by_time_and_leaves_excluded_time_out() -> None:
    half = happening(0, 6 * HOUR, rate=0.5)
    cut = happening(12 * HOUR, 24 * HOUR, fault=Fault.MONITOR, class_name="connect_timeout", cut=True)
    slow = happening(6 * HOUR, 9 * HOUR, rate=0.0)
    scenario = Scenario(days=1, models=2, base_error_rate=0.1, events=(half, cut, slow))
    assert scripted_success(scenario, 0, 0, 24 * HOUR) == pytest.approx((0.45 * 6 + 0.9 * 6) / 12)
    assert scripted_success(scenario, 1, 0, 24 * HOUR) == pytest.approx(0.9)
    assert scripted_success(scenario, 0, 13 * HOUR, 14 * HOUR) is None
