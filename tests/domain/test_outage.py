"""How an outage goes on: the slow path, worsening, easing, and its proven end."""

from statuspage.domain.policy import Policy
from statuspage.domain.verdict import Rule, Ruling
from statuspage.domain.words import Fault, Status
from tests.domain.timeline import START_MS, Timeline


def test_three_lone_failures_of_the_last_twelve_are_yellow() -> None:
    model = Timeline().rounds(3, "ok")
    first_failure_ms = model.now_ms
    for _ in range(3):
        model.round("server_error", "ok").rounds(3, "ok")
    assert model.shown == [Status.OPERATIONAL, Status.PARTIAL_OUTAGE]
    assert model.read().since_ms == first_failure_ms
    assert model.state.ruling is not None
    assert (model.state.ruling.rule, model.state.ruling.count) == (Rule.WINDOW, 3)


def test_failures_farther_apart_than_the_window_leave_it_green() -> None:
    model = Timeline().rounds(3, "ok")
    for _ in range(6):
        model.round("server_error", "ok").rounds(6, "ok")
    assert model.shown == [Status.OPERATIONAL]


def test_yellow_turns_red_when_five_in_a_row_fail() -> None:
    model = Timeline().round("ok").round("server_error", "server_error", "ok")
    assert model.status() is Status.PARTIAL_OUTAGE
    model.round("server_error")
    assert model.shown == [Status.OPERATIONAL, Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE]


def test_yellow_turns_red_when_eight_of_twelve_fail_and_not_before() -> None:
    model = Timeline().rounds(12, "ok").round("server_error", "server_error", "ok")
    for _ in range(3):
        model.round("server_error", "ok").round("server_error", "ok").round("ok", "server_error")
    assert sum(mark.failed for mark in model.state.window) == 7
    assert model.status() is Status.PARTIAL_OUTAGE
    model.round("server_error", "ok")
    assert model.status() is Status.MAJOR_OUTAGE
    assert model.state.ruling == Ruling(Rule.WINDOW, 8, 12)


def test_red_turns_yellow_once_when_half_of_a_whole_window_passes() -> None:
    model = Timeline().round("ok").round("server_error")
    assert model.status() is Status.MAJOR_OUTAGE
    for _ in range(14):
        model.round("ok", "server_error").round("server_error", "ok")
    assert model.shown == [Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE]


def eased() -> Timeline:
    model = Timeline().round("ok").round("server_error")
    for _ in range(14):
        model.round("ok", "server_error").round("server_error", "ok")
    assert model.status() is Status.PARTIAL_OUTAGE
    return model


def test_after_easing_only_eight_in_a_row_turn_it_red_again() -> None:
    model = eased().round("server_error", "server_error", "server_error", "server_error", "server_error")
    assert model.status() is Status.PARTIAL_OUTAGE
    model.round("server_error")
    assert model.status() is Status.MAJOR_OUTAGE
    assert model.state.ruling == Ruling(Rule.ROW, 8, 8)


def test_after_easing_a_share_of_failures_does_not_turn_it_red_again() -> None:
    model = eased()
    for _ in range(6):
        model.round("server_error", "ok").round("server_error", "ok").round("ok", "server_error")
    assert sum(mark.failed for mark in model.state.window) == 8
    assert model.status() is Status.PARTIAL_OUTAGE


def test_overload_that_grew_red_stays_red_until_half_a_window_passes() -> None:
    model = Timeline().round("ok").round("engine_overloaded", "engine_overloaded", "ok").round("engine_overloaded")
    assert model.status() is Status.MAJOR_OUTAGE
    model.round("ok", "engine_overloaded").round("engine_overloaded")
    assert model.status() is Status.MAJOR_OUTAGE


def test_overload_turns_yellow_as_soon_as_it_fails_again_after_a_pass() -> None:
    model = Timeline().round("ok").round("engine_overloaded").round("ok", "engine_overloaded").round("engine_overloaded", "ok")
    assert model.shown == [Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE]


def test_a_full_outage_is_over_after_two_good_rounds() -> None:
    model = Timeline().round("ok").rounds(9, "server_error")
    model.round("ok")
    assert model.status() is Status.MAJOR_OUTAGE
    model.round("ok")
    assert model.status() is Status.OPERATIONAL
    assert model.shown == [Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.OPERATIONAL]


def test_a_short_outage_is_asked_again_within_its_good_rounds() -> None:
    model = Timeline().round("ok").round("server_error")
    model.round("ok")
    assert model.confirms == 3
    model.round("ok")
    assert model.status() is Status.OPERATIONAL


def test_yellow_needs_three_good_rounds() -> None:
    model = Timeline().round("ok").rounds(12, "wrong_model").round("ok").round("ok")
    assert model.status() is Status.DEGRADED_PERFORMANCE
    model.round("ok")
    assert model.status() is Status.OPERATIONAL


def test_five_good_rounds_always_suffice() -> None:
    model = Timeline().round("ok")
    for _ in range(30):
        model.round("server_error", "ok").rounds(2, "ok", "server_error")
    assert model.status() is Status.PARTIAL_OUTAGE
    model.rounds(5, "ok", "self_throttled")
    assert model.status() is Status.OPERATIONAL


def test_a_failed_re_probe_starts_the_proof_over() -> None:
    model = Timeline().round("ok").round("server_error").round("ok", "server_error").round("ok")
    assert model.status() is Status.MAJOR_OUTAGE


def test_the_window_restarts_at_recovery() -> None:
    model = Timeline().round("ok").rounds(6, "server_error").rounds(2, "ok")
    assert model.status() is Status.OPERATIONAL
    assert (model.read().failed, model.read().of) == (0, len(model.state.recent))
    model.round("server_error", "ok")
    assert model.status() is Status.OPERATIONAL


def test_rounds_quicker_than_the_spacing_make_re_probes_of_a_recovery_needless() -> None:
    model = Timeline(Policy(interval_s=10)).round("ok").round("server_error").round("ok")
    assert model.confirms == 0
    model.rounds(4, "ok")
    assert model.status() is Status.OPERATIONAL


def test_the_router_is_named_when_it_is_to_blame() -> None:
    model = Timeline().round("ok").round("router_account_exhausted")
    assert model.read().fault is Fault.ROUTER


def test_the_outage_counts_from_its_first_failure_only() -> None:
    model = Timeline().rounds(12, "ok").round("server_error")
    assert (model.read().failed, model.read().of) == (3, 3)
    assert model.read().since_ms == START_MS + 12 * 300_000


def test_degraded_becomes_a_partial_outage_when_requests_begin_to_fail() -> None:
    model = Timeline().round("ok").round("wrong_model", "wrong_model", "wrong_model", "ok")
    assert model.status() is Status.DEGRADED_PERFORMANCE
    model.round("server_error", "server_error", "ok").round("server_error", "server_error", "ok")
    assert model.shown == [Status.OPERATIONAL, Status.DEGRADED_PERFORMANCE, Status.PARTIAL_OUTAGE]
