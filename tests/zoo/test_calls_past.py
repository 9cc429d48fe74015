"""The demo's program: a day of calls, the same for the same seed."""

from statuspage.domain.passive import OLDEST_MS
from statuspage.domain.words import Kind
from statuspage.zoo.calls_past import PROGRAM, calls_past
from statuspage.zoo.fleet import demo_models

NOW_MS = 1_795_000_000_000


def test_a_day_of_calls_is_made_up_alike_each_time() -> None:
    told = calls_past(demo_models(), NOW_MS, 7)
    assert told == calls_past(demo_models(), NOW_MS, 7)
    assert {each.sample.model for each in told} == {"moonshot/kimi-k3", "moonshot/kimi-k2.6"}
    assert {(each.sample.kind, each.line.who) for each in told} == {(Kind.PASSIVE, PROGRAM)}
    assert all(NOW_MS - OLDEST_MS < each.sample.at_ms <= NOW_MS for each in told)
    assert len({each.id for each in told}) == len(told)
    assert {"ok", "engine_overloaded", "rate_limited"} <= {each.sample.class_name for each in told}


def test_a_demo_without_these_models_has_no_such_calls() -> None:
    others = [model for model in demo_models() if model.provider != "moonshot"]
    assert calls_past(others, NOW_MS, 7) == ()
