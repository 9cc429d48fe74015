"""What the confirmation burst finds."""

import pytest

from statuspage.domain.policy import Policy
from statuspage.domain.words import Fault, Kind, Status
from tests.domain.timeline import MINUTE, START_MS, Timeline, sample


def test_it_is_operational_after_the_first_good_sample() -> None:
    model = Timeline().round("ok")
    assert model.shown == [Status.OPERATIONAL]
    assert (model.read().class_name, model.read().fault, model.read().since_ms) == ("ok", Fault.NONE, START_MS)


def test_it_stays_grey_during_the_burst_after_a_first_sample_that_failed() -> None:
    model = Timeline()
    model.round("server_error", "server_error", "ok")
    assert model.shown == [Status.PARTIAL_OUTAGE]


def test_it_turns_red_after_two_re_probes_that_fail_too() -> None:
    model = Timeline().round("ok")
    failed_ms = model.now_ms
    model.round("engine_overloaded")
    assert model.status() is Status.MAJOR_OUTAGE
    assert model.confirms == 2
    assert (model.read().class_name, model.read().fault, model.read().since_ms) == (
        "engine_overloaded",
        Fault.PROVIDER,
        failed_ms,
    )
    assert (model.read().failed, model.read().of) == (3, 3)


def test_it_notices_later_than_the_outage_began() -> None:
    model = Timeline().round("ok")
    failed_ms = model.now_ms
    model.round("server_error")
    assert model.transitions[-1].started_at_ms == failed_ms
    assert model.transitions[-1].at_ms == failed_ms + 40_000


def test_it_stays_green_when_one_of_five_failed() -> None:
    model = Timeline().round("ok").round("server_error", "ok")
    assert model.status() is Status.OPERATIONAL
    assert model.confirms == 4
    assert (model.read().failed, model.read().of) == (1, 6)


def test_it_turns_yellow_when_the_first_two_of_five_failed() -> None:
    model = Timeline().round("ok").round("server_error", "server_error", "ok")
    assert model.status() is Status.PARTIAL_OUTAGE
    assert model.confirms == 4


def test_it_turns_red_when_three_of_five_failed() -> None:
    model = Timeline().round("ok").round("server_error", "ok", "server_error", "ok", "server_error")
    assert model.status() is Status.MAJOR_OUTAGE


def test_it_looks_again_in_the_next_round_when_two_of_five_failed_apart() -> None:
    model = Timeline().round("ok").round("server_error", "ok", "server_error", "ok")
    assert model.status() is Status.OPERATIONAL
    model.round("ok", "ok", "server_error", "ok")
    assert model.status() is Status.PARTIAL_OUTAGE
    assert model.read().since_ms == START_MS + 300_000


def test_it_lets_go_when_the_second_look_is_all_good() -> None:
    model = Timeline().round("ok").round("server_error", "ok", "server_error", "ok").round("ok")
    assert model.confirms == 4
    assert model.status() is Status.OPERATIONAL
    model.round("ok")
    assert model.confirms == 0
    assert model.shown == [Status.OPERATIONAL]


def test_it_needs_no_second_look_when_the_window_already_holds_a_failure() -> None:
    model = Timeline().round("ok").round("server_error", "ok").round("ok")
    model.round("server_error", "ok", "server_error", "ok")
    assert model.status() is Status.PARTIAL_OUTAGE


def test_it_turns_red_in_the_second_look_when_everything_fails_by_then() -> None:
    model = Timeline().round("ok").round("server_error", "ok", "server_error", "ok").round("server_error")
    assert model.shown == [Status.OPERATIONAL, Status.MAJOR_OUTAGE]


def test_overload_is_yellow_when_some_of_the_burst_pass() -> None:
    model = Timeline().round("ok").round("engine_overloaded", "ok", "engine_overloaded")
    assert model.status() is Status.PARTIAL_OUTAGE


def test_an_invalid_certificate_is_red_at_once() -> None:
    model = Timeline().round("ok").round("tls_invalid")
    assert model.status() is Status.MAJOR_OUTAGE
    assert model.confirms == 0


@pytest.mark.parametrize("name", ["wrong_model", "finish_mismatch", "contract_changed", "upstream_rate_limited", "moved"])
def test_what_works_but_not_as_it_should_never_goes_beyond_yellow(name: str) -> None:
    model = Timeline().round("ok").rounds(30, name)
    assert model.shown == [Status.OPERATIONAL, Status.DEGRADED_PERFORMANCE]
    assert model.read().class_name == name


def test_a_retry_after_stretches_the_spacing_up_to_a_bound() -> None:
    model = Timeline().round("ok")
    began_ms = model.now_ms
    model.round("engine_overloaded", retry_after_s=35)
    assert model.transitions[-1].at_ms == began_ms + 55_000
    model = Timeline().round("ok")
    began_ms = model.now_ms
    model.round("engine_overloaded", retry_after_s=3600)
    assert model.transitions[-1].at_ms == began_ms + 80_000


@pytest.mark.parametrize(("probes", "partial", "major"), [(0, 1, 1), (1, 2, 2), (2, 2, 2), (4, 2, 3), (9, 4, 6)])
def test_its_thresholds_follow_the_size_of_the_burst(probes: int, partial: int, major: int) -> None:
    policy = Policy(confirm_probes=probes)
    assert (policy.burst_partial, policy.burst_major) == (partial, major)


def test_without_confirmation_one_failure_decides() -> None:
    model = Timeline(Policy(confirm_probes=0)).round("ok").round("server_error")
    assert model.status() is Status.MAJOR_OUTAGE


def test_a_re_probe_that_says_nothing_uses_up_its_turn() -> None:
    model = Timeline().round("ok").round("server_error", "self_throttled", "self_throttled", "server_error", "ok")
    assert model.confirms == 4
    assert model.status() is Status.PARTIAL_OUTAGE


def test_a_burst_of_which_nothing_could_be_judged_leaves_the_status_alone() -> None:
    model = Timeline().round("ok").round("server_error", "rate_limited")
    assert model.status() is Status.OPERATIONAL


def test_it_shows_the_class_that_most_failures_have() -> None:
    model = Timeline().round("ok").round("bad_gateway", "server_error", "server_error")
    assert model.read().class_name == "server_error"
    assert model.read().mixed


def test_a_re_probe_between_the_two_looks_is_only_remembered() -> None:
    model = Timeline().round("ok").round("server_error", "ok", "server_error", "ok")
    before = model.state
    model.feed(sample("server_error", model.now_ms - MINUTE, kind=Kind.CONFIRM))
    assert (model.state.burst, model.confirm_in_s) == (before.burst, None)
    assert model.status() is Status.OPERATIONAL
