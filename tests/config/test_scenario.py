"""Scenarios and policies are read past every mistake, each told in a sentence."""

from pathlib import Path

import pytest

from statuspage import paths
from statuspage.config.scenario import load_policy, load_scenario
from statuspage.domain.scenario import Scenario
from statuspage.domain.words import Fault


def read(folder: Path, text: str) -> Scenario:
    file = folder / "scenario.yml"
    file.write_text(text, encoding="utf-8")
    scenario, problems, _ = load_scenario(file)
    assert scenario is not None, problems
    return scenario


def wrong(folder: Path, text: str) -> list[str]:
    file = folder / "scenario.yml"
    file.write_text(text, encoding="utf-8")
    scenario, problems, _ = load_scenario(file)
    assert scenario is None
    return [f"{problem.path}: {problem.message}" for problem in problems]


def one_event(folder: Path, event: str) -> list[str]:
    return wrong(folder, f"models: 3\nevents:\n  - {{{event}}}\n")


def test_the_contract_s_example_is_read() -> None:
    scenario, problems, warnings = load_scenario(paths.STATIC.parent / "examples" / "scenarios" / "outages.yml")
    assert (problems, warnings) == ([], [])
    assert scenario is not None
    assert (scenario.seed, scenario.days, scenario.models, scenario.interval_s) == (7, 30, 20, 300)
    outage, quarter, cut, slow, account = scenario.events
    assert (outage.start_ms, outage.end_ms - outage.start_ms) == ((3 * 24 + 2) * 3_600_000, 45 * 60_000)
    assert (outage.models, outage.class_name, outage.fault) == (frozenset({0, 1}), "engine_overloaded", Fault.PROVIDER)
    assert quarter.failure_rate == 0.25
    assert (cut.cut, cut.fault, cut.excluded, len(cut.models)) == (True, Fault.MONITOR, True, 20)
    assert (slow.failure_rate, slow.latency_factor, slow.excluded) == (0, 6, False)
    assert (account.fault, account.excluded, len(account.models)) == (Fault.ACCOUNT, True, 20)


def test_everything_has_a_default(tmp_path: Path) -> None:
    scenario = read(tmp_path, "days: 1\nevents: [{at: 1h, for: 5m}, {at: 2h, for: 5m, fault: account}]\n")
    assert (scenario.models, scenario.interval_s, scenario.base_error_rate) == (20, 300, 0.005)
    assert [(event.class_name, event.failure_rate) for event in scenario.events] == [("server_error", 1), ("quota_exhausted", 1)]


def test_an_event_that_never_happens_is_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yml"
    file.write_text("days: 1\nevents: [{at: 1d, for: 5m}]\n", encoding="utf-8")
    _, problems, warnings = load_scenario(file)
    assert not problems
    assert "it never happens" in warnings[0].message


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("at: 1h", 'events[0]: the key "for" is missing'),
        ("at: soon, for: 1h", 'events[0].at: "soon" is not a duration'),
        ("at: 1h, for: 0s", 'events[0].for: "0s" is too short'),
        (
            "at: 1h, for: 1h, failure_rat: 1",
            'the key "failure_rat" is unknown here; did you mean "failure_rate"?',
        ),
        ("at: 1h, for: 1h, failure_rate: 1.5", 'events[0].failure_rate: "1.5" is too large'),
        ("at: 1h, for: 1h, models: [0, 3]", "events[0].models: there is no model 3"),
        ("at: 1h, for: 1h, models: []", "events[0].models: the list is empty"),
        ("at: 1h, for: 1h, models: al", 'events[0].models: "al" names no models; did you mean "all"?'),
        ("at: 1h, for: 1h, class: overloaded", 'events[0].class: "overloaded" is no class; did you mean "engine_overloaded"?'),
        ("at: 1h, for: 1h, class: slow", 'events[0].class: "slow" is no failure'),
        ("at: 1h, for: 1h, fault: vendor", 'events[0].fault: "vendor" is not one of the words known here'),
        ("at: 1h, for: 1h, fault: account, class: server_error", "the class server_error is fault provider, not account"),
        ("at: 1h, for: 1h, provider_account: true, class: server_error", "events[0].provider_account: the class server_error"),
    ],
)
def test_a_mistake_of_an_event_is_named(tmp_path: Path, event: str, said: str) -> None:
    told = one_event(tmp_path, event)
    assert len(told) == 1
    assert said in told[0]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    told = wrong(tmp_path, "seed: x\ndayz: 3\ninterval: 0.5s\nbase_error_rate: 2\n")
    assert [line.partition(":")[0] for line in told] == ["seed", "dayz", "base_error_rate", "interval"]


@pytest.mark.parametrize("text", ["", "- 1", "{"])
def test_what_is_no_mapping_is_told(tmp_path: Path, text: str) -> None:
    assert len(wrong(tmp_path, text)) == 1


def test_a_policy_is_pairs_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "policy.yml"
    file.write_text("window_partial: 4\nconfirm_spacing_s: 1m\n", encoding="utf-8")
    assert load_policy(str(file)) == ({"window_partial": 4, "confirm_spacing_s": 60.0}, [])
    assert load_policy("window_partial=4, confirm_spacing_s=1m") == ({"window_partial": 4, "confirm_spacing_s": 60.0}, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("window_partal=4", 'did you mean "window_partial"?'),
        ("window=0", "0 is too small: the default is 12"),
        ("window=much", '"much" is not a whole number'),
        ("recover_doubt=1", "a share is below 1"),
        ("interval_s=0.5", "the smallest interval is 1 s"),
        ("no-such-file.yml", "does not exist"),
    ],
)
def test_a_mistake_of_a_policy_is_named(text: str, said: str) -> None:
    values, problems = load_policy(text)
    assert values == {}
    assert said in problems[0].message
