"""Figures and times as people read them; what is not known is a dash, never a zero."""

import math
from datetime import UTC, date, datetime
from typing import Final

DASH: Final = "–"
_SECOND_MS: Final = 1000
_TEN_SECONDS_MS: Final = 9950


def percent(ratio: float | None, decimals: int = 2) -> str:
    """A share as a percentage, floored so that 100% means all of them."""
    if ratio is None:
        return DASH
    if ratio >= 1:
        return "100%"
    scale: int = 10**decimals
    return f"{math.floor(ratio * 100 * scale + 1e-6) / scale:.{decimals}f}%"


def milliseconds(value: float | None) -> str:
    """A duration: `640 ms`, `2.1 s`, `12 s`."""
    if value is None:
        return DASH
    if round(value) < _SECOND_MS:
        return f"{round(value)} ms"
    seconds = value / 1000
    return f"{seconds:.1f} s" if value < _TEN_SECONDS_MS else f"{seconds:.0f} s"


def duration(seconds: float) -> str:
    """A cadence in its largest fitting unit: `5 minutes`, `1 minute`, `90 seconds`."""
    for name, size in (("hour", 3600), ("minute", 60)):
        if seconds >= size and seconds % size == 0:
            count = int(seconds // size)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    text = f"{seconds:g}"
    return f"{text} second" if text == "1" else f"{text} seconds"


def minutes(value: int) -> str:
    """Minutes of a day: `45 min`, `2 h 5 min`, `24 h`."""
    hours, rest = divmod(value, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def usd(value: float) -> str:
    """A price without needless zeros: `$3`, `$0.60`, `$0.075`."""
    text = f"{value:.4f}".rstrip("0")
    whole, _, fraction = text.partition(".")
    return f"${whole}.{fraction:0<2}" if fraction else f"${whole}"


def usd_month(value: float) -> str:
    """A sum to the cent, rounded up so that «at most» stays true: `$0.08`, `$12.40`."""
    return f"${math.ceil(value * 100 - 1e-6) / 100:,.2f}"


def usd_call(value: float) -> str:
    """A small sum with three digits that count: `$0.00218`, `$0.0120`."""
    decimals = max(2, 2 - math.floor(math.log10(value))) if value > 0 else 2
    return f"${value:.{min(decimals, 9)}f}"


def kept(seconds: float | None) -> str:
    """How long something is kept: `for ever`, `90 days`, `36 hours`."""
    if seconds is None:
        return "for ever"
    days = seconds / 86_400
    return f"{days:g} days" if days >= 1 and days == int(days) else duration(seconds)


def moment(at_ms: int) -> str:
    """An absolute time in UTC: `20 Nov 2026, 10:00 UTC`."""
    at = datetime.fromtimestamp(at_ms // 1000, tz=UTC)
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def second(at_ms: int) -> str:
    """An absolute time in UTC to the second: `20 Nov, 10:00:04 UTC`."""
    at = datetime.fromtimestamp(at_ms // 1000, tz=UTC)
    return f"{at.day} {at:%b, %H:%M:%S} UTC"


def short_day(at_ms: int) -> str:
    """A date without its year: `20 Nov`."""
    at = datetime.fromtimestamp(at_ms // 1000, tz=UTC)
    return f"{at.day} {at:%b}"


def clock(at_ms: int) -> str:
    """A time of day in UTC: `10:00`."""
    return f"{datetime.fromtimestamp(at_ms // 1000, tz=UTC):%H:%M}"


def day(iso: str) -> str:
    """A date: `Fri 20 Nov 2026`."""
    at = date.fromisoformat(iso)
    return f"{at:%a} {at.day} {at:%b %Y}"


def month(iso: str) -> str:
    """A month, from `YYYY-MM`: `November 2026`."""
    return f"{date.fromisoformat(f'{iso}-01'):%B %Y}"


def sentence(text: str) -> str:
    """The text with its full stop, whether it came with one or not."""
    return text if text.endswith((".", "!", "?", "…", "。")) else f"{text}."
