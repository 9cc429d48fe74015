"""Seeded simulations: how fast outages are found, how often nothing is called something."""

import random
from collections.abc import Callable
from statistics import fmean, median

from statuspage.domain.verdict import Transition
from statuspage.domain.words import Status
from tests.domain.timeline import DAY, HOUR, MINUTE, live

BASE_RATE = 0.005
BEGIN_MS = 65 * MINUTE


class Story:
    """One outage of a model that otherwise fails at the base rate, as it was shown."""

    def __init__(self, rng: random.Random, rate: float, lasts_ms: int) -> None:
        self.end_ms = BEGIN_MS + lasts_ms
        changes = live(rng, self._rate(rate), self.end_ms + 45 * MINUTE)
        self.changes = [change for change in changes if change.at_ms >= BEGIN_MS]

    def _rate(self, rate: float) -> Callable[[int], float]:
        return lambda at_ms: rate if BEGIN_MS <= at_ms < self.end_ms else BASE_RATE

    @property
    def detected_after_min(self) -> float:
        found = (change.at_ms for change in self.changes if change.new is not Status.OPERATIONAL and change.at_ms < self.end_ms)
        return (next(found, BEGIN_MS + 10 * DAY) - BEGIN_MS) / MINUTE

    @property
    def recovered_after_min(self) -> float:
        ended = (change.at_ms for change in self.changes if change.new is Status.OPERATIONAL and change.at_ms >= self.end_ms)
        return (next(ended, self.end_ms + 10 * DAY) - self.end_ms) / MINUTE

    @property
    def flaps(self) -> int:
        """Three changes within an hour."""
        return sum(late.at_ms - early.at_ms <= HOUR for early, late in zip(self.changes, self.changes[2:], strict=False))


def stories(seed: int, count: int, rate: float, lasts_ms: int) -> list[Story]:
    rng = random.Random(seed)
    return [Story(rng, rate, lasts_ms) for _ in range(count)]


def share_up_to(limit: float, values: list[float]) -> float:
    return sum(value <= limit for value in values) / len(values)


def test_a_full_outage_is_found_within_minutes_and_its_end_too() -> None:
    told = stories(1, 150, 1.0, 45 * MINUTE)
    found = [story.detected_after_min for story in told]
    assert median(found) <= 5
    assert share_up_to(8, found) >= 0.95
    assert share_up_to(12, [story.recovered_after_min for story in told]) >= 0.95
    assert max(story.flaps for story in told) <= 1
    assert all(story.changes[0].new is Status.MAJOR_OUTAGE for story in told)


def test_a_half_outage_is_found_within_ten_minutes() -> None:
    told = stories(2, 150, 0.5, 2 * HOUR)
    assert median(story.detected_after_min for story in told) <= 10
    assert fmean(story.flaps for story in told) <= 1


def test_a_quarter_outage_is_found_within_half_an_hour() -> None:
    told = stories(3, 300, 0.25, 65 * MINUTE)
    found = [story.detected_after_min for story in told]
    assert median(found) <= 30
    assert share_up_to(60, found) >= 0.85
    assert fmean(story.flaps for story in told) <= 1


def test_a_long_quarter_outage_does_not_flap() -> None:
    told = stories(4, 40, 0.25, 6 * HOUR)
    assert fmean(story.flaps for story in told) <= 1


def test_single_errors_are_not_taken_for_outages() -> None:
    rng = random.Random(5)
    months = 12
    changes: list[Transition] = []
    for _ in range(months):
        changes += live(rng, lambda _: BASE_RATE, 30 * DAY)
    partial = sum(change.new is Status.PARTIAL_OUTAGE for change in changes)
    assert partial <= months
    assert all(change.new is not Status.MAJOR_OUTAGE for change in changes)
