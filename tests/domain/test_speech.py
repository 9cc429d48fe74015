"""The sentences readers meet."""

import msgspec
import pytest

from statuspage.domain.classes import CLASSES
from statuspage.domain.speech import decided_by, headline, label, reason
from statuspage.domain.verdict import Reading, Rule, Ruling
from statuspage.domain.words import Fault, Status
from tests.domain.timeline import HOUR, Timeline

NAME = "Kimi K3"


class Shown(msgspec.Struct, frozen=True):
    name: str
    status: Status = Status.OPERATIONAL
    class_name: str | None = "ok"


RED = Shown("Kimi K3", Status.MAJOR_OUTAGE, "engine_overloaded")
SLOW = Shown("Kimi K2", Status.DEGRADED_PERFORMANCE, "slow")
GREEN = Shown("Kimi K1")
GREY = Shown("Kimi K0", Status.NO_DATA, "quota_exhausted")
OFFLINE = Shown("Kimi K5", Status.NO_DATA, "offline")
BLUE = Shown("Kimi K4", Status.UNDER_MAINTENANCE, "maintenance")
RETIRED = Shown("Moonshot v1", Status.RETIRED, "model_retired")


def test_a_red_model_says_what_most_requests_met() -> None:
    shown = Reading(status=Status.MAJOR_OUTAGE, class_name="engine_overloaded", fault=Fault.PROVIDER, failed=4, of=5)
    assert reason(NAME, shown) == "Kimi K3 is overloaded: 4 of the last 5 requests were refused"
    assert label(shown) == "Overloaded"


def test_failures_of_several_kinds_are_counted_as_failed() -> None:
    shown = Reading(status=Status.MAJOR_OUTAGE, class_name="engine_overloaded", fault=Fault.PROVIDER, failed=4, of=5, mixed=True)
    assert reason(NAME, shown).endswith("4 of the last 5 requests failed")


def test_a_slow_model_counts_its_slow_answers() -> None:
    model = Timeline().rounds(60, "ok").rounds(4, "ok", first_content_ms=9_000)
    assert reason(NAME, model.read()) == "Kimi K3 answers slowly: 4 of the last 4 requests were slow"
    assert label(model.read()) == "Slow"


def test_a_green_model_works_and_says_what_it_missed() -> None:
    model = Timeline().rounds(3, "ok")
    assert reason(NAME, model.read()) == "Kimi K3 works: all recent requests succeeded"
    model.round("server_error", "ok")
    assert reason(NAME, model.read()) == "Kimi K3 works: 7 of the last 8 requests succeeded"
    assert label(model.read()) == "Operational"


def test_the_sentence_of_a_well_model_does_not_change_from_probe_to_probe() -> None:
    model = Timeline().round("ok")
    said = reason(NAME, model.read())
    model.rounds(20, "ok")
    assert reason(NAME, model.read()) == said


def test_a_grey_model_says_why() -> None:
    model = Timeline().round("ok").round("quota_exhausted")
    assert reason(NAME, model.read()) == "Kimi K3 refuses us: our quota is used up"
    assert label(model.read()) == "Our quota is used up"


def test_a_stale_model_says_so() -> None:
    model = Timeline().round("ok").wait(HOUR)
    assert reason(NAME, model.read()) == "Kimi K3 has not been measured recently"


def test_a_model_never_measured_says_so() -> None:
    assert reason(NAME, Timeline().read()) == "Kimi K3 has not been measured yet"
    assert label(Timeline().read()) == "Not measured yet"


def test_a_model_whose_recovery_is_not_proven_says_so() -> None:
    model = Timeline().round("ok").rounds(6, "server_error").rounds(2, "offline").round("ok")
    assert reason(NAME, model.read()) == "Kimi K3 is being measured; its status waits for proof"
    assert label(model.read()) == "Being measured"


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("class_name", [None, *CLASSES])
def test_every_label_fits_and_every_reason_is_a_sentence_with_the_name(status: Status, class_name: str | None) -> None:
    shown = Reading(status=status, class_name=class_name, fault=Fault.PROVIDER, failed=2, of=3)
    assert 0 < len(label(shown)) <= 24
    said = reason(NAME, shown)
    assert said.startswith("Kimi K3 ")
    assert "{" not in said
    assert not said.endswith(".")


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_is_told_in_a_sentence(rule: Rule) -> None:
    told = decided_by(Reading(status=Status.NO_DATA, ruling=Ruling(rule, 3, 5)))
    assert told is not None
    assert told.endswith(".")
    assert "{" not in told


def test_the_rule_carries_its_figures() -> None:
    model = Timeline().round("ok").round("server_error")
    assert decided_by(model.read()) == "3 of 3 probes of a confirmation burst failed."
    assert decided_by(Timeline().read()) is None


@pytest.mark.parametrize(
    ("models", "sentence"),
    [
        ([], "No model is watched."),
        ([RETIRED], "No model is watched."),
        ([GREEN], "Kimi K1 works."),
        ([GREEN, GREEN, RETIRED], "All 2 models work."),
        ([RED, GREEN, GREEN], "Kimi K3 is overloaded; everything else works."),
        (
            [GREEN, SLOW, RED],
            "Kimi K3 is overloaded, Kimi K2 answers slowly; everything else works.",
        ),
        (
            [RED, SLOW, SLOW, GREEN],
            "Kimi K3 is overloaded, 2 more models have problems; everything else works.",
        ),
        ([RED, RED], "All 2 models are down."),
        ([RED, SLOW], "All 2 models have problems."),
        ([RED], "Kimi K3 is overloaded."),
        ([GREEN, GREY], "Kimi K0 is not measured; everything else works."),
        ([RED, GREY, GREY, GREEN], "Kimi K3 is overloaded; 2 models are not measured; everything else works."),
        ([RED, BLUE, GREY, GREEN], "Kimi K3 is overloaded; 2 more are not measured or under maintenance; everything else works."),
        ([GREEN, BLUE], "Kimi K4 is under maintenance; everything else works."),
        ([OFFLINE, OFFLINE], "Nothing is measured right now: our own network is down."),
        ([OFFLINE, GREY], "Nothing is measured right now."),
        ([Shown("Kimi K3", Status.NO_DATA, None)], "Nothing is measured yet."),
        ([Shown("Kimi K3", Status.NO_DATA, "stale")], "Nothing is measured right now."),
    ],
)
def test_the_page_says_the_worst_first(models: list[Shown], sentence: str) -> None:
    assert headline(models) == sentence
