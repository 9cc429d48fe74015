"""Figures and times as people read them; what is not known is a dash, never a zero."""

import math
from datetime import UTC, datetime
from typing import Final

from statuspage.render.language import mark, ntr, tr

DASH: Final = "–"
_SECOND_MS: Final = 1000
_TEN_SECONDS_MS: Final = 9950
_HOUR_S: Final = 3600
_MINUTE_S: Final = 60
_MONTHS: Final = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
_WEEKDAYS: Final = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))


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
    if seconds >= _HOUR_S and seconds % _HOUR_S == 0:
        count = int(seconds // _HOUR_S)
        return ntr("{count} hour", "{count} hours", count).format(count=count)
    if seconds >= _MINUTE_S and seconds % _MINUTE_S == 0:
        count = int(seconds // _MINUTE_S)
        return ntr("{count} minute", "{count} minutes", count).format(count=count)
    return ntr("{count} second", "{count} seconds", 1 if seconds == 1 else 2).format(count=f"{seconds:g}")


def minutes(value: int) -> str:
    """Minutes of a day: `45 min`, `2 h 5 min`, `24 h`."""
    hours, rest = divmod(value, 60)
    if not hours:
        return tr("{minutes} min").format(minutes=rest)
    return tr("{hours} h {minutes} min").format(hours=hours, minutes=rest) if rest else tr("{hours} h").format(hours=hours)


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
        return tr("for ever")
    days = seconds / 86_400
    if days >= 1 and days == int(days):
        return ntr("{count} day", "{count} days", int(days)).format(count=int(days))
    return duration(seconds)


def moment(at_ms: int) -> str:
    """An absolute time in UTC: `20 Nov 2026, 10:00 UTC`."""
    return _dated(tr("{day} {month} {year}, {time} UTC"), datetime.fromtimestamp(at_ms // 1000, tz=UTC), "%H:%M")


def second(at_ms: int) -> str:
    """An absolute time in UTC to the second: `20 Nov, 10:00:04 UTC`."""
    return _dated(tr("{day} {month}, {time} UTC"), datetime.fromtimestamp(at_ms // 1000, tz=UTC), "%H:%M:%S")


def short_day(at_ms: int) -> str:
    """A date without its year: `20 Nov`."""
    at = datetime.fromtimestamp(at_ms // 1000, tz=UTC)
    return f"{at.day} {at:%b}"


def clock(at_ms: int) -> str:
    """A time of day in UTC: `10:00`."""
    return f"{datetime.fromtimestamp(at_ms // 1000, tz=UTC):%H:%M}"


def day(iso: str) -> str:
    """A date: `Fri 20 Nov 2026`."""
    return _dated(tr("{weekday} {day} {month} {year}"), datetime.fromisoformat(iso), "")


def month(iso: str) -> str:
    """A month, from `YYYY-MM`: `November 2026`."""
    at = datetime.fromisoformat(f"{iso}-01")
    return tr("{name} {year}").format(name=tr(_MONTHS[at.month - 1]), number=at.month, year=at.year)


def _dated(pattern: str, at: datetime, time: str) -> str:
    """The moment in the pattern of a language; `{number}` is the month where a language counts them."""
    return pattern.format(
        weekday=tr(_WEEKDAYS[at.weekday()]),
        day=at.day,
        month=tr(_MONTHS[at.month - 1][:3]) if "{month}" in pattern else "",
        number=at.month,
        year=at.year,
        time=at.strftime(time),
    )


def sentence(text: str) -> str:
    """The text with its full stop, whether it came with one or not."""
    return text if text.endswith((".", "!", "?", "…", "。")) else f"{text}."
