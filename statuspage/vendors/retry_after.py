"""How long a vendor asks us to wait, from headers, dates or words."""

import math
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

from statuspage.vendors.errorbody import ErrorWords

MAX_S: Final = 366 * 86400.0
_SPAN: Final = re.compile(
    r"(?:after|again in|retry in|wait(?: for)?|in)\s+(?:about\s+)?((?:(?<!\d)\d{1,9}(?:\.\d{1,6})?\s*(?:ms|milliseconds?|"
    r"s|secs?|seconds?|m|min|minutes?|h|hours?|d|days?)"
    r"(?![a-z])[\s,]*(?:and\s+)?)+)",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(r"((?<!\d)\d{1,9}(?:\.\d{1,6})?)\s*(秒|分钟|小时)")
_PART: Final = re.compile(
    r"((?<!\d)\d{1,9}(?:\.\d{1,6})?)\s*(ms|milliseconds?|s|secs?|seconds?|m|min|minutes?|h|hours?|d|days?)(?![a-z])",
    re.IGNORECASE,
)
_UNIT_S: Final = {
    "ms": 0.001,
    "milli": 0.001,
    "s": 1.0,
    "m": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "秒": 1.0,
    "分钟": 60.0,
    "小时": 3600.0,
}


def retry_after_s(headers: Mapping[str, str], words: ErrorWords, now_ms: int) -> float | None:
    """Seconds to wait: `retry-after-ms`, `Retry-After` (seconds or HTTP date), the body's field, then its text."""
    candidates = (
        _scaled(headers.get("retry-after-ms"), 0.001),
        _header(headers.get("retry-after"), now_ms),
        words.retry_after_s,
        words.upstream.retry_after_s if words.upstream else None,
        span_s(words.text),
        span_s(words.upstream.text) if words.upstream else None,
    )
    return next((round(wait, 3) for wait in candidates if wait is not None and 0 <= wait <= MAX_S), None)


def span_s(text: str) -> float | None:
    """The span in «try again in 7m12s», «after 1 seconds», «请 3 秒后重试»."""
    found = _SPAN.search(text)
    if found:
        return sum(float(number) * _unit(unit) for number, unit in _PART.findall(found.group(1)))
    chinese = _CHINESE.search(text)
    return float(chinese.group(1)) * _UNIT_S[chinese.group(2)] if chinese else None


def _unit(word: str) -> float:
    lower = word.lower()
    return _UNIT_S["ms"] if lower.startswith(("ms", "milli")) else _UNIT_S[lower[0]]


def _header(value: str | None, now_ms: int) -> float | None:
    seconds = _scaled(value, 1.0)
    if seconds is not None or value is None:
        return seconds
    try:
        moment = parsedate_to_datetime(value)
        return max(0.0, moment.timestamp() - now_ms / 1000)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _scaled(value: str | None, scale: float) -> float | None:
    try:
        number = float(value) if value is not None else None
    except ValueError:
        return None
    return number * scale if number is not None and math.isfinite(number) else None
