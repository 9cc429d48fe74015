"""Whether two shares differ, and how many more trials it would take to know."""

import math
from statistics import NormalDist
from typing import Final

import msgspec

from statuspage.domain.wilson import Z_95, wilson

_POWER: Final = 0.80
_Z_POWER: Final = NormalDist().inv_cdf(_POWER)
_MOST: Final = 1_000_000
"""More calls than these are no plan."""


class Tally(msgspec.Struct, frozen=True):
    """Successes of trials."""

    successes: int
    trials: int

    @property
    def share(self) -> float:
        """The share of successes; 0 without trials."""
        return self.successes / self.trials if self.trials else 0.0


class Contrast(msgspec.Struct, frozen=True, kw_only=True):
    """A against B: `difference` is A's share − B's, within `low` and `high` with 95 % confidence.

    `more` is how many more calls of each would tell, if the shares stay as they are; None where they are all but equal.
    """

    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    verdict: str
    more: int | None = None


def contrast(a: Tally, b: Tally, better: tuple[str, str] = ("A", "B")) -> Contrast:
    """The verdict in words over two independent shares; `better` are their names."""
    if not a.trials or not b.trials:
        missing = better[0] if not a.trials else better[1]
        return Contrast(difference=None, low=None, high=None, p_value=None, verdict=f"nothing measured of {missing}")
    difference = a.share - b.share
    low, high = interval(a, b)
    p_value = two_proportions(a, b)
    more = None
    # Interval and test may disagree at the edge; whoever decides on it is told only what both say.
    if p_value < 1 - 0.95 and (low > 0 or high < 0):
        verdict = f"{better[0] if difference > 0 else better[1]} is better"
    elif difference == 0:
        verdict = "not distinguishable yet: no difference so far"
    else:
        more = max(1, trials_needed(a.share, b.share) - min(a.trials, b.trials))
        verdict = f"not distinguishable yet: {_calls(more)}"
        more = None if more > _MOST else more
    return Contrast(difference=difference, low=low, high=high, p_value=p_value, verdict=verdict, more=more)


def _calls(more: int) -> str:
    if more == 1:
        return "1 more call"
    return f"more than {_MOST:,} more calls" if more > _MOST else f"{more:,} more calls"


def interval(a: Tally, b: Tally) -> tuple[float, float]:
    """The 95 % interval of the difference (Newcombe 1998, method 10: from both shares' Wilson intervals)."""
    low_a, high_a = wilson(a.successes, a.trials)
    low_b, high_b = wilson(b.successes, b.trials)
    difference = a.share - b.share
    low = difference - math.hypot(a.share - low_a, high_b - b.share)
    high = difference + math.hypot(high_a - a.share, b.share - low_b)
    return max(-1.0, low), min(1.0, high)


def two_proportions(a: Tally, b: Tally) -> float:
    """The two-sided p-value of the pooled z test of two proportions; 1 where both have all or nothing."""
    pooled = (a.successes + b.successes) / (a.trials + b.trials)
    spread = pooled * (1 - pooled) * (1 / a.trials + 1 / b.trials)
    if spread <= 0:
        return 1.0
    z = abs(a.share - b.share) / math.sqrt(spread)
    return math.erfc(z / math.sqrt(2))


def trials_needed(share_a: float, share_b: float) -> int:
    """Trials of each that find this difference in four of five experiments, at 5 % two-sided (Fleiss 1981, uncorrected)."""
    mean = (share_a + share_b) / 2
    both = share_a * (1 - share_a) + share_b * (1 - share_b)
    root = Z_95 * math.sqrt(2 * mean * (1 - mean)) + _Z_POWER * math.sqrt(both)
    return math.ceil((root / (share_a - share_b)) ** 2)
