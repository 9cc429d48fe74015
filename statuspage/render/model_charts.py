"""The charts of a model's page over one window, each with its figures as a table."""

from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.series import DAY_MS, Series
from statuspage.domain.view import LatencyPoint, ModelView, OutcomePoint
from statuspage.render.chart import Chart, Place, line_chart
from statuspage.render.stack import Stack, stack


class ChartRow(msgspec.Struct, frozen=True):
    """One step of the window for the table: milliseconds, tokens a second, counts by class."""

    at_ms: int
    first_p50: int | None
    first_p95: int | None
    total_p50: int | None
    total_p95: int | None
    tokens_s: float | None
    outcomes: tuple[tuple[str, int], ...]


class Charts(msgspec.Struct, frozen=True):
    """Everything the section shows; a chart is None where nothing was measured."""

    window: str
    daily: bool
    first: Chart | None
    total: Chart | None
    speed: Chart | None
    classes: Stack | None
    measured: bool
    x_ticks_ms: tuple[int, ...]
    rows: tuple[ChartRow, ...]
    """Newest first."""


_TICKS: Final = 4


def charts(told: Series) -> Charts:
    """Draws one window; all its charts share the scale of time."""
    starts = [*(point.at_ms for point in told.points), *(point.at_ms for point in told.outcomes)]
    last_ms = max(starts, default=0)
    span_ms = (told.steps - 1) * told.step_ms
    first_ms = last_ms - span_ms
    placed = [point for point in told.points if point.at_ms >= first_ms]
    speeds = [Place(point.at_ms, None if point.tokens_s is None else round(point.tokens_s)) for point in told.speeds]

    def drawn(places: Sequence[Place]) -> Chart | None:
        return line_chart(places, first_ms, last_ms, told.step_ms)

    return Charts(
        window=told.window,
        daily=told.step_ms == DAY_MS,
        first=drawn([Place(point.at_ms, point.first_content_p50, point.first_content_p95) for point in placed]),
        total=drawn([Place(point.at_ms, point.total_p50, point.total_p95) for point in placed]),
        speed=drawn([place for place in speeds if first_ms <= place.at_ms <= last_ms]),
        classes=stack(told.outcomes, first_ms, told.step_ms, told.steps),
        measured=any(point.judged for point in told.outcomes) or any(point.total_p50 is not None for point in placed),
        x_ticks_ms=tuple(first_ms + span_ms * step // _TICKS for step in range(_TICKS + 1)),
        rows=_rows(told),
    )


def of_the_day(model: ModelView) -> Series:
    """The last 24 hours as the view itself knows them."""
    return Series(window="24h", points=model.hours, outcomes=model.outcomes)


def _rows(told: Series) -> tuple[ChartRow, ...]:
    points: dict[int, LatencyPoint] = {point.at_ms: point for point in told.points}
    outcomes: dict[int, OutcomePoint] = {point.at_ms: point for point in told.outcomes}
    speeds = {point.at_ms: point.tokens_s for point in told.speeds}
    return tuple(
        _row(at_ms, points.get(at_ms), outcomes.get(at_ms), speeds.get(at_ms))
        for at_ms in sorted({*points, *outcomes}, reverse=True)
    )


def _row(at_ms: int, point: LatencyPoint | None, outcome: OutcomePoint | None, tokens_s: float | None) -> ChartRow:
    point = point or LatencyPoint(at_ms=at_ms, first_content_p50=None, first_content_p95=None, total_p50=None, total_p95=None)
    found = {} if outcome is None else outcome.classes
    return ChartRow(
        at_ms,
        point.first_content_p50,
        point.first_content_p95,
        point.total_p50,
        point.total_p95,
        tokens_s,
        tuple(sorted(found.items(), key=lambda item: (-item[1], item[0]))),
    )
