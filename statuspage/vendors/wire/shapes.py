"""Reads what is there out of JSON that may hold anything."""

import math
from typing import Final

_MAX_COUNT: Final = 10_000_000
_MOST_USD: Final = 1000


def mapping(value: object) -> dict[str, object]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object]:
    """The array, or an empty one."""
    return value if isinstance(value, list) else []


def text(value: object) -> str | None:
    """The string, or None; an empty one stays."""
    return value if isinstance(value, str) else None


def short(value: object) -> str | None:
    """A non-empty string of at most 200 characters, cut there."""
    return value[:200] if isinstance(value, str) and value else None


def count(value: object) -> int | None:
    """A believable number of tokens; what is absurd is unknown."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not (math.isfinite(value) and value.is_integer()):
        return None
    return int(value) if 0 <= value <= _MAX_COUNT else None


def amount(value: object) -> float | None:
    """A believable sum in US dollars for one request; what is absurd is unknown."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < _MOST_USD else None


def said(value: object) -> str:
    """Text of a content field: a string, or the text parts of a list of parts."""
    if isinstance(value, str):
        return value
    return "".join(part for each in items(value) if (part := text(mapping(each).get("text"))) is not None)
