"""The burst: a first failure is asked again before anybody is told."""

from enum import StrEnum

import msgspec

from statuspage.domain.policy import Policy
from statuspage.domain.sample import Sample
from statuspage.domain.window import Mark, Tally


class Finding(StrEnum):
    """What a burst or a window shows."""

    CLEAR = "clear"
    PARTIAL = "partial"
    MAJOR = "major"


class Burst(msgspec.Struct, frozen=True, array_like=True):
    """A burst in progress: since the first failure (UTC milliseconds), what it showed, what had to be left out."""

    started_ms: int
    tally: Tally = Tally()
    excluded: int = 0
    good_row: int = 0

    def judged(self, mark: Mark) -> "Burst":
        """The burst with one more judged sample."""
        return Burst(self.started_ms, self.tally.plus(mark), self.excluded, 0 if mark.failed else self.good_row + 1)

    def left_out(self) -> "Burst":
        """The burst with one more probe that says nothing."""
        return Burst(self.started_ms, self.tally, self.excluded + 1, self.good_row)


def finding_of(burst: Burst, policy: Policy, *, lone: bool) -> Finding | None:
    """What the burst shows, or None while another probe could still change it.

    A `lone` failure, the only one of the window, is let go after the policy's good re-probes in a row.
    """
    tally = burst.tally
    left = policy.burst_size - tally.of - burst.excluded
    if tally.reaches(policy.burst_major):
        return Finding.MAJOR
    partial = tally.failed >= policy.burst_partial
    if left <= 0:
        return Finding.PARTIAL if partial else Finding.CLEAR
    if not partial:
        lost = tally.failed + left < policy.burst_partial
        acquitted = lone and tally.failed == 1 and burst.good_row >= policy.acquit_after
        return Finding.CLEAR if lost or acquitted else None
    return None if _may_turn_red(tally, left, policy.burst_major) else Finding.PARTIAL


def _may_turn_red(tally: Tally, left: int, major: int) -> bool:
    nothing_passed = tally.failed == tally.of
    return tally.share + left >= major or (nothing_passed and tally.hard + left >= major)


def spacing_s(sample: Sample, policy: Policy) -> float:
    """Seconds until the next re-probe: the policy's, or the vendor's Retry-After up to the policy's bound."""
    asked = sample.retry_after_s or 0.0
    return max(policy.confirm_spacing_s, min(asked, policy.confirm_longest_s))
