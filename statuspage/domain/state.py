"""What the verdict remembers of a model from one sample to the next."""

from enum import StrEnum

import msgspec

from statuspage.domain.baseline import Baseline
from statuspage.domain.confirm import Burst
from statuspage.domain.pace import Pace
from statuspage.domain.recovery import Outage
from statuspage.domain.window import Marks
from statuspage.domain.words import Fault, Status


class Rule(StrEnum):
    """The rule that decided a status."""

    FIRST_GOOD = "first_good"
    BURST = "burst"
    SECOND_LOOK = "second_look"
    WINDOW = "window"
    ROW = "row"
    CONFIRMED = "confirmed"
    EASED = "eased"
    RECOVERED = "recovered"
    LATENCY = "latency"
    CALM = "calm"
    EXCLUDED = "excluded"
    EXCLUDED_ROW = "excluded_row"
    UNPROVEN = "unproven"
    MAINTENANCE = "maintenance"
    ANNOUNCED = "announced"
    SET_BY_HAND = "set_by_hand"
    RETIRED = "retired"
    STALE = "stale"


class Ruling(msgspec.Struct, frozen=True, array_like=True):
    """A rule with its figures: so many failed (or were good, for recovery) of so many."""

    rule: Rule
    count: int = 0
    of: int = 0


class ModelState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything the verdict remembers of one model; times are UTC milliseconds.

    `since_ms` is when the status began, for an outage its first failure. `checked_at_ms` is the newest judged
    sample, `seen_at_ms` the newest of any judgement. `window` holds scheduled samples, `recent` all judged ones.
    An `outage` outlives a grey time: it ends only by proof. Read it through `reading`, which knows staleness.
    """

    status: Status = Status.NO_DATA
    class_name: str | None = None
    fault: Fault | None = None
    since_ms: int | None = None
    checked_at_ms: int | None = None
    seen_at_ms: int | None = None
    ruling: Ruling | None = None
    window: Marks = ()
    recent: Marks = ()
    burst: Burst | None = None
    outage: Outage | None = None
    asked: int = 0
    """Re-probes since the newest scheduled sample."""
    excluded_row: int = 0
    pace: Pace = Pace()
    baseline: Baseline = Baseline()
