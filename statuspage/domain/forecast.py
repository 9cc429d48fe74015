"""How long the money lasts, from what the balance was. Pure."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

MS_PER_DAY: Final = 86_400_000
_WATCHED_MS: Final = 7 * MS_PER_DAY
_SHORTEST_MS: Final = 6 * 3_600_000
_APART_MS: Final = 50 * 60_000
LOW_DAYS: Final = 7.0
ENOUGH_DAYS: Final = 8.0
"""A balance told low is told well again only from here on."""
EXPIRY_TOLD_MS: Final = 14 * MS_PER_DAY


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What was left at a time (UTC milliseconds), in the account's currency."""

    at_ms: int
    left: float


def noted(history: Sequence[Reading], now: Reading) -> tuple[Reading, ...]:
    """The history with the newest reading: at most one an hour, of the last seven days."""
    kept = [each for each in history if now.at_ms - _WATCHED_MS <= each.at_ms < now.at_ms]
    if len(kept) >= 2 and now.at_ms - kept[-2].at_ms < _APART_MS:
        kept.pop()
    return (*kept, now)


def days_left(history: Sequence[Reading]) -> float | None:
    """Days until nothing is left at the pace of the history; None while that cannot be said.

    Top-ups are no spending: only falls count. It needs six hours of history and some spending.
    """
    if not history:
        return None
    left = history[-1].left
    if left <= 0:
        return 0.0
    span_ms = history[-1].at_ms - history[0].at_ms
    spent = sum(max(0.0, before.left - after.left) for before, after in pairwise(history))
    if span_ms < _SHORTEST_MS or spent <= 0:
        return None
    return left / (spent / span_ms * MS_PER_DAY)


def low(days: float | None, *, was_low: bool) -> bool:
    """Whether to call the balance low; unknown changes nothing."""
    if days is None:
        return was_low
    return days < (ENOUGH_DAYS if was_low else LOW_DAYS)


def expires_soon(expires_at_ms: int | None, now_ms: int) -> bool:
    """Whether the key's last day is less than two weeks away, or past."""
    return expires_at_ms is not None and expires_at_ms - now_ms < EXPIRY_TOLD_MS
