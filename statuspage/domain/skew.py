"""Our wall clock against what vendors' `Date` headers say."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

SKEW_BOUND_S: Final = 60.0
"""A wall clock that differs by more than this from everybody's is told to the operator; it never costs a colour."""


def skew_s(date: str | None, heard_at_ms: int) -> float | None:
    """Seconds by which the sender of this `Date` header is ahead of us; None where it says nothing."""
    try:
        return None if date is None else parsedate_to_datetime(date).timestamp() - heard_at_ms / 1000
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def our_skew_s(skews: Mapping[str, float]) -> float | None:
    """By how much our clock is off: the smallest difference to any host, for one clock in error is likelier theirs.

    None without a host to compare with.
    """
    return min(skews.values(), key=abs, default=None)
