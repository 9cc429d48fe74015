"""Who told of an outage first, the vendor's page or we: counted outage by outage, with its zeros and its misses.

In doubt the vendor is favoured: its own time of publishing counts where it is earlier than our look at the page.
"""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

import msgspec

MS_PER_MINUTE: Final = 60_000
PATIENCE_MS: Final = 60 * MS_PER_MINUTE
"""How long after the end of an outage the other side may still come to tell of it."""


class Race(msgspec.Struct, frozen=True, kw_only=True):
    """One outage of a model while it is told of by either side; times are UTC milliseconds.

    `ours_ms` is when we showed it, `theirs_ms` when the vendor did; `quiet_ms` is since when neither speaks of it.
    """

    ours_ms: int | None = None
    theirs_ms: int | None = None
    quiet_ms: int | None = None


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """One outage that is over. `minutes` is our lead (negative: the vendor's), None where one side was silent."""

    at_ms: int
    ours: bool
    theirs: bool
    minutes: int | None = None


def follow(race: Race | None, *, ours_ms: int | None, theirs_ms: int | None, now_ms: int) -> tuple[Race | None, Lead | None]:
    """The race after one look at both sides, and the lead where an outage is over.

    `ours_ms` and `theirs_ms` are since when each side shows trouble, None where it shows none now.
    """
    if race is None and ours_ms is None and theirs_ms is None:
        return None, None
    race = race or Race()
    race = Race(
        ours_ms=_earlier(race.ours_ms, ours_ms),
        theirs_ms=_earlier(race.theirs_ms, theirs_ms),
        quiet_ms=None if ours_ms is not None or theirs_ms is not None else race.quiet_ms or now_ms,
    )
    told_by_both = race.ours_ms is not None and race.theirs_ms is not None
    if race.quiet_ms is None or (not told_by_both and now_ms - race.quiet_ms < PATIENCE_MS):
        return race, None
    return None, lead_of(race)


def lead_of(race: Race) -> Lead:
    """What a race came to, in whole minutes; less than one apart is zero."""
    ours_ms, theirs_ms = race.ours_ms, race.theirs_ms
    minutes = None if ours_ms is None or theirs_ms is None else int((theirs_ms - ours_ms) / MS_PER_MINUTE)
    known = [at for at in (ours_ms, theirs_ms) if at is not None]
    return Lead(at_ms=min(known), ours=ours_ms is not None, theirs=theirs_ms is not None, minutes=minutes)


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((each for each in (one, other) if each is not None), default=None)


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Outages by who told first. `median_minutes` is over all that both told of, ours positive, zeros in it."""

    ours_first: int = 0
    theirs_first: int = 0
    together: int = 0
    only_ours: int = 0
    only_theirs: int = 0
    median_minutes: float | None = None

    @property
    def of(self) -> int:
        """All outages counted."""
        return self.ours_first + self.theirs_first + self.together + self.only_ours + self.only_theirs


def tally(leads: Iterable[Lead]) -> Tally:
    """All leads, counted."""
    counted: Sequence[Lead] = tuple(leads)
    minutes = [lead.minutes for lead in counted if lead.minutes is not None]
    return Tally(
        ours_first=sum(each > 0 for each in minutes),
        theirs_first=sum(each < 0 for each in minutes),
        together=sum(each == 0 for each in minutes),
        only_ours=sum(lead.ours and not lead.theirs for lead in counted),
        only_theirs=sum(lead.theirs and not lead.ours for lead in counted),
        median_minutes=median(minutes) if minutes else None,
    )


def sentence(counts: Tally) -> str | None:
    """The statistic in one sentence, None before the first outage."""
    if not counts.of:
        return None
    first = f"we told of {counts.ours_first} first, the vendor's page of {counts.theirs_first}"
    parts = [f"{first}, both of {counts.together} in the same minute"]
    if counts.median_minutes is not None:
        ahead = counts.median_minutes
        who = "we were ahead" if ahead > 0 else "the vendor was ahead"
        parts.append(f"in the median {who} by {abs(ahead):g} minutes" if ahead else "in the median nobody was ahead")
    parts.append(f"{counts.only_ours} never stood on the vendor's page, {counts.only_theirs} stood only there")
    return f"Of {counts.of} {'outage' if counts.of == 1 else 'outages'} in 90 days {'; '.join(parts)}."
