"""Recurrence rules (RFC 5545 §3.3.10) on the clocks of a time zone: when something that repeats begins.

A rule runs on local wall time: every Sunday at two stays at two when clocks change. A time that the clocks skip is read
with the offset before the gap, one that comes twice is the first of both (RFC 5545 §3.3.5).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from statuspage.domain.days import zone_of

if TYPE_CHECKING:
    from dateutil.rrule import rrule

_SLOWEST_FIRST: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
_DAY: Final = timedelta(days=1)
_DATE_CHARS: Final = 8
_KEEPS_DAYS: Final = frozenset({"FREQ", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "WKST"})


class RecurrenceError(ValueError):
    """A rule that cannot be used; the sentence names the part and the remedy."""


def parts_of(text: str) -> dict[str, str]:
    """The parts of a rule such as `FREQ=WEEKLY;BYDAY=SU`. Raises `RecurrenceError`."""
    body = text.strip().upper().removeprefix("RRULE:").rstrip(";")
    parts: dict[str, str] = {}
    for part in body.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not name or not value:
            msg = f"The rule {text!r} cannot be read at {part!r}; write parts such as FREQ=WEEKLY;BYDAY=SU."
            raise RecurrenceError(msg)
        if name in parts:
            msg = f"The rule {text!r} names {name} twice; keep one."
            raise RecurrenceError(msg)
        parts[name] = value
    if parts.get("FREQ") not in _SLOWEST_FIRST:
        msg = f"The rule {text!r} needs a FREQ that is one of {', '.join(_SLOWEST_FIRST)}."
        raise RecurrenceError(msg)
    if not parts.get("INTERVAL", "1").isdigit() or int(parts.get("INTERVAL", "1")) == 0:
        msg = f"The INTERVAL of the rule {text!r} must be a whole number from 1 on."
        raise RecurrenceError(msg)
    if "COUNT" in parts and "UNTIL" in parts:
        msg = f"The rule {text!r} has both COUNT and UNTIL; keep one."
        raise RecurrenceError(msg)
    return parts


def never_ends(text: str) -> bool:
    """Whether the rule goes on for ever. Raises `RecurrenceError` for one that cannot be read."""
    return not {"COUNT", "UNTIL"} & parts_of(text).keys()


def starts_between(text: str, first_ms: int, zone_name: str, from_ms: int, to_ms: int) -> Iterator[int]:
    """When it begins, `from_ms <= start < to_ms`, in order; `first_ms` is where the rule starts (UTC milliseconds)."""
    rule, zone = _rule(text, first_ms, zone_name), zone_of(zone_name)
    last = _local(to_ms, zone_name) + _DAY
    for local in rule.xafter(_local(from_ms, zone_name) - _DAY, inc=True):
        if local > last:
            return
        start_ms = round(local.replace(tzinfo=zone).astimezone(UTC).timestamp() * 1000)
        if from_ms <= start_ms < to_ms:
            yield start_ms


def first_starts(text: str, first_ms: int, zone_name: str, count: int = 2) -> tuple[int, ...]:
    """The first so many beginnings, fewer where the rule ends or never fires. Raises `RecurrenceError`."""
    _check_days(text, first_ms, zone_name)
    zone = zone_of(zone_name)
    found = []
    for local in _rule(text, first_ms, zone_name):
        found.append(round(local.replace(tzinfo=zone).astimezone(UTC).timestamp() * 1000))
        if len(found) == count:
            break
    return tuple(found)


def _check_days(text: str, first_ms: int, zone_name: str) -> None:
    """Refuses hours of days that do not exist: only the rule's days are searched to the end of the calendar."""
    parts = parts_of(text)
    if parts["FREQ"] == "HOURLY":
        days = ";".join(f"{name}={value}" for name, value in parts.items() if name in _KEEPS_DAYS)
        if next(iter(_rule(days.replace("HOURLY", "DAILY"), first_ms, zone_name)), None) is None:
            msg = f"The rule {text!r} never fires; check its months and days."
            raise RecurrenceError(msg)


@lru_cache(maxsize=64)
def _rule(text: str, first_ms: int, zone_name: str) -> "rrule":
    from dateutil.rrule import rrule, rrulestr

    parts = parts_of(text)
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], zone_name, text)
    try:
        made = rrulestr(
            ";".join(f"{name}={value}" for name, value in parts.items()),
            dtstart=_local(first_ms, zone_name),
            cache=True,  # it is asked again and again, each time from its start
        )
    except (ValueError, TypeError, KeyError, IndexError) as error:
        msg = f"The rule {text!r} cannot be used: {str(error).rstrip('.') or type(error).__name__}."
        raise RecurrenceError(msg) from None
    if not isinstance(made, rrule):
        msg = f"The rule {text!r} cannot be used: write one rule alone."
        raise RecurrenceError(msg)
    return made


def _until(value: str, zone_name: str, text: str) -> str:
    """The end on the zone's clocks; a mere date holds for its whole day."""
    try:
        if len(value) == _DATE_CHARS:
            return f"{datetime.strptime(value, '%Y%m%d').replace(tzinfo=UTC):%Y%m%d}T235959"
        if value.endswith("Z"):
            moment = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return f"{moment.astimezone(zone_of(zone_name)):%Y%m%dT%H%M%S}"
        return f"{datetime.strptime(value, '%Y%m%dT%H%M%S').replace(tzinfo=UTC):%Y%m%dT%H%M%S}"
    except ValueError:
        msg = f"The UNTIL of the rule {text!r} cannot be read; write it like 20270101T000000Z."
        raise RecurrenceError(msg) from None


def _local(at_ms: int, zone_name: str) -> datetime:
    """The wall time of a moment, without its zone."""
    return datetime.fromtimestamp(at_ms / 1000, tz=zone_of(zone_name)).replace(tzinfo=None, microsecond=0)
