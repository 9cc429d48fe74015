"""A scripted world for simulations: what fails when, at which rate. Times are milliseconds since the run began."""

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

import msgspec

from statuspage.domain.classes import judge
from statuspage.domain.words import Fault, Judgement

MS_PER_DAY: Final = 86_400_000
EXPLAINED_MS: Final = 20 * 60_000
"""For so long after its end an event explains what is shown (contract §7)."""


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One scripted event: `start_ms <= t < end_ms`; the share `failure_rate` of requests ends in `class_name`.

    `cut` is our own network gone: no neutral host answers either. `latency_factor` multiplies the time to first content.
    """

    start_ms: int
    end_ms: int
    models: frozenset[int]
    failure_rate: float
    class_name: str
    fault: Fault
    latency_factor: float = 1.0
    cut: bool = False

    @property
    def ours(self) -> bool:
        """Whether our monitor, our account or our settings are to blame: it may cost no colour."""
        return self.failure_rate > 0 and self.fault in (Fault.MONITOR, Fault.ACCOUNT, Fault.CLIENT)

    @property
    def excluded(self) -> bool:
        """Whether its time is left out of uptime."""
        return self.failure_rate > 0 and (self.cut or judge(self.class_name, self.fault) is Judgement.EXCLUDED)

    @property
    def failing(self) -> bool:
        """Whether its failures count against the model."""
        return self.failure_rate > 0 and not self.cut and judge(self.class_name, self.fault) is Judgement.FAILED

    def lasts(self, at_ms: int) -> bool:
        """Whether it is going on."""
        return self.start_ms <= at_ms < self.end_ms

    def explains(self, model: int, at_ms: int) -> bool:
        """Whether a status that this model enters at that moment may come from it."""
        return model in self.models and self.start_ms <= at_ms <= self.end_ms + EXPLAINED_MS


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """Models that fail at `base_error_rate` (class `server_error`) but for the events; latency is log-normal."""

    seed: int = 1
    days: float = 30.0
    models: int = 20
    interval_s: float = 300.0
    base_error_rate: float = 0.005
    latency_median_s: float = 0.8
    latency_sigma: float = 0.4
    events: tuple[Happening, ...] = ()

    @property
    def end_ms(self) -> int:
        """The length of the run."""
        return round(self.days * MS_PER_DAY)


def scripted_success(scenario: Scenario, model: int, from_ms: int, to_ms: int) -> float | None:
    """The share of requests between two moments that the script lets pass, excluded time left out; None without any time."""
    mine = [event for event in scenario.events if model in event.models]
    edges = sorted(
        {from_ms, to_ms, *_within((edge for event in mine for edge in (event.start_ms, event.end_ms)), from_ms, to_ms)}
    )
    spans = []
    for begin_ms, end_ms in pairwise(edges):
        going_on = [event for event in mine if event.lasts(begin_ms)]
        if any(event.excluded for event in going_on):
            continue
        passing = math.prod(1 - event.failure_rate for event in going_on if event.failing)
        spans.append((end_ms - begin_ms, passing * (1 - scenario.base_error_rate)))
    whole = sum(length for length, _ in spans)
    return sum(length * passing for length, passing in spans) / whole if whole else None


def _within(edges: Iterable[int], from_ms: int, to_ms: int) -> Iterable[int]:
    return (edge for edge in edges if from_ms < edge < to_ms)
