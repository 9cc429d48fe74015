"""What the completed hours and days of one model say, read once an hour."""

from collections.abc import Sequence

import msgspec

from statuspage.domain.days import MS_PER_HOUR
from statuspage.domain.histogram import Histogram
from statuspage.domain.ports import Past
from statuspage.domain.rollup import Bucket
from statuspage.domain.uptime import latency, summed
from statuspage.domain.view import LatencyView

HOURS_KEPT = 24 * 7
"""The longest window that is counted in hours."""
DAYS_KEPT = 91
"""Ninety bars; one more where the site's day begins before UTC's."""
_WITH_LATENCIES = 24
_WINDOW_DAYS = {"7d": 7, "30d": 30, "90d": 90}
_NOTHING = Histogram()


class History(msgspec.Struct, frozen=True, kw_only=True):
    """Hours and days oldest first; only the last 24 hours keep their latencies, the rest is summed up in `latencies`."""

    hours: tuple[Bucket, ...] = ()
    days: tuple[Bucket, ...] = ()
    latencies: dict[str, LatencyView] = {}


def since_ms(now_ms: int) -> tuple[int, int]:
    """From when on hours and days are needed (UTC milliseconds)."""
    return now_ms - HOURS_KEPT * MS_PER_HOUR, now_ms - DAYS_KEPT * 24 * MS_PER_HOUR


def summed_up(past: Past, now_ms: int, retired_at_ms: int | None = None) -> History:
    """The history without what no document needs: 50 models' 90 days stay within a few megabytes.

    Of a model retired at `retired_at_ms` the hours since then are left out.
    """
    last_ms = now_ms if retired_at_ms is None else retired_at_ms
    detailed_from_ms = now_ms - (_WITH_LATENCIES + 1) * MS_PER_HOUR
    return History(
        hours=tuple(
            bucket if bucket.start_ms >= detailed_from_ms else _counts_of(bucket)
            for bucket in past.hours
            if bucket.start_ms <= last_ms
        ),
        days=tuple(_counts_of(bucket) for bucket in past.days),
        latencies=_latencies(past.days),
    )


def _latencies(days: Sequence[Bucket]) -> dict[str, LatencyView]:
    """Latencies of the windows that reach beyond the hours kept, each over whole days; a day is read once for all of them."""
    together: tuple[Bucket, ...] = ()
    views: dict[str, LatencyView] = {}
    read = 0
    for window, count in _WINDOW_DAYS.items():
        more = days[max(0, len(days) - count) : len(days) - read]
        read += len(more)
        together = (summed((*together, *more)),)
        view = latency(together)
        if view is not None:
            views[window] = view
    return views


def _counts_of(bucket: Bucket) -> Bucket:
    return msgspec.structs.replace(bucket, first_content_ms=_NOTHING, total_ms=_NOTHING)
