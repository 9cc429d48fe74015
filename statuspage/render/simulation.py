"""A simulated run as a drawing: one lane a model, what was shown of it over time, and what the script did above it."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from statuspage.domain.scenario import MS_PER_DAY, Happening, Scenario
from statuspage.domain.scorecard import Scorecard, Timeline, Turn
from statuspage.domain.words import Level, Status

_LEFT: Final = 90
_WIDTH: Final = 960
_TOP: Final = 64
_LANE: Final = 16
_BAR: Final = 8
_LEAST: Final = 1.5
"""Nothing that was shown is too short to be seen."""
_MS_PER_HOUR: Final = 3_600_000
_TICKS: Final = 10
_INK: Final = "#1f2328"
_QUIET: Final = "#59636e"
_COLOURS: Final = {
    Level.GREEN: "#d3f0da",
    Level.YELLOW: "#d4a72c",
    Level.RED: "#cf222e",
    Level.BLUE: "#0969da",
    Level.GREY: "#8c959f",
}


def simulation_svg(scenario: Scenario, timelines: Sequence[Timeline], card: Scorecard, title: str) -> str:
    """The whole run; a thin line above a lane is an event of the script, grey where ours, black where the vendor's."""
    height = _TOP + _LANE * len(timelines) + 36
    alarms = ", ".join(f"{count} {status.value}" for status, count in card.false.items())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 20}" height="{height}" '
        f'viewBox="0 0 {_LEFT + _WIDTH + 20} {height}" font-family="system-ui, sans-serif" font-size="11" fill="{_INK}" '
        f'role="img" aria-label="{escape(title)}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="12" y="24" font-size="15">{escape(title)}</text>',
        f'<text x="12" y="42" fill="{_QUIET}">line: what the script did (grey: our own fault); bar: what was shown. '
        f"False alarms: {escape(alarms)}.</text>",
    ]
    for model, timeline in enumerate(timelines):
        y = _TOP + model * _LANE
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end" fill="{_QUIET}">model {model}</text>')
        parts += _bars(timeline, y + 4, scenario.end_ms)
        parts += (_event(event, y + 1, scenario.end_ms) for event in scenario.events if model in event.models)
    parts += _axis(_TOP + _LANE * len(timelines), scenario)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bars(timeline: Timeline, y: float, end_ms: int) -> Iterator[str]:
    """Green is one bar below; everything else is drawn over it."""
    yield f'<rect x="{_LEFT}" y="{y}" width="{_WIDTH}" height="{_BAR}" fill="{_COLOURS[Level.GREEN]}"/>'
    for turn, after in pairwise([*timeline, Turn(end_ms, Status.OPERATIONAL)]):
        if turn.status is Status.OPERATIONAL or turn.at_ms >= end_ms:
            continue
        x = _x(turn.at_ms, end_ms)
        width = max(_LEAST, _x(after.at_ms, end_ms) - x)
        colour = _COLOURS[turn.status.level]
        box = f'x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}"'
        yield f'<rect {box} fill="{colour}"><title>{turn.status.value}</title></rect>'


def _event(event: Happening, y: float, end_ms: int) -> str:
    x = _x(min(event.start_ms, end_ms), end_ms)
    width = max(_LEAST, _x(min(event.end_ms, end_ms), end_ms) - x)
    colour = _COLOURS[Level.GREY] if event.ours else _INK
    return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="2" fill="{colour}"/>'


def _axis(y: float, scenario: Scenario) -> Iterator[str]:
    """Days, or hours where the run is short."""
    unit_ms, word = (MS_PER_DAY, "day") if scenario.days > 2 else (_MS_PER_HOUR, "hour")
    units = scenario.end_ms // unit_ms
    step = max(1, -(-units // _TICKS))
    for unit in range(0, units + 1, step):
        x = _x(unit * unit_ms, scenario.end_ms)
        yield f'<path d="M{x:.1f} {_TOP}V{y + 4}" stroke="{_QUIET}" stroke-opacity=".25"/>'
        yield f'<text x="{x:.1f}" y="{y + 18}" text-anchor="middle" fill="{_QUIET}">{word} {unit}</text>'


def _x(at_ms: int, end_ms: int) -> float:
    return _LEFT + _WIDTH * at_ms / end_ms
