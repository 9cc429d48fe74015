import pytest

from statuspage.zoo.script import Script, ScriptError, read_script, strikes
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import chat
from tests.zoo.conftest import HandClock

_EVENTS = [
    {"at": "10s", "for": "20s", "models": ["moonshot/kimi-k3"], "row": 21},
    {"at": "1m", "models": "all", "row": "server_error"},
]


async def _status(zoo: Zoo, model: str = "kimi-k3") -> int:
    return (await chat(zoo, "moonshot", model, max_tokens=16)).status


async def test_it_tells_its_story_by_the_clock(clock: HandClock) -> None:
    async with Zoo(script=read_script(_EVENTS), clock=clock) as zoo:
        seen = []
        for _ in range(5):
            seen.append((clock.elapsed_s, await _status(zoo), await _status(zoo, "kimi-k2.6")))
            clock.advance(15)
    assert seen == [(0, 200, 200), (15, 429, 200), (30, 200, 200), (45, 200, 200), (60, 500, 500)]


async def test_it_begins_again_after_a_loop(clock: HandClock) -> None:
    script = read_script({"loop": "1m", "events": [{"at": "0s", "for": "10s", "models": "all", "row": 55}]})
    async with Zoo(script=script, clock=clock) as zoo:
        seen = []
        for _ in range(4):
            seen.append(await _status(zoo))
            clock.advance(30)
    assert seen == [500, 200, 500, 200]


def _drawn(script: Script, seed: int) -> list[bool]:
    event = script.events[0]
    return [strikes(event.rate, seed, 0, "moonshot/kimi-k3", request) for request in range(2_000)]


def test_it_draws_the_same_for_the_same_seed_and_about_the_rate() -> None:
    script = read_script([{"row": 55, "rate": 0.3}])
    first = _drawn(script, 1)
    assert first == _drawn(script, 1)
    assert first != _drawn(script, 2)
    assert 0.26 < sum(first) / len(first) < 0.34


def test_a_rate_of_nothing_never_strikes_and_of_one_always() -> None:
    assert not any(_drawn(read_script([{"row": 55, "rate": 0}]), 1))
    assert all(_drawn(read_script([{"row": 55}]), 1))


async def test_events_before_others_go_first(clock: HandClock) -> None:
    events: list[dict[str, object]] = [{"row": 21, "rate": 0.5, "models": "all"}, {"row": 56, "models": "all"}]
    async with Zoo(script=read_script(events), clock=clock, seed=3) as zoo:
        assert {await _status(zoo) for _ in range(12)} == {429, 502}


def test_it_takes_its_seed_from_the_script_unless_told_otherwise() -> None:
    assert read_script({"seed": 9, "events": []}).seed == 9


def test_it_names_every_mistake_at_once() -> None:
    document = {
        "sed": 1,
        "loop": "0s",
        "events": [
            {"row": "engine_overload", "at": "5", "rate": 2},
            {"models": 7, "fors": "1m"},
            "nonsense",
            {"row": 55, "for": 90},
        ],
    }
    with pytest.raises(ScriptError) as caught:
        read_script(document)
    assert caught.value.problems == [
        "sed: unknown key, did you mean `seed`?",
        "loop: must be longer than nothing",
        "events[0].row: the zoo knows no failure row 'engine_overload'; the nearest is 'engine_overloaded'",
        "events[0].at: '5' is not a duration: write a number and a unit of ms, s, m, h, d, for example 1h30m",
        "events[0].rate: must be a number from 0 to 1",
        "events[1].fors: unknown key, did you mean `for`?",
        "events[1].row: is needed: a row's number or a class name",
        "events[1].models: must be `all` or a list of `prefix/model-id` patterns",
        "events[2]: an event is a mapping with at, for, models, row and rate",
        "events[3].for: must be a duration such as 90s or 1h30m",
    ]


@pytest.mark.parametrize("document", [None, 3, "x", {}, {"events": {}}])
def test_it_refuses_what_is_no_script(document: object) -> None:
    with pytest.raises(ScriptError):
        read_script(document)
