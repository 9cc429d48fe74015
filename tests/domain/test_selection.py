"""The selector: proven, then working, then cheap; the same question has the same answer."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.candidate import Candidate, candidate_of
from statuspage.domain.pins import Detour
from statuspage.domain.selection import Capability, Preference, Question, Rollout, select
from statuspage.domain.toollight import ENOUGH
from statuspage.domain.uptime import uptime
from statuspage.domain.view import PriceView, ToolsView
from statuspage.domain.wilson import wilson
from statuspage.domain.words import Status
from tests.render import world

TOOLS = Question(capability=Capability.TOOLS)


def light(passed: int, samples: int, state: str = "verified") -> ToolsView:
    low, high = wilson(passed, samples)
    return ToolsView(state=state, passed=passed, samples=samples, low=low, high=high)


def candidate(key: str, usd: float | None = 0.002, **more: object) -> Candidate:
    usual: dict[str, object] = {
        "status": Status.OPERATIONAL,
        "reason": f"{key} works",
        "success": uptime(2016, 0, 2016),
        "tools": light(168, 168),
        "first_ms": 640,
        "good_until_ms": 1_000,
    }
    return msgspec.convert({"key": key, "call_usd": usd, **usual, **more}, Candidate)


def chosen(question: Question, *candidates: Candidate, **rollouts: Rollout) -> list[str]:
    return [each.key for each in select(question, candidates, rollouts).ranked]


def refused(question: Question, *candidates: Candidate, **rollouts: Rollout) -> dict[str, str]:
    return {each.model: each.why for each in select(question, candidates, rollouts).rejected}


def test_the_choice_explains_itself() -> None:
    found = select(TOOLS, [candidate("a", 0.0021), candidate("b", 0.003), candidate("c", 0.004)], {})
    assert found.why == ("tools verified 168/168", "operational", "cheapest of 3: $0.0021 per successful call")
    assert [each.key for each in found.ranked] == ["a", "b", "c"]


def test_a_cheap_call_that_fails_often_is_dear() -> None:
    shaky = candidate("shaky", 0.0011, success=uptime(100, 50, 100))
    assert chosen(Question(), shaky, candidate("steady", 0.002)) == ["steady", "shaky"]


def test_few_samples_prove_little() -> None:
    young = candidate("young", 0.0018, success=uptime(7, 0, 7))
    assert chosen(Question(), young, candidate("old", 0.002)) == ["old", "young"]


@pytest.mark.parametrize(
    ("tools", "why"),
    [
        (None, "tool calling is not tested"),
        (light(10, 10, "unproven"), "tools unproven 10/10"),
        (light(3, 40, "failing"), "tools failing 3/40"),
    ],
)
def test_what_is_not_proven_is_refused_however_cheap(tools: ToolsView | None, why: str) -> None:
    cheap = candidate("cheap", 0.000001, tools=tools)
    assert chosen(TOOLS, cheap, candidate("proven")) == ["proven"]
    assert refused(TOOLS, cheap) == {"cheap": why}
    assert chosen(Question(), cheap) == ["cheap"]
    assert ENOUGH <= 10


def test_verified_comes_before_likely() -> None:
    assert chosen(TOOLS, candidate("likely", 0.001, tools=light(40, 44, "likely")), candidate("sure")) == ["sure", "likely"]


@pytest.mark.parametrize("status", [Status.MAJOR_OUTAGE, Status.NO_DATA, Status.UNDER_MAINTENANCE, Status.RETIRED])
def test_red_grey_blue_and_retired_models_are_never_chosen(status: Status) -> None:
    broken = candidate("broken", 0.0001, status=status, reason="it is so")
    assert chosen(Question(), broken) == []
    assert refused(Question(), broken) == {"broken": f"{status.value.replace('_', ' ')}: it is so"}


def test_yellow_is_the_last_resort() -> None:
    yellow = candidate("yellow", 0.0001, status=Status.DEGRADED_PERFORMANCE, reason="it is slow")
    assert chosen(Question(), yellow, candidate("green")) == ["green", "yellow"]
    assert select(Question(), [yellow], {}).why == (
        "degraded performance: it is slow",
        "the only one: $0.00010 per successful call",
    )


def test_an_unknown_price_comes_last_and_never_under_a_limit() -> None:
    unknown = candidate("unknown", None)
    assert chosen(Question(), unknown, candidate("dear", 9.0)) == ["dear", "unknown"]
    assert refused(Question(max_usd=99.0), unknown) == {"unknown": "its price is not known"}
    assert select(Question(), [unknown], {}).why[-1] == "its price is not known"


def test_a_limit_is_of_a_call_that_succeeds() -> None:
    half = candidate("half", 0.002, success=uptime(1000, 500, 1000))
    assert refused(Question(max_usd=0.003), half) == {"half": "$0.0043 per successful call, more than $0.0030"}
    assert chosen(Question(max_usd=0.005), half) == ["half"]


def test_latency_is_preferred_where_asked_and_unknown_latency_comes_last() -> None:
    question = Question(preference=Preference.LATENCY)
    found = [candidate("a", 0.001), candidate("b", 9.0, first_ms=90), candidate("c", first_ms=None)]
    assert chosen(question, *found) == ["b", "a", "c"]
    assert select(question, found, {}).why[-1] == "fastest of 3: 90 ms to the first word"


def test_nothing_measured_is_no_proof_even_where_somebody_says_that_it_works() -> None:
    said = candidate("said", success=uptime(0, 0, 10))
    assert refused(Question(), said) == {"said": "nothing proven in 7 days: said works"}


def test_models_nobody_knows_are_named() -> None:
    assert refused(Question(keys=("nobody/x", "a")), candidate("a"), candidate("b")) == {"nobody/x": "unknown"}
    assert chosen(Question(keys=("nobody/x", "a")), candidate("a"), candidate("b")) == ["a"]


def test_an_operator_leads_elsewhere() -> None:
    led = candidate("a", 0.0001, sent_to="b")
    assert refused(Question(), led, candidate("b")) == {"a": "an operator names b instead"}
    assert chosen(Question(keys=("a",)), led, candidate("b"), candidate("c", 0.0001)) == ["b"]


def test_a_rollout_sends_some_users_there_and_keeps_others_away() -> None:
    dear, cheap = candidate("dear", 0.02), candidate("cheap")
    on, off = Rollout(flag="try-dear", on=True), Rollout(flag="try-dear", on=False)
    assert chosen(Question(), dear, cheap, dear=on) == ["dear", "cheap"]
    assert select(Question(), [dear, cheap], {"dear": on}).why[0] == "flag try-dear is on for this user"
    assert chosen(Question(), dear, cheap, dear=off) == ["cheap"]
    assert refused(Question(), dear, dear=off) == {"dear": "flag try-dear keeps it from this user"}
    slow = candidate("dear", status=Status.DEGRADED_PERFORMANCE)
    assert chosen(Question(), slow, cheap, dear=on) == ["cheap", "dear"]
    broken = candidate("dear", status=Status.MAJOR_OUTAGE)
    assert chosen(Question(), broken, cheap, dear=on) == ["cheap"]


def test_an_answer_is_valid_until_the_first_of_its_models_goes_stale() -> None:
    found = select(Question(), [candidate("a", good_until_ms=900), candidate("b", good_until_ms=700)], {})
    assert found.valid_until_ms == 700
    led = candidate("led", sent_to="a", sent_until_ms=800)
    assert select(Question(), [candidate("a", good_until_ms=900), led], {}).valid_until_ms == 800
    red = candidate("red", good_until_ms=10, status=Status.MAJOR_OUTAGE)
    assert select(Question(), [candidate("a", good_until_ms=900), red], {}).valid_until_ms == 900


@pytest.mark.parametrize("price", [-1.0, float("nan"), float("inf")])
def test_a_price_that_is_none_is_not_known(price: float) -> None:
    model = msgspec.structs.replace(world.model(1), price=PriceView(input=price, output=4.0))
    assert candidate_of(model).call_usd is None
    assert candidate_of(world.model(1)).call_usd == pytest.approx((1000 * 0.95 + 500 * 4.0) / 1e6)


def test_what_an_operator_names_instead_is_known_from_the_page() -> None:
    assert candidate_of(world.model(1)).sent_to is None
    led = msgspec.structs.replace(world.model(1), detour=Detour(key="a/b", text="cheaper", from_ms=0, until_ms=1))
    assert candidate_of(led).sent_to == "a/b"


KEYS = st.sampled_from(["a", "b", "c", "d", "e"])
PRICES = st.none() | st.floats(0, 1, allow_nan=False)
LIGHTS = st.none() | st.builds(light, st.just(9), st.integers(9, 60), st.sampled_from(["verified", "likely", "unproven"]))


@st.composite
def fleets(draw: st.DrawFn) -> list[Candidate]:
    keys = draw(st.lists(KEYS, unique=True, min_size=1))
    return [
        candidate(
            key,
            draw(PRICES),
            status=draw(st.sampled_from(Status)),
            success=uptime(judged := draw(st.integers(0, 300)), draw(st.integers(0, judged)), 300),
            tools=draw(LIGHTS),
            first_ms=draw(st.none() | st.integers(1, 5000)),
        )
        for key in keys
    ]


QUESTIONS = st.builds(
    Question,
    capability=st.sampled_from(Capability),
    preference=st.sampled_from(Preference),
    max_usd=st.none() | st.floats(0.001, 1),
)
ROLLOUTS = st.dictionaries(KEYS, st.builds(Rollout, flag=st.just("f"), on=st.booleans()), max_size=2)


def proven(each: Candidate, question: Question) -> bool:
    tools = question.capability is Capability.CHAT or (each.tools is not None and each.tools.state in ("verified", "likely"))
    return bool(each.success.low) and tools


@given(fleets(), QUESTIONS, ROLLOUTS)
def test_nothing_grey_red_or_retired_is_chosen_and_a_proven_green_goes_first(
    fleet: list[Candidate], question: Question, rollouts: dict[str, Rollout]
) -> None:
    found = select(question, fleet, rollouts)
    assert {each.key for each in found.ranked} | {each.model for each in found.rejected} == {each.key for each in fleet}
    assert all(each.status.level.value in ("green", "yellow") and proven(each, question) for each in found.ranked)
    assert bool(found.why) == bool(found.ranked)
    greens = [each for each in fleet if each.status is Status.OPERATIONAL and proven(each, question)]
    if greens and question.max_usd is None and all(each.on for each in rollouts.values()):
        assert found.ranked[0].status is Status.OPERATIONAL


@given(fleets(), QUESTIONS, ROLLOUTS, st.randoms())
def test_the_order_in_which_models_are_watched_changes_no_answer(
    fleet: list[Candidate], question: Question, rollouts: dict[str, Rollout], dice: object
) -> None:
    shuffled = list(fleet)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' random
    one, other = select(question, fleet, rollouts), select(question, shuffled, rollouts)
    assert (one.ranked, one.why, one.valid_until_ms) == (other.ranked, other.why, other.valid_until_ms)


@given(fleets(), QUESTIONS, st.floats(0, 1), st.data())
def test_a_lower_price_never_loses_a_model_its_place(
    fleet: list[Candidate], question: Question, share: float, data: st.DataObject
) -> None:
    before = [each.key for each in select(question, fleet, {}).ranked]
    if not before:
        return
    key = data.draw(st.sampled_from(before))
    cheaper = [
        msgspec.structs.replace(each, call_usd=each.call_usd * share) if each.key == key and each.call_usd is not None else each
        for each in fleet
    ]
    after = [each.key for each in select(question, cheaper, {}).ranked]
    assert after.index(key) <= before.index(key)
