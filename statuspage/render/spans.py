"""Ranges as drawings: a line from one figure to another for each model, on one scale."""

import math
from collections.abc import Sequence
from typing import Final

import msgspec

WIDTH: Final = 1000
_STEPS: Final = 4


class Span(msgspec.Struct, frozen=True):
    """Path data in a box of 1000 × 16: the range, and the figure itself as a dot."""

    line: str
    dot: str


class Spans(msgspec.Struct, frozen=True):
    """One span a row (None: nothing is known), and the figures under the scale, left to right."""

    rows: tuple[Span | None, ...]
    ticks: tuple[float, ...]


def spans(ranges: Sequence[tuple[float, float, float] | None], low: float, high: float) -> Spans:
    """Low, figure and high of each row, drawn between the ends of the scale."""
    width = high - low or 1.0

    def x(value: float) -> int:
        return round((min(max(value, low), high) - low) / width * WIDTH)

    rows = tuple(
        None if each is None else Span(f"M{x(each[0])} 8H{max(x(each[2]), x(each[0]) + 1)}", f"M{x(each[1])} 8h0")
        for each in ranges
    )
    return Spans(rows, tuple(low + width * step / _STEPS for step in range(_STEPS + 1)))


def floor_of_uptimes(lowest: float) -> float:
    """Where the scale of uptimes begins: the round share below the lowest, so that small differences are seen."""
    lost = max(1 - lowest, 0.001)
    power = 10.0 ** math.floor(math.log10(lost))
    return max(0.0, round(1 - next(power * step for step in (1, 2, 4, 5, 10) if power * step >= lost * (1 - 1e-9)), 6))
