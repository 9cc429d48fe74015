"""Latency as drawings: a sparkline for a row, a chart for a page. Pure geometry, painted by the stylesheet."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from statuspage.domain.view import LatencyPoint

SPARK_WIDTH: Final = 92
SPARK_HEIGHT: Final = 20
CHART_WIDTH: Final = 960
CHART_HEIGHT: Final = 240
_HOUR_MS: Final = 3_600_000
_HOURS: Final = 24
_STEPS: Final = 4


def sparkline(points: Sequence[LatencyPoint]) -> str:
    """Median time to first content of the last 24 hours, as path data in a box of 92 × 20; empty when there is none."""
    known = [point.first_content_p50 for point in points if point.first_content_p50 is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    high = max(high, low * 2, 1)
    end_ms = points[-1].at_ms
    text: list[str] = []
    before: int | None = None
    for point in points:
        value = point.first_content_p50
        hour = _HOURS - 1 - (end_ms - point.at_ms) // _HOUR_MS
        if value is None or hour < 0:
            before = None
            continue
        x, y = hour * 4, round(SPARK_HEIGHT - 2 - (value - low) / (high - low) * (SPARK_HEIGHT - 4))
        text.append(f"L{x} {y}" if before == hour - 1 else f"M{x} {y}h0")
        before = hour
    return "".join(text)


class Chart(msgspec.Struct, frozen=True):
    """Path data in a box of 960 × 240 and the ticks beside it, top to bottom and left to right."""

    band: str
    median: str
    high: str
    y_ticks_ms: tuple[int, ...]
    x_ticks_ms: tuple[int, ...]


def latency_chart(points: Sequence[LatencyPoint], step_ms: int = _HOUR_MS) -> Chart | None:
    """Time to first content, p50 and p95, one point a step; None when nothing was measured."""
    known = [value for point in points for value in (point.first_content_p50, point.first_content_p95) if value is not None]
    if not known:
        return None
    top = nice_top(max(known))
    last_ms = points[-1].at_ms
    first_ms = min(points[0].at_ms, last_ms - _HOURS * step_ms)
    span = last_ms - first_ms
    runs: list[list[tuple[int, int, int]]] = []
    before_ms: int | None = None
    for point in points:
        p50, p95 = point.first_content_p50, point.first_content_p95
        if p50 is None:
            before_ms = None
            continue
        x = round((point.at_ms - first_ms) / span * CHART_WIDTH)
        place = (x, _y(p50, top), _y(p95 if p95 is not None else p50, top))
        if before_ms is not None and point.at_ms - before_ms <= step_ms:
            runs[-1].append(place)
        else:
            runs.append([place])
        before_ms = point.at_ms
    return Chart(
        band="".join(_band(run) for run in runs if len(run) > 1),
        median="".join(_line([(x, y) for x, y, _ in run]) for run in runs),
        high="".join(_line([(x, y) for x, _, y in run]) for run in runs),
        y_ticks_ms=tuple(round(top * step / _STEPS) for step in range(_STEPS, -1, -1)),
        x_ticks_ms=tuple(first_ms + span * step // _STEPS for step in range(_STEPS + 1)),
    )


def _y(value: int, top: int) -> int:
    return round(CHART_HEIGHT * (1 - value / top))


def _line(places: Sequence[tuple[int, int]]) -> str:
    (x, y), *rest = places
    if not rest:
        return f"M{x} {y}h0"
    return f"M{x} {y}" + "".join(f"l{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(places))


def _band(run: Sequence[tuple[int, int, int]]) -> str:
    upper = " ".join(f"{x} {high}" for x, _, high in run)
    lower = " ".join(f"{x} {low}" for x, low, _ in reversed(run))
    return f"M{upper} {lower}z"


def nice_top(value: int) -> int:
    """The nearest figure above that divides into four round steps: 120, 160, 200, 240, 320, 400, … times a power of ten."""
    power: int = 10 ** max(1, math.floor(math.log10(max(value, 1))) - 1)
    return next(power * factor for factor in (10, 12, 16, 20, 24, 32, 40, 60, 80, 100) if power * factor >= value)
