"""Durations of the contract: number and unit, decimals allowed, may be joined (`1h30m`, `0.2s`)."""

import re
from typing import Final

_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_WHOLE: Final = re.compile(rf"(?:{_PART.pattern})+")


def seconds_of(text: str) -> float:
    """Seconds in `text`. Raises `ValueError` with a sentence for anything else."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{text!r} is not a duration: write a number and a unit of ms, s, m, h, d, for example 1h30m")
    return sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(text))
