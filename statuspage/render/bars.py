"""The last 90 days as one small drawing and one short line of text a model.

The drawing is 90 × 32 units, one unit a day, today at the right. A day fills from the bottom: outage, then what did not
work as it should, then maintenance, then what was well. What was not measured stays empty, and empty is grey.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.view import DayView
from statuspage.render.language import ntr, tr

SLOTS: Final = 90
HEIGHT: Final = 32
_SMALLEST: Final = 5
"""A bad minute must be seen: no part of a day is drawn lower than this."""
_NOTEWORTHY: Final = 0.02
"""Failures outside any bad minute are drawn from this share of a day's requests on."""

_Part = tuple[int, int, int]
"""Slot, upper edge, lower edge."""


class Bars(msgspec.Struct, frozen=True):
    """Paths by kind of day (`ok`, `bad`, `warn`, `care`), a summary in words, and the days for a tooltip."""

    paths: tuple[tuple[str, str], ...]
    summary: str
    encoded: str


def bars(days: Sequence[DayView]) -> Bars:
    """Draws and tells the last 90 of `days`, which are oldest first."""
    shown = days[-SLOTS:]
    first = SLOTS - len(shown)
    parts: dict[str, list[_Part]] = {"ok": [], "bad": [], "warn": [], "care": []}
    for slot, day in enumerate(shown, start=first):
        _stack(day, slot, parts)
    paths = tuple((kind, _path(found)) for kind, found in parts.items() if found)
    return Bars(paths, _summary(shown), encode(shown))


def _stack(day: DayView, slot: int, parts: dict[str, list[_Part]]) -> None:
    spent = day.minutes
    elapsed = max(1, day.elapsed_minutes)
    judged = day.ratio is not None and day.judged > 0
    unwell = (spent.partial_outage + spent.degraded_performance) / elapsed
    if judged and day.ratio is not None and not spent.major_outage and 1 - day.ratio >= _NOTEWORTHY:
        unwell = max(unwell, 1 - day.ratio)
    floor = HEIGHT
    for kind, share in (
        ("bad", spent.major_outage / elapsed),
        ("warn", unwell),
        ("care", spent.under_maintenance / elapsed),
    ):
        if share > 0 and floor > 0:
            upper = max(0, floor - max(_SMALLEST, round(HEIGHT * share)))
            parts[kind].append((slot, upper, floor))
            floor = upper
    if judged:  # drawn first and down to the ground, so that neighbours merge; the other parts cover it
        upper = min(round(HEIGHT * spent.no_data / elapsed), HEIGHT - _SMALLEST)
        if upper < floor:
            parts["ok"].append((slot, upper, HEIGHT))


def _path(parts: Sequence[_Part]) -> str:
    """One path; neighbours of one height become one rectangle."""
    text: list[str] = []
    start, upper, lower = parts[0]
    end = start + 1
    for slot, top, bottom in (*parts[1:], (-1, -1, -1)):
        if (slot, top, bottom) == (end, upper, lower):
            end += 1
            continue
        text.append(f"M{start} {upper}H{end}V{lower}H{start}z")
        start, upper, lower, end = slot, top, bottom, slot + 1
    return "".join(text)


def _summary(days: Sequence[DayView]) -> str:
    measured = sum(1 for day in days if day.judged)
    hit = sum(1 for day in days if day.minutes.major_outage or day.minutes.partial_outage)
    if not measured:
        return tr("Last 90 days: not measured")
    if not hit:
        return tr("Last 90 days: {measured} measured, no outage").format(measured=measured)
    text = ntr(
        "Last 90 days: {measured} measured, outages on {hit} day", "Last 90 days: {measured} measured, outages on {hit} days", hit
    )
    return text.format(measured=measured, hit=hit)


_LETTERS: Final = (
    ("r", "major_outage"),
    ("p", "partial_outage"),
    ("d", "degraded_performance"),
    ("m", "under_maintenance"),
    ("n", "no_data"),
)


def encode(days: Sequence[DayView]) -> str:
    """The days as one line: the last date, then a word a day, oldest first.

    A word is the number of failed requests, `:` and the number judged where that differs from the day before,
    minutes by letter (`r` outage, `p` partial, `d` degraded, `m` maintenance, `n` not measured), and `#` with the number
    of incidents. A day without a judged request begins with `-`. Example: `2026-11-20;0:288 12r45n3#1 -`.
    """
    if not days:
        return ""
    words: list[str] = []
    judged = -1
    for day in days:
        word = "-"
        if day.judged:
            word = f"{day.failed}"
            if day.judged != judged:
                word = f"{word}:{day.judged}"
                judged = day.judged
        minutes = day.minutes
        for letter, name in _LETTERS:
            value = getattr(minutes, name)
            if value and (letter != "n" or day.judged):
                word += f"{letter}{value}"
        if day.incidents:
            word = f"{word}#{len(day.incidents)}"
        words.append(word)
    return f"{days[-1].date};{' '.join(words)}"
