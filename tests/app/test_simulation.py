"""A simulated run plays its script through the real flow, the same way every time."""

import msgspec

from statuspage.app.simulation import Run, simulate
from statuspage.domain.scenario import Happening, Scenario
from statuspage.domain.words import Fault, Status

MINUTE = 60_000
HOUR = 60 * MINUTE


def happening(start_ms: int, for_ms: int, model: int | None = 0, **more: object) -> Happening:
    """An event of one model, of all four for None."""
    said = {"failure_rate": 1.0, "class_name": "server_error", "fault": Fault.PROVIDER} | more
    models = frozenset(range(4)) if model is None else frozenset({model})
    return Happening(start_ms=start_ms, end_ms=start_ms + for_ms, models=models, **said)  # type: ignore[arg-type]


def run(*events: Happening, days: float = 0.5, **more: object) -> Run:
    said = {"seed": 3, "models": 4, "base_error_rate": 0.0} | more
    return simulate(Scenario(days=days, events=events, **said))  # type: ignore[arg-type]


def statuses(played: Run, model: int = 0) -> list[Status]:
    return [turn.status for turn in played.timelines[model]]


CUT = {"fault": Fault.MONITOR, "class_name": "connect_timeout", "cut": True}
ACCOUNT = {"fault": Fault.ACCOUNT, "class_name": "quota_exhausted"}


def test_a_quiet_world_is_green_and_asked_once_a_round() -> None:
    played = run()
    assert [statuses(played, model) for model in range(4)] == [[Status.NO_DATA, Status.OPERATIONAL]] * 4
    rounds = 4 * 12 * 12
    assert rounds <= played.scheduled <= rounds + 4
    assert (played.confirm, played.uptime_error_max, played.card.transitions_total) == (0, 0.0, 0)


def test_every_model_is_asked_within_half_a_minute_of_the_start() -> None:
    assert all(timeline[1].at_ms <= 32_000 for timeline in run(days=0.1).timelines)


def test_an_outage_is_red_for_its_model_alone() -> None:
    played = run(happening(2 * HOUR, 45 * MINUTE))
    assert statuses(played) == [Status.NO_DATA, Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.OPERATIONAL]
    assert statuses(played, 1) == [Status.NO_DATA, Status.OPERATIONAL]
    (score,) = played.card.events
    assert score.detected_after_s is not None
    assert score.detected_after_s < 480
    assert played.confirm > 0
    assert not any(played.card.false.values())


def test_a_cut_of_our_own_network_greys_everybody_and_blames_nobody() -> None:
    played = run(happening(2 * HOUR, HOUR, None, **CUT))
    for model in range(4):
        assert statuses(played, model) == [Status.NO_DATA, Status.OPERATIONAL, Status.NO_DATA, Status.OPERATIONAL]
    assert played.card.events[0].worst_status is Status.NO_DATA
    assert played.uptime_error_max is not None
    assert played.uptime_error_max < 0.01


def test_an_exhausted_quota_greys_everybody_and_costs_no_uptime() -> None:
    played = run(happening(2 * HOUR, HOUR, None, **ACCOUNT))
    assert statuses(played, 2) == [Status.NO_DATA, Status.OPERATIONAL, Status.NO_DATA, Status.OPERATIONAL]
    assert played.uptime_error_max == 0.0


def test_slow_answers_degrade_and_count_as_up() -> None:
    played = run(happening(8 * HOUR, 2 * HOUR, failure_rate=0.0, latency_factor=6.0), latency_sigma=0.2)
    assert statuses(played)[2] is Status.DEGRADED_PERFORMANCE
    assert played.uptime_error_max == 0.0


def test_answers_slower_than_the_deadline_are_failures() -> None:
    assert Status.MAJOR_OUTAGE in statuses(run(happening(2 * HOUR, HOUR, failure_rate=0.0, latency_factor=100.0)))


def test_the_same_seed_gives_the_same_run_and_another_one_another() -> None:
    def figures(seed: int) -> Run:
        played = run(happening(HOUR, 3 * HOUR, failure_rate=0.3), seed=seed, base_error_rate=0.02)
        return msgspec.structs.replace(played, wall_s=0.0)

    assert figures(1) == figures(1)
    assert figures(1).timelines != figures(2).timelines


def test_a_policy_is_followed() -> None:
    scenario = Scenario(days=1, models=4, base_error_rate=0.02)
    loose, strict = simulate(scenario), simulate(scenario, {"confirm_probes": 0})
    assert strict.confirm == 0
    assert strict.card.false[Status.MAJOR_OUTAGE] > loose.card.false[Status.MAJOR_OUTAGE]
    assert simulate(scenario, {"interval_s": 900}).scheduled < loose.scheduled / 2


def test_the_uptime_shown_is_what_the_script_lets_pass() -> None:
    played = run(happening(2 * HOUR, 12 * HOUR), days=2)
    assert played.uptime_error_max is not None
    assert played.uptime_error_max < 1.5 / (2 * 288)
