"""The ledger: one set of functions behind every figure of uptime and latency."""

import math
from collections.abc import Iterable, Sequence
from datetime import tzinfo

import msgspec

from statuspage.domain.days import Day, last_days
from statuspage.domain.histogram import Histogram
from statuspage.domain.incident import Incident
from statuspage.domain.rollup import Bucket
from statuspage.domain.view import DayMinutes, DayView, LatencyPoint, LatencyView, UptimeView
from statuspage.domain.wilson import wilson
from statuspage.domain.words import Status

_MS_PER_MINUTE = 60_000


def uptime(judged: int, failed: int, due: int) -> UptimeView:
    """Successes over judged scheduled samples with their 95 % interval; everything is rounded down to 4 decimals.

    Coverage is judged over due, at most 1. Without a judged sample nothing is known.
    """
    whole = max(due, judged)
    coverage = floor4(judged, whole) if whole > 0 else 0.0
    if judged <= 0:
        return UptimeView(ratio=None, low=None, high=None, samples=0, coverage=coverage)
    low, high = wilson(judged - failed, judged)
    return UptimeView(
        ratio=floor4(judged - failed, judged),
        low=math.floor(low * 10_000) / 10_000,
        high=math.floor(high * 10_000) / 10_000,
        samples=judged,
        coverage=coverage,
    )


def floor4(part: int, whole: int) -> float:
    """A share rounded down to 4 decimals, exactly: 9,999 of 10,000 never becomes 1."""
    return part * 10_000 // whole / 10_000


def due(cadences: Sequence[tuple[int, float]], first_seen_ms: int, start_ms: int, end_ms: int) -> int:
    """Scheduled probes that were due between two moments, but not before the model was first seen.

    `cadences` are `(since_ms, interval_s)`, oldest first; the first also holds for the time before it.
    """
    begin_ms = max(start_ms, first_seen_ms)
    total = 0.0
    for index, (since_ms, interval_s) in enumerate(cadences):
        from_ms = begin_ms if index == 0 else max(begin_ms, since_ms)
        until_ms = min(end_ms, cadences[index + 1][0]) if index + 1 < len(cadences) else end_ms
        if until_ms > from_ms:
            total += (until_ms - from_ms) / (interval_s * 1000)
    return math.floor(total + 1e-9)


def window_uptime(
    buckets: Iterable[Bucket], start_ms: int, now_ms: int, cadences: Sequence[tuple[int, float]], first_seen_ms: int
) -> UptimeView:
    """The uptime of the buckets begun at or after `start_ms`.

    Each sample stands for the time until the next one was due: where the cadence changed within the window, samples of
    the slower era weigh more, and the interval is as wide as the effective number of samples makes it (Kish 1965).
    """
    within = [bucket for bucket in buckets if bucket.start_ms >= start_ms and bucket.judged]
    judged = sum(bucket.judged for bucket in within)
    failed = sum(bucket.failed for bucket in within)
    plain = uptime(judged, failed, due(cadences, first_seen_ms, start_ms, now_ms))
    weights = [_interval_ms(cadences, bucket.start_ms) for bucket in within] if len(cadences) > 1 else []
    if len(set(weights)) <= 1:
        return plain
    whole = sum(weight * bucket.judged for weight, bucket in zip(weights, within, strict=True))
    good = sum(weight * (bucket.judged - bucket.failed) for weight, bucket in zip(weights, within, strict=True))
    squares = sum(weight * weight * bucket.judged for weight, bucket in zip(weights, within, strict=True))
    effective = whole * whole / squares
    low, high = wilson(effective if good == whole else effective * good / whole, effective)
    return msgspec.structs.replace(
        plain, ratio=floor4(good, whole), low=math.floor(low * 10_000) / 10_000, high=math.floor(high * 10_000) / 10_000
    )


def _interval_ms(cadences: Sequence[tuple[int, float]], at_ms: int) -> int:
    """The interval in force at that moment; the first also holds for the time before it."""
    interval_s = cadences[0][1]
    for since_ms, later_s in cadences:
        if since_ms <= at_ms:
            interval_s = later_s
    return max(1, round(interval_s * 1000))


def day_views(
    key: str,
    buckets: Iterable[Bucket],
    incidents: Sequence[Incident],
    first_seen_ms: int,
    now_ms: int,
    zone: tzinfo,
    count: int = 90,
) -> tuple[DayView, ...]:
    """The last `count` local days of one model, oldest first, today last; days before it was first seen are left out."""
    by_start = {bucket.start_ms: bucket for bucket in buckets}
    its_own = [incident for incident in incidents if key in incident.models]
    return tuple(
        _day_view(day, by_start.get(day.start_ms), its_own, first_seen_ms, now_ms)
        for day in last_days(now_ms, zone, count)
        if day.end_ms > first_seen_ms
    )


def summed(buckets: Iterable[Bucket]) -> Bucket:
    """The latencies of all the buckets in one, for `latency` to be asked of."""
    first_content, total = Histogram(), Histogram()
    for bucket in buckets:
        first_content.merge(bucket.first_content_ms)
        total.merge(bucket.total_ms)
    return Bucket(start_ms=0, first_content_ms=first_content, total_ms=total)


def latency(buckets: Iterable[Bucket]) -> LatencyView | None:
    """Quantiles over all the buckets together, in milliseconds; None when nothing answered."""
    whole = summed(buckets)
    first_content, total = whole.first_content_ms, whole.total_ms
    if not first_content and not total:
        return None
    return LatencyView(
        first_content_p50=first_content.quantile(0.5),
        first_content_p95=first_content.quantile(0.95),
        total_p50=total.quantile(0.5),
    )


def latency_point(bucket: Bucket) -> LatencyPoint:
    """One bucket's quantiles in milliseconds; an hour or day without answers is a gap of None."""
    return LatencyPoint(
        at_ms=bucket.start_ms,
        first_content_p50=bucket.first_content_ms.quantile(0.5),
        first_content_p95=bucket.first_content_ms.quantile(0.95),
        total_p50=bucket.total_ms.quantile(0.5),
        total_p95=bucket.total_ms.quantile(0.95),
    )


def _day_view(day: Day, bucket: Bucket | None, incidents: Sequence[Incident], first_seen_ms: int, now_ms: int) -> DayView:
    ids = tuple(incident.id for incident in incidents if _touches(incident, day, now_ms)) if incidents else ()
    elapsed_ms = max(0, min(day.end_ms, now_ms) - day.start_ms)
    elapsed_minutes = elapsed_ms // _MS_PER_MINUTE
    if bucket is None:
        silent = DayMinutes(no_data=elapsed_minutes)
        return DayView(
            date=day.date,
            ratio=None,
            judged=0,
            failed=0,
            excluded=0,
            minutes=silent,
            elapsed_minutes=elapsed_minutes,
            incidents=ids,
        )
    unseen_ms = min(max(0, first_seen_ms - day.start_ms), elapsed_ms)
    return DayView(
        date=day.date,
        ratio=floor4(bucket.judged - bucket.failed, bucket.judged) if bucket.judged else None,
        judged=bucket.judged,
        failed=bucket.failed,
        excluded=bucket.excluded,
        minutes=_minutes(bucket, unseen_ms),
        elapsed_minutes=elapsed_minutes,
        incidents=ids,
    )


def _minutes(bucket: Bucket, unseen_ms: int) -> DayMinutes:
    """Whole minutes; an outage counts each minute begun, and what was before the model was first seen is no data."""
    spent = bucket.status_ms
    return DayMinutes(
        major_outage=-(-spent.get(Status.MAJOR_OUTAGE, 0) // _MS_PER_MINUTE),
        partial_outage=-(-spent.get(Status.PARTIAL_OUTAGE, 0) // _MS_PER_MINUTE),
        degraded_performance=-(-spent.get(Status.DEGRADED_PERFORMANCE, 0) // _MS_PER_MINUTE),
        under_maintenance=spent.get(Status.UNDER_MAINTENANCE, 0) // _MS_PER_MINUTE,
        no_data=(spent.get(Status.NO_DATA, 0) + unseen_ms) // _MS_PER_MINUTE,
    )


def _touches(incident: Incident, day: Day, now_ms: int) -> bool:
    end_ms = now_ms if incident.resolved_at_ms is None else incident.resolved_at_ms
    return incident.started_at_ms < day.end_ms and end_ms >= day.start_ms
