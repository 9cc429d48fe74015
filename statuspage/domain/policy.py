"""Every number the verdict depends on, with the documented defaults (docs/detection.md says why)."""

import math

import msgspec


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How a model is judged. Durations carry their unit, everything else counts probes."""

    interval_s: float = 300.0
    """Between scheduled probes."""
    max_stale_s: float = 660.0
    """A status whose newest judged sample is older says nothing any more."""

    confirm_probes: int = 4
    """Re-probes after a first failure, at most."""
    confirm_spacing_s: float = 20.0
    confirm_longest_s: float = 60.0
    """A vendor's Retry-After stretches the spacing up to this."""
    burst_partial_share: float = 0.4
    """Failed share of a whole burst that is yellow: 2 of 5."""
    burst_major_share: float = 0.6
    """Failed share of a whole burst that is red: 3 of 5."""

    window: int = 12
    """Scheduled samples of the slow path."""
    window_partial: int = 3
    window_major: int = 8
    window_ease: int = 6
    """Red turns yellow, once per outage, when no more than this many of a whole window still fail."""
    row_major: int = 5
    """Failures in a row, none between them good, that turn yellow red."""
    row_major_eased: int = 8
    """The same after red had already turned yellow."""

    recover_doubt: float = 0.005
    """Recovery is believed once so many good answers would be less likely than this in an ongoing outage."""
    recover_from_red: int = 2
    """Good scheduled samples needed at least."""
    recover_from_yellow: int = 3
    recover_scheduled_most: int = 5
    """Good scheduled samples in a row that always suffice."""
    recover_reprobes: int = 3
    """Re-probes after a good scheduled sample that may count."""

    excluded_in_row: int = 2
    """Samples in a row that had to be left out for a passing reason before the status is withdrawn."""

    latency_factor: float = 3.0
    """Slow is beyond this many medians, ..."""
    latency_deviations: float = 6.0
    """... beyond this many robust standard deviations above the median, ..."""
    latency_floor_ms: float = 2_000.0
    """... and beyond this."""
    latency_floor_thinking_ms: float = 8_000.0
    warm_up_samples: int = 50
    """Green samples before the baseline counts; until then only the ceilings do."""
    warm_up_ceiling_ms: float = 10_000.0
    warm_up_ceiling_thinking_ms: float = 30_000.0
    baseline_days: float = 7.0
    slow_cycles: int = 2
    """Cycles for which the median of the last three answers must be slow."""
    calm_cycles: int = 3
    """Cycles for which it must be good again."""

    @property
    def recover_most(self) -> int:
        """Good samples in a row that recovery needs at most, re-probes included."""
        return self.recover_scheduled_most * (1 + self.recover_reprobes)

    @property
    def burst_size(self) -> int:
        """The first failure and its re-probes."""
        return self.confirm_probes + 1

    @property
    def burst_partial(self) -> int:
        """Failures of a burst that are yellow; one failure among several probes never is."""
        return min(self.burst_size, max(2, _at_least(self.burst_partial_share, self.burst_size)))

    @property
    def burst_major(self) -> int:
        """Failures of a burst that are red."""
        return max(self.burst_partial, _at_least(self.burst_major_share, self.burst_size))


def _at_least(share: float, of: int) -> int:
    return math.ceil(round(share * of, 9))


DEFAULT_POLICY = Policy()
