"""The Wilson score interval (Wilson 1927) of a share of successes."""

import math
from typing import Final

Z_95: Final = 1.959963984540054
"""The standard normal's 97.5 % point."""


def wilson(successes: float, samples: float, z: float = Z_95) -> tuple[float, float]:
    """Lower and upper bound of the share, between 0 and 1; without samples everything is possible."""
    if samples <= 0:
        return 0.0, 1.0
    share = successes / samples
    spread = z * z / samples
    middle = share + spread / 2
    half = z * math.sqrt(share * (1 - share) / samples + spread / samples / 4)
    low = 0.0 if successes == 0 else (middle - half) / (1 + spread)
    high = 1.0 if successes == samples else (middle + half) / (1 + spread)
    return max(0.0, low), min(1.0, high)
