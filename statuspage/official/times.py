"""Times as status pages write them."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from statuspage.official.json import Json

_JS: Final = re.compile(r"^\w{3} (\w{3} \d{1,2} \d{4} \d{2}:\d{2}:\d{2}) GMT([+-]\d{4})")
"""JavaScript's `Date.prototype.toString`: `Sat Jun 11 2022 18:55:50 GMT+0000 (…)`."""
_MILLISECONDS_FROM: Final = 100_000_000_000
_END_MS: Final = 4_102_444_800_000
"""The year 2100."""


def at_ms(value: Json) -> int | None:
    """UTC milliseconds of an ISO 8601, RFC 2822 or JavaScript date, or of Unix seconds or milliseconds; None otherwise."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _unix_ms(float(value))
    if not isinstance(value, str):
        return None
    written = value.strip()
    if written.isascii() and written.isdigit():
        return _unix_ms(float(written[:20]))
    for read in (_iso, _javascript, parsedate_to_datetime):
        try:
            moment = read(written)
            return _sane(round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000))
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None


def _unix_ms(number: float) -> int | None:
    if not 0 < number < _END_MS:
        return None
    return _sane(round(number if number >= _MILLISECONDS_FROM else number * 1000))


def _sane(found_ms: int) -> int | None:
    """Times of this age; others are mistakes of the page, and not every calendar can show them."""
    return found_ms if 0 < found_ms < _END_MS else None


def _iso(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _javascript(written: str) -> datetime:
    found = _JS.match(written)
    if found is None:
        raise ValueError
    return datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z")
