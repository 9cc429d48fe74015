from statuspage.domain.plan import as_read
from statuspage.zoo.fleet import Part, demo_models
from statuspage.zoo.past import DAY_MS, HOUR_MS
from statuspage.zoo.written import demo_incidents, demo_plans

NOW_MS = 1_795_000_000_000


def test_the_demo_has_maintenance_to_come_under_way_and_over_for_days() -> None:
    for later_ms in (0, HOUR_MS, DAY_MS):
        told = [as_read(plan, plan.models, NOW_MS + later_ms) for plan in demo_plans(demo_models(), NOW_MS)]
        assert {each.status for each in told} == {"scheduled", "in_progress", "completed"}
        assert [each.rrule for each in told if each.status == "scheduled"] == ["FREQ=WEEKLY"]


def test_the_window_under_way_is_that_of_the_model_that_plays_it() -> None:
    fleet = demo_models()
    playing = next(model.key for model in fleet if model.part is Part.MAINTENANCE)
    under_way = [plan for plan in demo_plans(fleet, NOW_MS) if as_read(plan, (), NOW_MS).status == "in_progress"]
    assert [plan.models for plan in under_way] == [(playing,)]
    assert len(demo_plans(demo_models(1), NOW_MS)) == 2


def test_the_incident_that_a_person_wrote_has_a_postmortem() -> None:
    (told,) = demo_incidents(demo_models(), NOW_MS)
    assert not told.auto
    assert [update.status for update in told.updates] == ["postmortem", "resolved", "monitoring", "identified", "investigating"]
    assert told.updates[1].at_ms == told.resolved_at_ms
    assert all(update.at_ms < NOW_MS for update in told.updates)
