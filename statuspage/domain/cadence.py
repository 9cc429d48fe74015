"""How much slower to probe so that the money lasts: the ladder of docs/money.md. Pure."""

from typing import Final

LADDER: Final = (1, 2, 3, 4, 6, 8, 12)
"""Every how many rounds a model is asked."""
_GRACE_S: Final = 60.0


def pressure(planned_usd_per_s: float, left_usd: float, left_s: float) -> float:
    """How many times more the plan spends than there is: 1 fits exactly, infinity where nothing is left."""
    if planned_usd_per_s <= 0:
        return 0.0
    if left_usd <= 0:
        return float("inf")
    return planned_usd_per_s * left_s / left_usd


def rung(pressure_now: float, interval_s: float, max_stale_s: float) -> int:
    """Every how many rounds to ask: the lowest rung that suffices, but never so slow that what is shown would go stale."""
    slowest = max((step for step in LADDER if step * interval_s + _GRACE_S <= max_stale_s), default=1)
    enough = next((step for step in LADDER if step >= pressure_now), LADDER[-1])
    return min(slowest, enough)
