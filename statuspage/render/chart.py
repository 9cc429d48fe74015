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
_LONGEST_STEP: Final = 1.05
"""A local day may be an hour longer than others."""


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


class Place(msgspec.Struct, frozen=True):
    """One figure at its time, and where there is one the higher figure that belongs to it; None is a gap."""

    at_ms: int
    figure: int | None
    high: int | None = None


class Chart(msgspec.Struct, frozen=True):
    """Path data in a box of 960 × 240 and the ticks beside it, top to bottom; `band` and `high` may be empty."""

    band: str
    median: str
    high: str
    y_ticks: tuple[int, ...]


def line_chart(places: Sequence[Place], first_ms: int, last_ms: int, step_ms: int) -> Chart | None:
    """Figures between two moments, one a step; None when there is none."""
    known = [value for place in places for value in (place.figure, place.high) if value is not None]
    if not known:
        return None
    top = nice_top(max(known))
    span = max(last_ms - first_ms, 1)
    runs: list[list[tuple[int, int, int]]] = []
    before_ms: int | None = None
    for place in places:
        if place.figure is None:
            before_ms = None
            continue
        x = round((place.at_ms - first_ms) / span * CHART_WIDTH)
        spot = (x, _y(place.figure, top), _y(place.figure if place.high is None else place.high, top))
        if before_ms is not None and place.at_ms - before_ms <= step_ms * _LONGEST_STEP:
            runs[-1].append(spot)
        else:
            runs.append([spot])
        before_ms = place.at_ms
    has_high = any(place.high is not None for place in places)
    return Chart(
        band="".join(_band(run) for run in runs if len(run) > 1) if has_high else "",
        median="".join(_line([(x, y) for x, y, _ in run]) for run in runs),
        high="".join(_line([(x, y) for x, _, y in run]) for run in runs) if has_high else "",
        y_ticks=tuple(round(top * step / _STEPS) for step in range(_STEPS, -1, -1)),
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
