"""One entry as readers may see it."""

import math
from collections.abc import Sequence
from datetime import tzinfo

import msgspec

from statuspage.domain.days import window_start_ms
from statuspage.domain.incident import Incident
from statuspage.domain.opinion import official_view
from statuspage.domain.passive import programs_view
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.series import outcome_point
from statuspage.domain.speech import decided_by, label, reason
from statuspage.domain.uptime import day_views, latency, latency_point, window_uptime
from statuspage.domain.view import WINDOWS, ModelView, UptimeView
from statuspage.domain.watching import watching
from statuspage.domain.words import Fault, Judgement, Status
from statuspage.service.entry import Entry
from statuspage.service.prices import price_of

_COUNTED_IN_HOURS = ("24h", "7d")
_THEIRS = (Fault.PROVIDER, Fault.ROUTER)


def model_view(
    entry: Entry, fallbacks: Sequence[Entry], incidents: Sequence[Incident], site_url: str, zone: tzinfo, now_ms: int
) -> ModelView:
    """The view of a model; its figures end where anything about it last changed, so that they do not tick."""
    model = entry.model
    as_of_ms = entry.changed_at_ms
    told = entry.reading(now_ms)
    hours = _with(entry.history.hours, entry.hour)
    days = _with(entry.history.days, entry.day)
    since_ms = window_start_ms("24h", as_of_ms, zone)
    retired = told.status is Status.RETIRED
    last_day = [] if retired else [bucket for bucket in hours if bucket.start_ms >= since_ms]
    lifecycle = entry.lifecycle
    return ModelView(
        key=entry.key,
        slug=entry.slug,
        name=model.name,
        provider=model.provider,
        url=f"{site_url}/models/{entry.slug}",
        status=told.status,
        label=label(told),
        reason=reason(model.name, told),
        class_name=told.class_name,
        fault=told.fault,
        since_ms=told.since_ms,
        checked_at_ms=told.checked_at_ms,
        max_stale_seconds=math.ceil(model.max_stale_s),
        interval_seconds=model.interval_s,
        uptime={window: _uptime(entry, window, hours, days, zone) for window in WINDOWS},
        latency=latency(last_day),
        latency_by_window=entry.history.latencies,
        price=price_of(entry),
        use_instead=None if told.status is Status.OPERATIONAL else _use_instead(fallbacks, now_ms),
        retires_on=None if lifecycle is None else lifecycle.retires_on,
        days=day_views(entry.key, days, incidents, entry.first_seen_ms, as_of_ms, zone),
        hours=tuple(latency_point(bucket) for bucket in last_day),
        outcomes=tuple(outcome_point(bucket) for bucket in last_day),
        evidence=tuple(_public(sample) for sample in reversed(entry.evidence)),
        decided_by=decided_by(told),
        reading=told,
        first_seen_ms=entry.first_seen_ms,
        first_key=model.aliases[0] if model.aliases else None,
        tools=entry.tools,
        lifecycle=lifecycle,
        watching=watching(entry.month, model.interval_s, entry.first_seen_ms, as_of_ms),
        programs=programs_view(entry.told, as_of_ms),
        official=official_view(entry.official, told, as_of_ms, now_ms),
    )


def _uptime(entry: Entry, window: str, hours: Sequence[Bucket], days: Sequence[Bucket], zone: tzinfo) -> UptimeView:
    buckets = hours if window in _COUNTED_IN_HOURS else days
    end_ms = entry.figures_end_ms
    return window_uptime(buckets, window_start_ms(window, end_ms, zone), end_ms, entry.cadences, entry.first_seen_ms)


def _public(sample: Sample) -> Sample:
    """What readers may see of a sample: what concerns our account, our settings or ourselves stays in class words."""
    if sample.judgement is Judgement.EXCLUDED and sample.fault not in _THEIRS:
        return msgspec.structs.replace(sample, message=None, advice=None, evidence=None)
    return sample


def _use_instead(fallbacks: Sequence[Entry], now_ms: int) -> str | None:
    """The first fallback that is known to work."""
    for other in fallbacks:
        if other.reading(now_ms).status is Status.OPERATIONAL:
            return other.key
    return None


def _with(completed: Sequence[Bucket], running: Bucket | None) -> list[Bucket]:
    """The completed buckets and the running one, which storage may know already."""
    if running is None:
        return list(completed)
    return [*(bucket for bucket in completed if bucket.start_ms < running.start_ms), running]
