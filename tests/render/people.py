"""Incidents and maintenance for tests of whatever tells of them; their words are hostile."""

import msgspec

from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.view import PageView
from tests.render.world import NOW_MS, page

HOUR_MS = 3_600_000
HOSTILE = "A <b>&\"'\x00\x0b ]]> \u202e name"


def update(number: int, status: str, body: str = "We look.", author: str | None = None, of: str = "inc1") -> IncidentUpdate:
    return IncidentUpdate(id=f"{of}-{number}", status=status, body=body, at_ms=NOW_MS - (9 - number) * HOUR_MS, author=author)


OPEN = Incident(
    id="inc1",
    title=HOSTILE,
    status="monitoring",
    impact="critical",
    models=("moonshot/kimi-k3",),
    started_at_ms=NOW_MS - 9 * HOUR_MS,
    detected_at_ms=NOW_MS - 8 * HOUR_MS,
    updates=(
        update(2, "monitoring", "**Better** <script>alert(1)</script> [x](javascript:y)", "Ada"),
        update(1, "investigating"),
    ),
)
LEARNT = Incident(
    id="inc2",
    title="Kimi was away",
    status="resolved",
    impact="minor",
    models=("moonshot/kimi-k2.6", "moonshot/kimi-k3"),
    started_at_ms=NOW_MS - 90 * HOUR_MS,
    detected_at_ms=NOW_MS - 89 * HOUR_MS,
    resolved_at_ms=NOW_MS - 80 * HOUR_MS,
    auto=False,
    updates=(update(3, "postmortem", of="inc2"), update(2, "resolved", of="inc2"), update(1, "investigating", of="inc2")),
)
NOW_ON = Maintenance(
    id="mnt1",
    title=f"Work on {HOSTILE}",
    status="in_progress",
    models=("moonshot/kimi-k3",),
    starts_at_ms=NOW_MS - HOUR_MS,
    ends_at_ms=NOW_MS + HOUR_MS,
    updates=(update(1, "scheduled", of="mnt1"),),
    written=(update(1, "scheduled", of="mnt1"),),
    lasts_ms=2 * HOUR_MS,
)
WEEKLY = Maintenance(
    id="mnt2",
    title="Every Tuesday",
    status="scheduled",
    models=("openrouter/z-ai/glm-5",),
    starts_at_ms=NOW_MS + 24 * HOUR_MS,
    ends_at_ms=NOW_MS + 25 * HOUR_MS,
    rrule="FREQ=WEEKLY;BYDAY=TU",
    zone="Europe/Berlin",
    updates=(update(1, "scheduled", of="mnt2"),),
    written=(update(1, "scheduled", of="mnt2"),),
    repeats_from_ms=NOW_MS + 24 * HOUR_MS,
    lasts_ms=HOUR_MS,
)
CALLED_OFF = msgspec.structs.replace(NOW_ON, id="mnt3", title="Called off", status="cancelled")
OVER = msgspec.structs.replace(
    NOW_ON, id="mnt4", title="Done", status="completed", starts_at_ms=NOW_MS - 9 * HOUR_MS, ends_at_ms=NOW_MS - 8 * HOUR_MS
)


def eventful(**changes: object) -> PageView:
    """The page of `world` with an open and a resolved incident, and maintenance in every state."""
    made = page()
    return msgspec.structs.replace(
        made,
        incidents=(OPEN, LEARNT),
        archive=(OPEN, LEARNT),
        maintenances=(NOW_ON, WEEKLY, OVER, CALLED_OFF),
        **changes,
    )
