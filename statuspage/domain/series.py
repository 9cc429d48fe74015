"""What was measured of one model over a window, step by step."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES, judge
from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.speed import tokens_per_second
from statuspage.domain.uptime import latency_point
from statuspage.domain.view import LatencyPoint, OutcomePoint
from statuspage.domain.words import Judgement

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
WINDOW_DAYS: Final = {"24h": 1, "7d": 7, "30d": 30, "90d": 90}
_HOURLY_UP_TO_DAYS: Final = 7


class SpeedPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One hour or one day of tokens a second; None where too few answers tell."""

    at_ms: int
    tokens_s: float | None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One window (`24h`, `7d`, `30d`, `90d`), oldest first, a step of `step_ms` each."""

    window: str
    points: tuple[LatencyPoint, ...]
    outcomes: tuple[OutcomePoint, ...]
    speeds: tuple[SpeedPoint, ...] = ()
    """Empty where the samples were not read."""

    @property
    def step_ms(self) -> int:
        """An hour up to seven days, else a day."""
        return step_of(self.window)

    @property
    def steps(self) -> int:
        """How many steps the window has."""
        return WINDOW_DAYS[self.window] * DAY_MS // self.step_ms


def step_of(window: str) -> int:
    """Milliseconds of one step of a window."""
    return HOUR_MS if WINDOW_DAYS[window] <= _HOURLY_UP_TO_DAYS else DAY_MS


def outcome_point(bucket: Bucket) -> OutcomePoint:
    """What probes of one bucket ended in, other than well; re-asked ones included."""
    classes = {name: count for name, count in bucket.classes.items() if not _went_well(name)}
    return OutcomePoint(at_ms=bucket.start_ms, judged=bucket.judged, classes=classes)


def _went_well(name: str) -> bool:
    """Whether a class says something of a good answer; one that this version does not know is not taken for good."""
    return name in CLASSES and judge(name, CLASSES[name].fault) is Judgement.OK


def series(window: str, buckets: Sequence[Bucket], samples: Iterable[Sample]) -> Series:
    """The window from its hours or days; `samples` are oldest first and tell the speed."""
    starts = [bucket.start_ms for bucket in buckets]
    by_step = groupby(samples, key=lambda sample: bisect_right(starts, sample.at_ms) - 1)
    return Series(
        window=window,
        points=tuple(latency_point(bucket) for bucket in buckets),
        outcomes=tuple(outcome_point(bucket) for bucket in buckets),
        speeds=tuple(SpeedPoint(at_ms=starts[step], tokens_s=tokens_per_second(some)) for step, some in by_step if step >= 0),
    )
