"""Whether a model as a whole is slow: the median of its last three answers, for a few cycles."""

import msgspec

from statuspage.domain.policy import Policy

_LAST = 3


class Pace(msgspec.Struct, frozen=True, array_like=True):
    """Which of the last three timed answers were slow, for how many cycles most of them were, and the upshot.

    `slow_since_ms` is the first slow answer of the present slowness.
    """

    last: tuple[bool, ...] = ()
    slow_cycles: int = 0
    calm_cycles: int = 0
    slow: bool = False
    slow_since_ms: int | None = None


def step(pace: Pace, at_ms: int, policy: Policy, *, slow: bool) -> Pace:
    """The pace after one more timed, successful scheduled sample.

    Two slow ones of three are a slow median of three.
    """
    last = (*pace.last[-(_LAST - 1) :], slow)
    since_ms = pace.slow_since_ms
    if slow and since_ms is None:
        since_ms = at_ms
    most_slow = sum(last) * 2 > _LAST
    slow_cycles = pace.slow_cycles + 1 if most_slow else 0
    calm_cycles = 0 if most_slow else pace.calm_cycles + 1
    is_slow = calm_cycles < policy.calm_cycles if pace.slow else slow_cycles >= policy.slow_cycles
    if not is_slow and not any(last):
        since_ms = None
    return Pace(last, min(slow_cycles, policy.slow_cycles), min(calm_cycles, policy.calm_cycles), is_slow, since_ms)
