from pathlib import Path

import pytest

from statuspage.config.load import load
from statuspage.domain.classes import CLASSES
from statuspage.domain.words import Fault
from statuspage.zoo.demo import LOOP_S, TIMEOUT_S, demo_interval_s, demo_keys, demo_script, write_demo
from statuspage.zoo.fleet import DEFAULT_SIZE, Part, demo_models
from statuspage.zoo.script import Event
from statuspage.zoo.zoo import Zoo
from tests.zoo.asking import chat
from tests.zoo.conftest import HandClock


@pytest.mark.parametrize("count", [1, 4, DEFAULT_SIZE, 57])
def test_it_writes_a_configuration_without_any_problem(tmp_path: Path, count: int) -> None:
    models = demo_models(count)
    path = write_demo(tmp_path / "demo", "http://127.0.0.1:8700", "http://127.0.0.1:8000", models, demo_interval_s(count))
    loaded = load(path, {})
    assert (loaded.problems, loaded.warnings) == ((), ())
    assert loaded.config is not None
    assert {model.key for model in loaded.config.models} == {model.key for model in models}
    assert all(provider.not_configured is None for provider in loaded.config.providers)
    assert {model.timeout_s for model in loaded.config.models} == {TIMEOUT_S}


def test_a_fleet_has_every_part_and_no_key_twice() -> None:
    models = demo_models()
    assert {model.part for model in models} == set(Part)
    for count in (1, 20, 21, 500):
        fleet = demo_models(count)
        keys = {model.key for model in fleet}
        assert len(keys) == len({model.slug for model in fleet}) == count
        assert all(model.fallback is None or model.fallback in keys for model in fleet)


@pytest.mark.parametrize("count", [0, -1, 10_001])
def test_it_refuses_a_senseless_size(count: int) -> None:
    with pytest.raises(ValueError, match="from 1 to"):
        demo_models(count)


def _faults_at(at_s: float) -> dict[str, Event]:
    """What each model meets at that moment, stray failures left out."""
    script = demo_script()
    events = {model.key: [event for _, event in script.going_on(model.key, at_s) if event.rate > 0.01] for model in demo_models()}
    return {key: met[0] for key, met in events.items() if met}


def _levels_at(at_s: float) -> set[str]:
    """The colours that so many seconds of story lead to."""
    levels = {"green"} if len(_faults_at(at_s)) < len(demo_models()) - 5 else set()
    for event in _faults_at(at_s).values():
        row = CLASSES[str(event.fault.row.class_name)]
        if row.name == "maintenance":
            levels.add("blue")
        elif row.fault in (Fault.ACCOUNT, Fault.MONITOR, Fault.CLIENT):
            levels.add("grey")
        else:
            levels.add("yellow" if row.yellow_at_most or event.rate < 0.6 else "red")
    return levels


def test_at_every_moment_something_is_green_yellow_red_and_blue() -> None:
    for at_s in range(5, int(LOOP_S), 5):
        assert {"green", "yellow", "red", "blue"} <= _levels_at(at_s), at_s


def test_most_of_the_fleet_is_well_at_every_moment() -> None:
    assert all(len(_faults_at(at_s)) <= len(demo_models()) // 2 for at_s in range(0, int(LOOP_S), 5))


async def test_the_zoo_plays_the_demo_as_the_models_parts_say(clock: HandClock) -> None:
    models = demo_models()
    keys = demo_keys(models)
    by_part = {model.part: model for model in models}
    async with Zoo(script=demo_script(models), clock=clock) as zoo:
        found = {}
        for part in (Part.DOWN, Part.BROKE, Part.RETIRED, Part.MAINTENANCE):
            model = by_part[part]
            found[part] = (await chat(zoo, model.provider, model.species.id, key=keys[model.provider])).text
    assert "server" in found[Part.DOWN].lower()
    assert "exceeded_current_quota_error" in found[Part.BROKE]
    assert "model_deprecated" in found[Part.RETIRED]
    assert "maintenance" in found[Part.MAINTENANCE]


def test_a_large_demo_stays_light() -> None:
    assert demo_interval_s(20) == 5
    assert 1000 / demo_interval_s(1000) <= 60
