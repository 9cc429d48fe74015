"""What a model's time to first content normally is, and when an answer is slow against it.

The baseline is two generations of a logarithmic count, each half the policy's span: between them the last
3.5 to 7 days of green samples, in a few hundred bytes.
"""

import math
from typing import Final

import msgspec

from statuspage.domain.policy import Policy

_STEP: Final = math.log(1.05)
_TO_SIGMA: Final = 1.4826
_MS_PER_DAY: Final = 86_400_000
_EVERY: Final = 12
"""Once warm, median and deviation are taken again after so many samples."""


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of milliseconds in steps of 5 %, older and newer half, with the figures drawn from them."""

    since_ms: int = 0
    newer: dict[int, int] = {}
    older: dict[int, int] = {}
    samples: int = 0
    median_ms: float | None = None
    deviation_ms: float | None = None
    """Median absolute deviation from the median."""


def learn(baseline: Baseline, first_content_ms: float, at_ms: int, policy: Policy) -> Baseline:
    """The baseline with one more green sample; counts older than the policy's span are forgotten."""
    newer, older, since_ms = baseline.newer, baseline.older, baseline.since_ms
    half_ms = policy.baseline_days * _MS_PER_DAY / 2
    rotated = not newer or at_ms - since_ms >= half_ms
    if rotated:
        older, newer, since_ms = newer if at_ms - since_ms < 2 * half_ms else {}, {}, at_ms
    step = round(math.log(max(first_content_ms, 1.0)) / _STEP)
    newer = {**newer, step: newer.get(step, 0) + 1}
    samples = sum(newer.values()) + sum(older.values()) if rotated else baseline.samples + 1
    median_ms, deviation_ms = baseline.median_ms, baseline.deviation_ms
    if median_ms is None or samples <= policy.warm_up_samples or samples % _EVERY == 0:
        median_ms, deviation_ms = _spread(newer, older)
    return Baseline(since_ms=since_ms, newer=newer, older=older, samples=samples, median_ms=median_ms, deviation_ms=deviation_ms)


def threshold_ms(baseline: Baseline, policy: Policy, *, thinking: bool) -> float:
    """Milliseconds to first content beyond which an answer is slow."""
    floor = policy.latency_floor_thinking_ms if thinking else policy.latency_floor_ms
    median, deviation = baseline.median_ms, baseline.deviation_ms
    if median is None or deviation is None or baseline.samples < policy.warm_up_samples:
        return policy.warm_up_ceiling_thinking_ms if thinking else policy.warm_up_ceiling_ms
    return max(policy.latency_factor * median, median + policy.latency_deviations * _TO_SIGMA * deviation, floor)


def _spread(newer: dict[int, int], older: dict[int, int]) -> tuple[float, float]:
    weights = dict(older)
    for step, count in newer.items():
        weights[step] = weights.get(step, 0) + count
    values = sorted((math.exp(step * _STEP), count) for step, count in weights.items())
    median = _middle(values)
    return median, _middle(sorted((abs(value - median), count) for value, count in values))


def _middle(values: list[tuple[float, int]]) -> float:
    half = sum(count for _, count in values) / 2
    passed = 0
    for value, count in values:
        passed += count
        if passed >= half:
            return value
    return 0.0
