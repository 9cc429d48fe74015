"""What people wrote in the demo's past: maintenance before, during and after, and an incident with its postmortem."""

from collections.abc import Sequence

from statuspage.domain.incident import Affected, Incident, IncidentUpdate
from statuspage.domain.plan import Plan
from statuspage.zoo.fleet import DemoModel, Part
from statuspage.zoo.past import DAY_MS, HOUR_MS, MINUTE_MS

_AUTHOR = "demo operator"


def demo_plans(models: Sequence[DemoModel], now_ms: int) -> tuple[Plan, ...]:
    """One that repeats every week, one that is over, and one under way where the fleet has a model for it."""
    first = models[0]
    hour_ms = now_ms // HOUR_MS * HOUR_MS
    weekly = _plan(
        "demo-weekly",
        f"Weekly upgrade of {first.name}",
        "Requests may be refused for a few seconds. *Nothing to do for you.*",
        now_ms - 20 * DAY_MS,
        (hour_ms + 2 * DAY_MS, hour_ms + 2 * DAY_MS + HOUR_MS),
        (first.key,),
        rrule="FREQ=WEEKLY",
    )
    over = _plan(
        "demo-over",
        "New certificates",
        "The certificates of the vendor's gateway are replaced.",
        now_ms - 9 * DAY_MS,
        (hour_ms - 6 * DAY_MS, hour_ms - 6 * DAY_MS + HOUR_MS),
        (first.key,),
    )
    under_way = [
        _plan(
            f"demo-now-{number}",
            f"Hardware under {model.name} is replaced",
            "The model does not answer meanwhile. Use **what the page names instead**.",
            now_ms - 2 * DAY_MS,
            (now_ms - 25 * MINUTE_MS, hour_ms + 3 * DAY_MS),
            (model.key,),
        )
        for number, model in enumerate(each for each in models if each.part is Part.MAINTENANCE)
    ]
    return (weekly, over, *under_way)


def demo_incidents(models: Sequence[DemoModel], now_ms: int) -> tuple[Incident, ...]:
    """One that a person opened, ended and wrote a postmortem of."""
    model = models[0]
    began_ms = now_ms - 4 * DAY_MS - 5 * HOUR_MS
    learnt = "A limit of *8,000* tokens held for a day:\n\n- a reader found it, not we;\n- we now send a long prompt, too."
    told = (
        (0, "investigating", f"Long prompts to {model.name} are cut off. Short ones are **not** affected."),
        (18, "identified", "The vendor confirms a limit that was set too low by mistake."),
        (64, "monitoring", "The limit is raised again; we watch."),
        (95, "resolved", "Long prompts have been whole for half an hour."),
        (2900, "postmortem", learnt),
    )
    updates = [
        IncidentUpdate(id=f"demo-told-{number}", status=status, body=body, at_ms=began_ms + minutes * MINUTE_MS, author=_AUTHOR)
        for number, (minutes, status, body) in enumerate(told)
    ]
    resolved_ms = updates[3].at_ms
    return (
        Incident(
            id="demo-told",
            title=f"{model.name}: long prompts are cut off",
            status="resolved",
            impact="minor",
            models=(model.key,),
            started_at_ms=began_ms - 40 * MINUTE_MS,
            detected_at_ms=began_ms,
            resolved_at_ms=resolved_ms,
            auto=False,
            updates=tuple(reversed(updates)),
            affected=(Affected(key=model.key, impact="minor", since_ms=began_ms - 40 * MINUTE_MS, until_ms=resolved_ms),),
        ),
    )


def _plan(
    plan_id: str, title: str, message: str, told_ms: int, window: tuple[int, int], keys: tuple[str, ...], rrule: str | None = None
) -> Plan:
    said = IncidentUpdate(id=f"{plan_id}-said", status="scheduled", body=message, at_ms=told_ms, author=_AUTHOR)
    return Plan(
        id=plan_id,
        title=title,
        starts_at_ms=window[0],
        ends_at_ms=window[1],
        rrule=rrule,
        models=keys,
        updates=(said,),
        author=_AUTHOR,
    )
