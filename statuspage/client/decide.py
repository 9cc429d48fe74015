"""What to do after a request that brought no answer. Pure."""

from enum import StrEnum
from typing import Final

import msgspec

from statuspage.client.backoff import Chance, decorrelated_s, full_jitter_s
from statuspage.client.errors import Failure
from statuspage.domain.words import Fault, Retry

TRIES: Final = 3
"""Requests to one route within one call."""
PATIENCE_S: Final = 20.0
"""The longest `Retry-After` that is waited for where no other model is there."""
_NO_OTHER_HELPS: Final = frozenset({"parameter_rejected", "contract_changed", "content_filtered"})
"""What every model would say of this request."""


class Move(StrEnum):
    """The next step of a call."""

    AGAIN = "again"
    WITHOUT = "without"
    """The same route, without the parameter that it rejected."""
    ELSEWHERE = "elsewhere"
    STOP = "stop"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a call stands: `tries` of this route so far, whether another route is open, what was shown to the caller."""

    tries: int
    others: bool
    left_s: float
    budget: bool
    shown: bool = False
    resume: bool = False
    dropped: bool = False
    """Whether the rejected parameter was left out already."""
    waited_s: float = 0.0


class Step(msgspec.Struct, frozen=True):
    """A move, and how long to wait before it."""

    move: Move
    wait_s: float = 0.0


_STOP: Final = Step(Move.STOP)


def decide(failure: Failure, standing: Standing, chance: Chance) -> Step:
    """The step after this failure.

    Nothing follows once something was shown, unless the caller wants streams resumed; nothing exceeds the deadline or the retry
    budget. Quota, keys and bad requests are never asked again on the same route.
    """
    if standing.shown and not standing.resume:
        return _STOP
    if not standing.budget or standing.left_s <= 0:
        return _STOP
    if failure.parameter is not None and not standing.dropped:
        return Step(Move.WITHOUT)
    if failure.class_name in _NO_OTHER_HELPS:
        return _STOP
    again = _again(failure, standing, chance)
    if again is not None and again.wait_s < standing.left_s:
        return again
    return Step(Move.ELSEWHERE) if standing.others else _STOP


def _again(failure: Failure, standing: Standing, chance: Chance) -> Step | None:
    """Another try of the same route; None where that cannot help or takes longer than another route would."""
    if standing.tries >= TRIES or failure.fault is Fault.CLIENT:
        return None
    if standing.shown:
        return Step(Move.AGAIN, decorrelated_s(standing.waited_s, chance))
    match failure.retry:
        case Retry.NOW:
            return Step(Move.AGAIN) if standing.tries == 1 else None
        case Retry.BACKOFF | Retry.AFTER:
            asked_s = failure.retry_after_s
            wait_s = full_jitter_s(standing.tries, chance) if asked_s is None else asked_s + full_jitter_s(1, chance) / 4
            if standing.others and (asked_s or 0.0) > 2.0:
                return None
            return Step(Move.AGAIN, wait_s) if wait_s <= PATIENCE_S else None
    return None
