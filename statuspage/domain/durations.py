"""Durations as people write them: `5m`, `1h30m`, `0.2s`."""

import re
from decimal import Decimal
from typing import Final

_SECONDS: Final = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "h": Decimal(3600), "d": Decimal(86400)}
_PART: Final = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?)(ms|[smhd])")
_WHOLE: Final = re.compile(rf"(?:{_PART.pattern})+")


def seconds(text: str) -> float | None:
    """Seconds of a duration, or None where the text is none: numbers with a unit `ms s m h d`, joined."""
    if not _WHOLE.fullmatch(text):
        return None
    total = sum((Decimal(number) * _SECONDS[unit] for number, unit in _PART.findall(text)), start=Decimal(0))
    return float(total)


def seconds_of(text: str) -> float:
    """Seconds of a duration. Raises `ValueError` with a sentence for anything else."""
    value = seconds(text)
    if value is None:
        raise ValueError(f"{text!r} is not a duration: write a number and a unit of ms, s, m, h, d, for example 1h30m")
    return value


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
