"""How long to wait before asking again. Pure: chance is handed in.

Full jitter spreads clients that failed together; decorrelated jitter keeps those that lose streams from coming back in step
(M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
"""

from collections.abc import Callable
from typing import Final

Chance = Callable[[], float]
"""A number from 0 to 1."""
BASE_S: Final = 1.0
LONGEST_S: Final = 16.0
RECONNECT_S: Final = 1.0
"""A stream that broke is never asked for again sooner."""


def full_jitter_s(attempt: int, chance: Chance) -> float:
    """Before retry number `attempt` (1 is the first): anywhere up to 1, 2, 4 … 16 seconds."""
    most_s: float = min(LONGEST_S, BASE_S * 2.0 ** min(attempt - 1, 10))
    return chance() * most_s


def decorrelated_s(previous_s: float, chance: Chance) -> float:
    """Before a stream is begun anew: between one second and three times the wait before."""
    most_s = max(RECONNECT_S, previous_s) * 3
    return min(LONGEST_S, RECONNECT_S + chance() * (most_s - RECONNECT_S))
