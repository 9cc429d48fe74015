"""The burst: a first failure is asked again before anybody is told."""

from enum import StrEnum

import msgspec

from statuspage.domain.policy import Policy
from statuspage.domain.sample import Sample
from statuspage.domain.window import Mark, Tally


class Finding(StrEnum):
    """What a burst or a window shows; `again` puts the answer off to the next round."""

    CLEAR = "clear"
    PARTIAL = "partial"
    MAJOR = "major"
    AGAIN = "again"


class Burst(msgspec.Struct, frozen=True, array_like=True):
    """A burst in progress: since the first failure (UTC milliseconds), what it showed, what had to be left out.

    `second_look` is the burst of the round after an unclear one, `waiting` the time in between. `twin` is whether the
    first two failed.
    """

    started_ms: int
    tally: Tally = Tally()
    excluded: int = 0
    twin: bool = False
    second_look: bool = False
    waiting: bool = False

    def judged(self, mark: Mark) -> "Burst":
        """The burst with one more judged sample."""
        counts = self.tally.plus(mark)
        twin = counts.failed == counts.of if counts.of <= 2 else self.twin
        return Burst(self.started_ms, counts, self.excluded, twin, self.second_look)

    def left_out(self) -> "Burst":
        """The burst with one more probe that says nothing."""
        return Burst(self.started_ms, self.tally, self.excluded + 1, self.twin, self.second_look)

    def put_off(self) -> "Burst":
        """The burst waiting for the next round."""
        return Burst(self.started_ms, second_look=True, waiting=True)


def finding_of(burst: Burst, policy: Policy, *, lone: bool) -> Finding | None:
    """What the burst shows, or None while another probe could still change it.

    Just enough failures for yellow, after the only failed scheduled sample of the window and not in a row, are asked
    about again in the next round, where any failure is yellow: one in fifty single errors would look the same.
    """
    counts = burst.tally
    left = policy.burst_size - counts.of - burst.excluded
    if counts.reaches(policy.burst_major):
        return Finding.MAJOR
    enough = 1 if burst.second_look else policy.burst_partial
    if counts.failed < enough:
        return None if left > 0 and counts.failed + left >= enough else Finding.CLEAR
    if left > 0 and _may_turn_red(counts, left, policy.burst_major):
        return None
    unclear = lone and counts.failed == enough and not burst.second_look and not burst.twin
    if unclear:
        return None if left > 0 else Finding.AGAIN
    return Finding.PARTIAL


def _may_turn_red(tally: Tally, left: int, major: int) -> bool:
    nothing_passed = tally.failed == tally.of
    return tally.share + left >= major or (nothing_passed and tally.hard + left >= major)


def spacing_s(sample: Sample, policy: Policy) -> float:
    """Seconds until the next re-probe: the policy's, or the vendor's Retry-After up to the policy's bound."""
    asked = sample.retry_after_s or 0.0
    return max(policy.confirm_spacing_s, min(asked, policy.confirm_longest_s))
