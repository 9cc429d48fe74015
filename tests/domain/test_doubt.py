"""Doubting ourselves before the vendor."""

import pytest

from statuspage.domain.doubt import TRANSPORT, Wellness, doubt, suspicious
from statuspage.domain.words import Fault, Judgement
from tests.domain.timeline import sample

CUT_OFF = Wellness(canaries_asked=3, canaries_up=0)


@pytest.mark.parametrize("name", sorted(TRANSPORT))
def test_a_transport_failure_is_ours_when_no_canary_answers(name: str) -> None:
    doubted = doubt(sample(name), CUT_OFF)
    assert (doubted.class_name, doubted.fault, doubted.judgement) == ("offline", Fault.MONITOR, Judgement.EXCLUDED)


@pytest.mark.parametrize("name", sorted(TRANSPORT))
def test_a_transport_failure_is_the_vendors_when_a_canary_answers(name: str) -> None:
    failed = sample(name)
    assert doubt(failed, Wellness(canaries_asked=3, canaries_up=1)) == failed


@pytest.mark.parametrize("name", sorted(TRANSPORT))
def test_without_canaries_nothing_is_ever_offline(name: str) -> None:
    failed = sample(name)
    assert doubt(failed, Wellness()) == failed


@pytest.mark.parametrize("name", ["server_error", "engine_overloaded", "html_in_200", "wrong_model", "ok"])
def test_what_was_answered_is_not_doubted_for_the_network(name: str) -> None:
    answered = sample(name)
    assert not suspicious(answered)
    assert doubt(answered, CUT_OFF) == answered


def test_our_resolver_is_named_when_no_name_resolves() -> None:
    down = Wellness(canaries_asked=3, canaries_up=0, resolver_up=False)
    assert doubt(sample("dns_failure"), down).class_name == "resolver_down"
    assert doubt(sample("connect_timeout"), down).class_name == "offline"


def test_interception_is_named_when_the_canaries_certificates_are_bad_too() -> None:
    intercepted = Wellness(canaries_asked=2, canaries_up=0, canaries_intercepted=2)
    assert doubt(sample("tls_invalid"), intercepted).class_name == "tls_intercepted"
    assert (
        doubt(sample("tls_invalid"), Wellness(canaries_asked=2, canaries_up=1, canaries_intercepted=1)).class_name
        == "tls_invalid"
    )


@pytest.mark.parametrize("jump_s", [-30.0, 1.5])
def test_a_jump_of_our_clock_spoils_the_sample(jump_s: float) -> None:
    assert doubt(sample(), Wellness(clock_jump_s=jump_s)).class_name == "clock_jump"


def test_a_lagging_loop_taints_what_was_answered_and_spoils_timeouts() -> None:
    lagging = Wellness(loop_lag_s=1.5)
    answered = doubt(sample(), lagging)
    assert (answered.class_name, answered.tainted) == ("ok", True)
    assert doubt(sample("server_error"), lagging).judgement is Judgement.FAILED
    assert doubt(sample("header_timeout"), lagging).class_name == "loop_stalled"
    assert doubt(sample("stalled_then_resumed"), lagging).class_name == "loop_stalled"


def test_a_well_monitor_believes_what_it_sees() -> None:
    well = Wellness(loop_lag_s=0.2, clock_jump_s=0.01, canaries_asked=3, canaries_up=3, resolver_up=True)
    for name in ("ok", "server_error", "dns_failure", "quota_exhausted"):
        taken = sample(name)
        assert doubt(taken, well) == taken


def test_what_is_excluded_already_keeps_its_own_reason() -> None:
    taken = sample("invalid_key")
    assert doubt(taken, Wellness(clock_jump_s=60, loop_lag_s=5)) == taken
