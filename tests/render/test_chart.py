"""Latency as drawings."""

import re
from collections.abc import Sequence

from statuspage.domain.view import LatencyPoint
from statuspage.render.chart import CHART_HEIGHT, CHART_WIDTH, Chart, Place, line_chart, sparkline
from tests.render import world

HOUR_MS = 3_600_000


def points(*values: int | None) -> list[LatencyPoint]:
    return [
        LatencyPoint(
            at_ms=world.NOW_MS - (len(values) - 1 - index) * HOUR_MS, first_content_p50=value,
            first_content_p95=None if value is None else value * 2, total_p50=value, total_p95=value,
        )
        for index, value in enumerate(values)
    ]  # fmt: skip


def latency_chart(points: Sequence[LatencyPoint]) -> Chart | None:
    """First content over the last 24 hours."""
    places = [Place(point.at_ms, point.first_content_p50, point.first_content_p95) for point in points]
    last_ms = points[-1].at_ms if points else 0
    return line_chart(places, last_ms - 23 * HOUR_MS, last_ms, HOUR_MS)


def test_nothing_measured_is_nothing_drawn() -> None:
    assert sparkline([]) == sparkline(points(None, None)) == ""
    assert latency_chart([]) is None
    assert latency_chart(points(None)) is None


def test_the_newest_hour_stands_at_the_right_edge() -> None:
    assert sparkline(points(500, 500)).startswith("M88 ")
    assert "L92 " in sparkline(points(500, 500))


def test_a_gap_stays_a_gap() -> None:
    assert sparkline(points(500, None, 500)).count("M") == 2
    chart = latency_chart(points(500, None, 500))
    assert chart is not None
    assert chart.median.count("M") == 2


def test_a_steady_model_draws_a_calm_line_though_its_figures_tremble() -> None:
    heights = [int(height) for height in re.findall(r"[ML]\d+ (\d+)", sparkline(points(500, 505, 498, 502)))]

    assert max(heights) - min(heights) <= 1


def test_the_scale_ends_above_the_highest_figure_in_four_round_steps() -> None:
    chart = latency_chart(points(400, 1050))

    assert chart is not None
    assert chart.y_ticks == (2400, 1800, 1200, 600, 0)


def test_the_axis_begins_and_ends_with_the_window() -> None:
    chart = line_chart([Place(0, 400), Place(HOUR_MS, 400)], 0, 4 * HOUR_MS, HOUR_MS)

    assert chart is not None
    assert chart.median == "M0 0l240 0"
    assert (chart.band, chart.high) == ("", "")


def test_a_day_of_25_hours_is_no_gap_and_an_hour_left_out_is_one() -> None:
    days = line_chart([Place(0, 400), Place(25 * HOUR_MS, 400)], 0, 48 * HOUR_MS, 24 * HOUR_MS)
    hours = line_chart([Place(0, 400), Place(2 * HOUR_MS, 400)], 0, 4 * HOUR_MS, HOUR_MS)

    assert days is not None
    assert hours is not None
    assert (days.median.count("M"), hours.median.count("M")) == (1, 2)


def test_the_lines_stay_in_the_box() -> None:
    for index in range(12):
        chart = latency_chart(world.model(index).hours)
        if chart is None:
            continue
        pairs = re.findall(r"(\d+) (-?\d+)", chart.band)
        assert all(0 <= int(x) <= CHART_WIDTH and 0 <= int(y) <= CHART_HEIGHT for x, y in pairs)
