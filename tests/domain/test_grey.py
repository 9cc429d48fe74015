"""When the verdict says that it cannot tell, and how it comes back."""

import pytest

from statuspage.domain.classes import CLASSES
from statuspage.domain.verdict import PASSING, ModelState, Rule, Ruling, lapse, reading
from statuspage.domain.words import Fault, Kind, Status
from tests.domain.timeline import HOUR, MINUTE, POLICY, Timeline, sample

LASTING = sorted(
    row.name for row in CLASSES.values() if row.fault in (Fault.ACCOUNT, Fault.CLIENT, Fault.MONITOR) and row.name not in PASSING
)


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_fault_of_ours_is_grey_at_once_with_its_reason(name: str) -> None:
    model = Timeline().round("ok").round(name)
    assert model.status() is Status.NO_DATA
    assert (model.read().class_name, model.read().fault) == (name, CLASSES[name].fault)


@pytest.mark.parametrize("name", sorted(PASSING))
def test_a_passing_fault_of_ours_is_grey_when_it_repeats_itself(name: str) -> None:
    model = Timeline().round("ok").round(name)
    assert model.status() is Status.OPERATIONAL
    model.round(name)
    assert model.status() is Status.NO_DATA
    assert model.read().class_name == name


def test_a_passing_fault_is_named_while_there_is_nothing_else_to_say() -> None:
    model = Timeline().round("rate_limited")
    assert model.read().class_name == "rate_limited"


def test_unclassified_failures_of_an_account_are_grey() -> None:
    model = Timeline().round("ok")
    model.feed(sample("unclassified", model.now_ms, fault=Fault.ACCOUNT))
    assert (model.status(), model.read().fault) == (Status.NO_DATA, Fault.ACCOUNT)


def test_a_status_goes_grey_when_its_newest_judged_sample_is_too_old() -> None:
    model = Timeline().round("ok")
    checked_ms = model.read().checked_at_ms
    assert checked_ms is not None
    at_the_limit = reading(model.state, checked_ms + 660_000, 660)
    beyond = reading(model.state, checked_ms + 660_001, 660)
    assert at_the_limit.status is Status.OPERATIONAL
    assert (beyond.status, beyond.class_name, beyond.fault) == (Status.NO_DATA, "stale", Fault.MONITOR)
    assert (beyond.since_ms, beyond.checked_at_ms) == (checked_ms + 660_000, checked_ms)


def test_excluded_samples_do_not_keep_a_status_alive() -> None:
    model = Timeline().round("ok").wait(MINUTE)
    model.feed(sample("self_throttled", model.now_ms))
    model.wait(6 * MINUTE)
    assert model.read().class_name == "stale"


def test_green_returns_with_the_first_good_sample_after_grey() -> None:
    model = Timeline().round("ok").rounds(3, "offline").round("ok")
    assert model.shown == [Status.OPERATIONAL, Status.NO_DATA, Status.OPERATIONAL]


def test_an_outage_before_grey_is_not_green_before_its_end_is_proven() -> None:
    model = Timeline().round("ok").rounds(6, "server_error").rounds(2, "offline").round("ok")
    assert (model.status(), model.read().class_name) == (Status.NO_DATA, None)
    model.round("ok")
    assert model.status() is Status.OPERATIONAL


def test_good_answers_before_grey_do_not_help_to_prove_the_end() -> None:
    model = Timeline().round("ok").rounds(12, "server_error").round("ok").rounds(2, "offline").round("ok", "self_throttled")
    assert model.status() is Status.NO_DATA
    model.rounds(2, "ok")
    assert model.status() is Status.OPERATIONAL


def test_the_reason_says_whether_it_was_one_sample_or_a_row() -> None:
    alone = Timeline().round("ok").round("rate_limited").round("rate_limited")
    assert alone.state.ruling == Ruling(Rule.EXCLUDED_ROW, 2, 2)
    assert Timeline().round("rate_limited").state.ruling == Ruling(Rule.EXCLUDED, 1, 1)


def test_an_outage_before_grey_that_goes_on_is_confirmed_anew() -> None:
    model = Timeline().round("ok").rounds(6, "server_error").rounds(2, "offline").round("server_error")
    assert model.shown == [Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.NO_DATA, Status.MAJOR_OUTAGE]
    assert model.confirms == 2


def test_silence_withdraws_the_status_before_the_next_sample_counts() -> None:
    model = Timeline().round("ok").rounds(6, "server_error")
    last_ms = model.state.checked_at_ms
    assert last_ms is not None
    model.wait(3 * HOUR).round("ok")
    assert model.shown == [Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.NO_DATA]
    assert model.transitions[-1].at_ms == last_ms + 660_000
    model.round("ok")
    assert model.status() is Status.OPERATIONAL


def test_failures_before_a_silence_do_not_count_with_those_after_it() -> None:
    model = Timeline().round("ok").round("server_error", "ok").round("server_error", "ok").wait(3 * HOUR)
    model.round("server_error", "ok")
    assert model.status() is Status.OPERATIONAL


def test_a_lapse_is_told_once() -> None:
    model = Timeline().round("ok").wait(HOUR)
    first = lapse(model.state, model.now_ms, POLICY)
    assert [change.new for change in first.transitions] == [Status.NO_DATA]
    assert lapse(first.state, model.now_ms + HOUR, POLICY).transitions == ()


def test_a_retired_model_is_retired_at_once_and_stays_so() -> None:
    model = Timeline().round("ok").round("model_retired").round("server_error").round("invalid_key").wait(10 * HOUR)
    assert model.shown == [Status.OPERATIONAL, Status.RETIRED]
    assert model.status() is Status.RETIRED


def test_a_retired_model_that_answers_again_is_operational() -> None:
    model = Timeline().round("ok").round("model_retired").round("ok")
    assert model.status() is Status.OPERATIONAL


def test_maintenance_is_blue_until_it_is_no_longer_said() -> None:
    model = Timeline().round("ok").rounds(5, "maintenance")
    assert model.status() is Status.UNDER_MAINTENANCE
    model.wait(HOUR)
    assert model.read().class_name == "stale"
    model = Timeline().round("ok").rounds(5, "maintenance").round("ok")
    assert model.status() is Status.OPERATIONAL


def test_passive_samples_change_nothing() -> None:
    model = Timeline().round("ok")
    before = model.state
    for _ in range(5):
        model.feed(sample("server_error", model.now_ms, kind=Kind.PASSIVE))
    assert model.state == before
    assert model.confirm_in_s is None


def test_a_model_that_was_never_measured_has_no_data() -> None:
    shown = reading(ModelState(), 0, 660)
    assert (shown.status, shown.class_name, shown.since_ms, shown.checked_at_ms) == (Status.NO_DATA, None, None, None)


def test_a_sample_of_ours_between_the_two_looks_only_delays_the_second() -> None:
    model = Timeline().round("ok").round("server_error", "ok", "server_error", "ok").round("self_throttled")
    assert model.confirms == 0
    model.round("ok", "server_error", "ok")
    assert model.status() is Status.PARTIAL_OUTAGE
