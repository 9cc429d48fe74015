"""An outage that is going on, and when it may be called over."""

import math
from typing import Final

import msgspec

from statuspage.domain.policy import Policy
from statuspage.domain.window import Mark, Tally

_BENEFIT: Final = 2
"""Good samples that an outage is credited with before anything is known of it."""


class Outage(msgspec.Struct, frozen=True, array_like=True):
    """An outage: since its first failure (UTC milliseconds), what was seen since then, and the row of the moment.

    `seen` leaves out the very first failure, without which nobody would have looked: the failed share of the rest
    is what the outage really does. `row` is hard failures in a row, `row_since_ms` where that row
    began; `eased` is whether red turned yellow already, `grown` whether yellow turned red.
    """

    first_failure_ms: int
    red: bool = False
    seen: Tally = Tally()
    row: int = 0
    row_since_ms: int = 0
    good: int = 0
    good_scheduled: int = 0
    scheduled: int = 0
    eased: bool = False
    grown: bool = False

    def failed(self, mark: Mark, *, scheduled: bool) -> "Outage":
        """The outage with one more failure; a soft one ends the row of hard ones, every one the row of good ones."""
        row = 0 if mark.soft else self.row + 1
        return msgspec.structs.replace(
            self,
            seen=self.seen.plus(mark),
            row=row,
            row_since_ms=mark.at_ms if row <= 1 else self.row_since_ms,
            good=0,
            good_scheduled=0,
            scheduled=self.scheduled + scheduled,
        )

    def passed(self, mark: Mark, *, scheduled: bool) -> "Outage":
        """The outage with one more good answer."""
        return msgspec.structs.replace(
            self,
            seen=self.seen.plus(mark),
            row=0,
            good=self.good + 1,
            good_scheduled=self.good_scheduled + scheduled,
            scheduled=self.scheduled + scheduled,
        )

    def paused(self) -> "Outage":
        """The outage after a time without judged samples: what it takes to end it starts over."""
        return msgspec.structs.replace(self, row=0, good=0, good_scheduled=0)


def needed_scheduled(outage: Outage, policy: Policy) -> int:
    """Good scheduled samples that recovery needs at least."""
    return policy.recover_from_red if outage.red else policy.recover_from_yellow


def needed(outage: Outage, policy: Policy) -> int:
    """Good samples in a row that recovery needs: n with (1 - f)^n at most the policy's doubt, within its bounds.

    f is the failed share of what was seen before the good row of the moment, counting two good samples more than
    were seen: a short row of failures does not yet prove that nothing passes.
    """
    least = needed_scheduled(outage, policy)
    share = outage.seen.failed / (outage.seen.of - outage.good + _BENEFIT)
    enough = math.ceil(math.log(policy.recover_doubt) / math.log1p(-share)) if share > 0.0 else policy.recover_most
    return max(least, min(enough, policy.recover_most))


def recovered(outage: Outage, policy: Policy) -> bool:
    """Whether the good answers of the moment prove that the outage is over."""
    if outage.good_scheduled >= policy.recover_scheduled_most:
        return True
    return outage.good >= needed(outage, policy) and outage.good_scheduled >= needed_scheduled(outage, policy)


def wants_reprobe(outage: Outage, policy: Policy, asked: int) -> bool:
    """Whether one more re-probe after this good scheduled sample brings the proof nearer before the next scheduled one does."""
    too_late = policy.confirm_spacing_s >= policy.interval_s
    if too_late or outage.good_scheduled == 0 or asked >= min(policy.recover_reprobes, policy.confirm_probes):
        return False
    still_scheduled = max(0, needed_scheduled(outage, policy) - outage.good_scheduled)
    return outage.good + still_scheduled < needed(outage, policy)
