"""A rollout climbs while the bar is met, holds while nothing is known, and falls when the bar is missed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.errors import WrongInputError
from statuspage.domain.rollout import Bar, Climb, Evidence, bar_of, evidence_of, stepped
from statuspage.domain.words import Status
from tests.render import world

BAR = Bar(model="m", tools_low=0.9, success_low=0.99, hold_s=60)
MET = Evidence(status=Status.OPERATIONAL, tools_low=0.95, success_low=0.995)
MISSED = Evidence(status=Status.OPERATIONAL, tools_low=0.85, success_low=0.995)
SLOW = Evidence(status=Status.DEGRADED_PERFORMANCE, tools_low=0.95, success_low=0.995)
GREY = Evidence(status=Status.NO_DATA, tools_low=0.95, success_low=0.995)
UNTESTED = Evidence(status=Status.OPERATIONAL, success_low=0.995)
RED = Evidence(status=Status.MAJOR_OUTAGE, tools_low=0.95, success_low=0.995)
MINUTE_MS = 60_000


def climbing(*minutes: Evidence | None, bar: Bar = BAR, start: Climb | None = None) -> list[int]:
    """The percentage after each minute of this evidence."""
    climb, seen = start, []
    for minute, evidence in enumerate(minutes):
        climb = stepped(bar, climb, evidence, minute * MINUTE_MS)
        seen.append(climb.percent)
    return seen


def test_it_climbs_step_by_step_while_the_bar_is_met() -> None:
    assert climbing(*[MET] * 6) == [0, 10, 50, 100, 100, 100]


def test_a_step_needs_the_whole_time() -> None:
    climb = stepped(BAR, None, MET, 0)
    assert stepped(BAR, climb, MET, MINUTE_MS - 1).percent == 0
    assert stepped(BAR, climb, MET, MINUTE_MS).percent == 10


@pytest.mark.parametrize("unknown", [GREY, SLOW, UNTESTED, None])
def test_what_is_not_known_holds_it_and_starts_the_time_anew(unknown: Evidence | None) -> None:
    assert climbing(MET, MET, MET, unknown, unknown, MET, MET) == [0, 10, 50, 50, 50, 50, 100]


def test_it_never_begins_without_evidence() -> None:
    assert climbing(*[UNTESTED] * 9) == [0] * 9


def test_it_falls_a_step_at_once_and_further_while_the_bar_is_missed() -> None:
    assert climbing(MET, MET, MET, MET, MISSED, MISSED, MISSED, MISSED) == [0, 10, 50, 100, 50, 10, 0, 0]


@pytest.mark.parametrize("status", [Status.MAJOR_OUTAGE, Status.RETIRED])
def test_a_model_that_is_down_has_nobody_sent_to_it(status: Status) -> None:
    gone = Evidence(status=status, tools_low=0.95, success_low=0.995)
    assert climbing(MET, MET, MET, MET, gone, MET, MET) == [0, 10, 50, 100, 0, 0, 10]


def test_a_flag_that_is_switched_off_begins_anew() -> None:
    up = Climb(percent=50, finding="met", since_ms=0)
    off = stepped(BAR, up, MET, 1, on=False)
    assert (off.percent, off.finding, off.why) == (0, "off", "switched off")
    assert stepped(BAR, off, MET, 99, on=False) == off
    assert stepped(BAR, off, MET, 10 * MINUTE_MS).percent == 0


def test_every_finding_has_its_reason() -> None:
    assert stepped(BAR, None, MISSED, 0).why == "tools 0.85 of 0.9"
    assert stepped(BAR, None, MET, 0).why == "tools 0.95 of 0.9, success 0.995 of 0.99"
    assert stepped(BAR, None, UNTESTED, 0).why == "tools unknown of 0.9, success 0.995 of 0.99"
    assert stepped(BAR, None, RED, 0).why == "m: major outage"
    assert stepped(BAR, None, None, 0).why == "m is not watched"


def test_latency_is_a_bar_from_above() -> None:
    bar = Bar(model="m", p95_ms=2000, hold_s=60)
    quick, slow = (Evidence(status=Status.OPERATIONAL, p95_ms=value) for value in (1500, 2500))
    assert climbing(quick, quick, slow, bar=bar) == [0, 10, 0]


def test_metadata_names_the_bar() -> None:
    assert bar_of({"owner": "ada"}) is None
    named = bar_of({"gate_model": "a/b", "gate_p95_ms": 2000, "gate_hold": "30m", "gate_steps": "5, 25,100"})
    assert named == Bar(model="a/b", p95_ms=2000, hold_s=1800, steps=(5, 25, 100))


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        ({"gate_tools_low": 0.9}, "gate_model"),
        ({"gate_model": "a/b"}, "needs a bar"),
        ({"gate_model": "a/b", "gate_tool_low": 0.9}, "gate_tool_low is not known"),
        ({"gate_model": "a/b", "gate_tools_low": 90}, "from 0 to 1"),
        ({"gate_model": "a/b", "gate_tools_low": True}, "must be a number"),
        ({"gate_model": "a/b", "gate_p95_ms": -1}, "must be a number"),
        ({"gate_model": "a/b", "gate_tools_low": 0.9, "gate_hold": 60}, "duration"),
        ({"gate_model": "a/b", "gate_tools_low": 0.9, "gate_hold": "soon"}, "duration"),
        ({"gate_model": "a/b", "gate_tools_low": 0.9, "gate_steps": "50,10"}, "rising"),
        ({"gate_model": "a/b", "gate_tools_low": 0.9, "gate_steps": "10,x"}, "rising"),
        ({"gate_model": "a/b", "gate_tools_low": 0.9, "gate_steps": "10,110"}, "rising"),
        ({"gate_model": "a/b", "gate_tools_low": 0.9, "gate_steps": ""}, "rising"),
    ],
)
def test_a_gate_that_cannot_be_used_is_named(metadata: dict[str, Any], named: str) -> None:
    with pytest.raises(WrongInputError, match=named):
        bar_of(metadata)


def test_the_page_is_the_evidence() -> None:
    model = world.model(1)
    found = evidence_of(model)
    assert (found.status, found.success_low) == (model.status, model.uptime["7d"].low)


EVIDENCE = st.builds(
    Evidence,
    status=st.sampled_from(Status),
    tools_low=st.none() | st.sampled_from([0.5, 0.89, 0.9, 0.95]),
    success_low=st.none() | st.sampled_from([0.5, 0.99, 0.995]),
)


@given(st.lists(st.none() | EVIDENCE, max_size=30))
def test_it_rises_only_a_step_and_only_on_a_bar_that_is_met(minutes: list[Evidence | None]) -> None:
    climb: Climb | None = None
    for minute, evidence in enumerate(minutes):
        before = 0 if climb is None else climb.percent
        climb = stepped(BAR, climb, evidence, minute * MINUTE_MS)
        if climb.percent > before:
            assert evidence is not None
            assert evidence.status is Status.OPERATIONAL
            assert (evidence.tools_low or 0) >= 0.9
            assert (evidence.success_low or 0) >= 0.99
            assert climb.percent == {0: 10, 10: 50, 50: 100}[before]
        if evidence is None or evidence.tools_low is None:
            assert climb.percent <= before
