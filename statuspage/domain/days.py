"""Hours and days as history counts them: hours of UTC, days of the site's time zone with its clock changes."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

MS_PER_HOUR: Final = 3_600_000
_MS_PER_DAY: Final = 86_400_000


def zone_of(name: str) -> tzinfo:
    """The time zone of this IANA name; UTC needs no database of zones."""
    return UTC if name == "UTC" else ZoneInfo(name)


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One local day: `start_ms <= t < end_ms` in UTC milliseconds; 23 or 25 hours long where the clocks change."""

    date: str
    start_ms: int
    end_ms: int


def hour_start_ms(at_ms: int) -> int:
    """The beginning of the hour (UTC milliseconds)."""
    return at_ms - at_ms % MS_PER_HOUR


def day_of(at_ms: int, zone: tzinfo) -> Day:
    """The local day that holds this moment."""
    return _day(local_date(at_ms, zone), zone)


def day_start_ms(at_ms: int, zone: tzinfo) -> int:
    """The beginning of the local day (UTC milliseconds)."""
    return day_of(at_ms, zone).start_ms


def last_days(now_ms: int, zone: tzinfo, count: int) -> tuple[Day, ...]:
    """So many local days, oldest first, today last."""
    return _last_days(local_date(now_ms, zone), zone, count)


def local_date(at_ms: int, zone: tzinfo) -> date:
    """The date on the wall at this moment."""
    return datetime.fromtimestamp(at_ms // 1000, tz=zone).date()


def window_start_ms(window: str, now_ms: int, zone: tzinfo) -> int:
    """Where a window of the contract begins: the first hour begun within `24h` and `7d`, the first day of `30d` and `90d`.

    Days include today. Raises `ValueError` for another word.
    """
    number, unit = window[:-1], window[-1:]
    if not number.isdigit() or unit not in ("h", "d") or int(number) == 0:
        msg = f"{window!r} is no window: use 24h, 7d, 30d or 90d."
        raise ValueError(msg)
    if unit == "h" or int(number) <= 7:
        span_ms = int(number) * (MS_PER_HOUR if unit == "h" else _MS_PER_DAY)
        return -(-(now_ms - span_ms) // MS_PER_HOUR) * MS_PER_HOUR
    return last_days(now_ms, zone, int(number))[0].start_ms


@lru_cache(maxsize=8)
def _last_days(today: date, zone: tzinfo, count: int) -> tuple[Day, ...]:
    return tuple(_day(today - timedelta(days=back), zone) for back in range(count - 1, -1, -1))


@lru_cache(maxsize=512)
def _day(local: date, zone: tzinfo) -> Day:
    return Day(date=local.isoformat(), start_ms=_midnight_ms(local, zone), end_ms=_midnight_ms(local + timedelta(days=1), zone))


def _midnight_ms(local: date, zone: tzinfo) -> int:
    """The day's first moment; where clocks skip midnight, the moment they skip it."""
    moment = datetime(local.year, local.month, local.day, tzinfo=zone)
    return round(moment.astimezone(UTC).timestamp()) * 1000
