"""What probes ended in, one upon the other: a column a step, painted by the stylesheet."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES, judge
from statuspage.domain.view import OutcomePoint
from statuspage.domain.words import Judgement
from statuspage.render.chart import CHART_HEIGHT, CHART_WIDTH

_SHADES: Final = 4
"""Classes of one kind that have a shade of their own; the rest share the last."""
_KINDS: Final = {Judgement.FAILED: "f", Judgement.SLOW: "w", Judgement.EXCLUDED: "x"}
_GAP: Final = 0.15
_FEWEST: Final = 4


class Layer(msgspec.Struct, frozen=True):
    """One class, or several that share a shade: its style (`f0` … failures, `w` slow, `x` left out), names, count."""

    style: str
    names: tuple[str, ...]
    count: int
    path: str


class Stack(msgspec.Struct, frozen=True):
    """Layers from the ground up, and the ticks of the scale, top to bottom."""

    layers: tuple[Layer, ...]
    y_ticks: tuple[int, ...]


def stack(points: Sequence[OutcomePoint], first_ms: int, step_ms: int, steps: int) -> Stack | None:
    """Counts by class in a box of 960 × 240 that begins at `first_ms`; None where everything went well."""
    totals: Counter[str] = Counter()
    for point in points:
        totals.update(point.classes)
    totals = +totals
    if not totals:
        return None
    styles = _styles([name for name, _ in totals.most_common()])
    top = _top(max(sum(point.classes.values()) for point in points))
    column = CHART_WIDTH / steps
    paths: dict[str, list[str]] = {style: [] for style in sorted(set(styles.values()), key=_order)}
    for point in points:
        left = (point.at_ms - first_ms) / step_ms * column
        if not 0 <= left < CHART_WIDTH:
            continue
        below = 0
        for style, pieces in paths.items():
            count = sum(number for name, number in point.classes.items() if styles[name] == style)
            if count:
                x, width = round(left + column * _GAP / 2, 1), round(column * (1 - _GAP), 1)
                upper, lower = _y(below + count, top), _y(below, top)
                pieces.append(f"M{x:g} {upper:g}h{width:g}V{lower:g}h-{width:g}z")
                below += count
    layers = tuple(
        Layer(style, names, sum(totals[name] for name in names), "".join(pieces))
        for style, pieces in paths.items()
        if (names := tuple(name for name in totals if styles[name] == style))
    )
    return Stack(layers, tuple(top * step // _FEWEST for step in range(_FEWEST, -1, -1)))


def _styles(names: Sequence[str]) -> dict[str, str]:
    """A style for each class, the commonest first: failures get shades."""
    styles: dict[str, str] = {}
    shade = 0
    for name in names:
        known = CLASSES.get(name)
        judgement = Judgement.FAILED if known is None else judge(name, known.fault)
        kind = _KINDS[judgement]
        if judgement is Judgement.FAILED:
            kind = f"f{min(shade, _SHADES - 1)}"
            shade += 1
        styles[name] = kind
    return styles


def _order(style: str) -> tuple[int, str]:
    return "fwx".index(style[0]), style


def _top(value: int) -> int:
    """The nearest figure above that divides into four whole steps."""
    power = 1
    while True:
        for factor in (4, 8, 12, 20, 40):
            if factor * power >= value:
                return factor * power
        power *= 10


def _y(count: int, top: int) -> float:
    return round(CHART_HEIGHT * (1 - count / top), 1)
