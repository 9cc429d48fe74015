"""Durations as people write them: `5m`, `1h30m`, `0.2s`."""

import re
from decimal import Decimal
from typing import Final

from statuspage.config.problem import Complaint, quote

_SECONDS: Final = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "h": Decimal(3600), "d": Decimal(86400)}
_PART: Final = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?)(ms|[smhd])")
_WHOLE: Final = re.compile(rf"(?:{_PART.pattern})+")
_PART_WITHOUT_UNIT: Final = re.compile(r"[0-9.]+")
MAX_S: Final = 100 * 365 * 86400.0
DURATION_PATTERN: Final = r"^([0-9]+(\.[0-9]+)?(ms|s|m|h|d))+$|\$"
"""For the JSON Schema: a duration, or text that holds a `${VAR}`."""


def seconds(text: str) -> float | None:
    """Seconds of a duration, or None where the text is none: numbers with a unit `ms s m h d`, joined."""
    if not _WHOLE.fullmatch(text):
        return None
    total = sum((Decimal(number) * _SECONDS[unit] for number, unit in _PART.findall(text)), start=Decimal(0))
    return float(total)


def check_duration(text: str, raw: str) -> Complaint | None:
    """What is wrong with a duration as written in `raw`."""
    value = seconds(text)
    if value is None:
        if _PART_WITHOUT_UNIT.fullmatch(text):
            return Complaint(f"{quote(raw)} lacks a unit: write ms, s, m, h or d after the number, such as 30s")
        return Complaint(f"{quote(raw)} is not a duration: write numbers with a unit ms, s, m, h or d, such as 5m, 1h30m or 0.2s")
    if value > MAX_S:
        return Complaint(f"{quote(raw)} is longer than a hundred years: write a shorter duration")
    return None


def spell(duration_s: float) -> str:
    """Seconds as a person would write them, in the largest units that fit: `1h30m`, `0.2s`."""
    rest = Decimal(str(duration_s))
    parts = []
    for unit in ("d", "h", "m"):
        count = rest // _SECONDS[unit]
        if count:
            parts.append(f"{count}{unit}")
            rest -= count * _SECONDS[unit]
    if rest or not parts:
        parts.append(f"{rest.normalize():f}s")
    return "".join(parts)
