"""When a budget is worth a word to the operator: once for each stage, cap and month. Pure."""

from enum import IntEnum
from typing import Final

import msgspec

_MOST: Final = 0.8


class Stage(IntEnum):
    """How far a cap is used up; each is told once a month."""

    WELL = 0
    TIGHT = 1
    """The plan costs more than what is left: probing slows down."""
    MOST = 2
    """Four fifths are counted."""
    USED_UP = 3
    """Probes are refused."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a cap stands: US dollars counted this month, of so many, with so much set aside for probes under way."""

    name: str
    """The provider, or "" for all."""
    cap_usd: float
    counted_usd: float
    set_aside_usd: float
    planned_usd: float
    """What the rest of the month would cost at the configured cadence."""
    refused: bool = False
    """Whether a probe was refused this month for want of money."""

    @property
    def who(self) -> str:
        """The budget in a sentence."""
        return f"the budget of {self.name}" if self.name else "the budget"


def stage_of(standing: Standing) -> Stage:
    """The stage of a cap."""
    if standing.refused:
        return Stage.USED_UP
    if standing.counted_usd >= _MOST * standing.cap_usd:
        return Stage.MOST
    return Stage.TIGHT if standing.counted_usd + standing.planned_usd > standing.cap_usd else Stage.WELL


def note_of(standing: Standing) -> str:
    """Where a cap stands, for `/readyz?verbose`."""
    expected = standing.counted_usd + standing.planned_usd
    return (
        f"{standing.who}: ${standing.counted_usd:.4f} of ${standing.cap_usd:.2f} counted this month; "
        f"${expected:.2f} by its end at the configured cadence"
    )


def told_of(standing: Standing, stage: Stage) -> str:
    """A sentence for the operator, with the remedy."""
    who = standing.who[0].upper() + standing.who[1:]
    of = f"${standing.counted_usd:.2f} of ${standing.cap_usd:.2f}"
    expected = standing.counted_usd + standing.planned_usd
    match stage:
        case Stage.USED_UP:
            return f"{who} for this month is used up ({of}): models wait for the next one; raise monthly_usd to go on."
        case Stage.MOST:
            return f"{who} for this month is used to four fifths ({of}); raise monthly_usd, or probe less often."
        case _:
            return (
                f"{who} does not reach to the month's end: {of} is counted, ${expected:.2f} are expected at the "
                "configured cadence; "
                "models that work are probed less often. Raise monthly_usd or the intervals."
            )
