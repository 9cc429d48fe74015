"""What people are told of maintenance: that it is announced, that a window begins, that it is over."""

from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain import incident_words as words
from statuspage.domain.alerting import notice_id
from statuspage.domain.notice import (
    MAINTENANCE_COMPLETED,
    MAINTENANCE_SCHEDULED,
    MAINTENANCE_STARTED,
    Audience,
    Notice,
    Severity,
)
from statuspage.domain.plan import Plan, Window, as_read, last_window, window_at
from statuspage.render.documents import dump
from statuspage.render.people_documents import maintenance_object, maintenance_url
from statuspage.service.fleet import Fleet

_TITLES: Final = {
    MAINTENANCE_SCHEDULED: words.ANNOUNCED,
    MAINTENANCE_STARTED: words.HAS_BEGUN,
    MAINTENANCE_COMPLETED: words.IS_OVER,
}
_TOLD_FOR_MS: Final = 3_600_000
"""A window that was over before, while nobody looked, is not told of any more."""


def maintenance_notice(plan: Plan, kind: str, window: Window, fleet: Fleet, site_url: str, now_ms: int) -> Notice:
    """One thing to tell of a window; its id is the same whoever writes it."""
    keys = [key for key, provider in fleet.providers.items() if plan.covers(key, provider)]
    told = as_read(plan, [key for key in keys if key in fleet.public], now_ms)
    whole_page = not (plan.models or plan.providers)
    title = words.CANCELLED if kind == MAINTENANCE_COMPLETED and plan.cancelled_at_ms is not None else _TITLES[kind]
    return Notice(
        id=notice_id("maintenance", plan.id, kind, window.start_ms),
        kind=kind,
        at_ms=now_ms,
        audience=Audience.OPERATOR if fleet.hidden(keys) else Audience.PUBLIC,
        severity=Severity.SUCCESS if kind == MAINTENANCE_COMPLETED else Severity.INFO,
        subject=plan.id,
        title=title.format(title=plan.title),
        body=told.updates[0].body if told.updates else "",
        group=fleet.group(keys),
        auto=False,
        models=() if whole_page else tuple(keys),
        url=maintenance_url(plan.id, site_url),
        data=msgspec.Raw(dump(maintenance_object(told, site_url))),
    )


def window_notices(plans: Sequence[Plan], fleet: Fleet, site_url: str, now_ms: int) -> list[Notice]:
    """What the clock has brought by now: the windows under way, and those that were over lately."""
    found = []
    for plan in plans:
        going_on = window_at(plan, now_ms)
        if going_on is not None:
            found.append(maintenance_notice(plan, MAINTENANCE_STARTED, going_on, fleet, site_url, now_ms))
        over = last_window(plan, now_ms)
        if over is not None and now_ms - over.end_ms <= _TOLD_FOR_MS:
            found.append(maintenance_notice(plan, MAINTENANCE_COMPLETED, over, fleet, site_url, now_ms))
    return found
