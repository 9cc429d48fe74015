"""A scripted transport: answers like vendors that fail as a scenario says."""

import math
from collections.abc import Mapping
from random import Random
from typing import Final

from statuspage.domain.classes import CLASSES
from statuspage.domain.clock import Clock
from statuspage.domain.sample import Sample, Timings
from statuspage.domain.scenario import Happening, Scenario
from statuspage.domain.words import Fault, ProbeKind

TIMEOUT_S: Final = 30.0
_REFUSAL_S: Final = 0.3
_AFTER_FIRST_WORD_S: Final = 0.4
_UNTIL_DEADLINE: Final = frozenset(
    {"connect_timeout", "header_timeout", "first_event_timeout", "stalled_stream", "gateway_timeout", "offline"}
)
_BASE_CLASS: Final = "server_error"


class ScriptedVendors:
    """One probe each; every model has a stream of chance of its own, so that models do not disturb one another."""

    def __init__(self, scenario: Scenario, indexes: Mapping[str, int], clock: Clock, start_ms: int) -> None:
        self._scenario = scenario
        self._indexes = indexes
        self._clock = clock
        self._start_ms = start_ms
        self._chance = [Random(f"{scenario.seed}/{index}") for index in range(scenario.models)]  # noqa: S311 - no secret
        self._events = [tuple(event for event in scenario.events if index in event.models) for index in range(scenario.models)]
        self._cuts = tuple(event for event in scenario.events if event.cut)
        self._log_median_ms = math.log(scenario.latency_median_s * 1000)

    async def probe(self, key: str, kind: ProbeKind) -> Sample:
        """Asks a model once, in virtual time."""
        at_ms = self._clock.now_ms()
        index = self._indexes[key]
        chance = self._chance[index]
        elapsed_ms = at_ms - self._start_ms
        going_on = [event for event in self._events[index] if event.start_ms <= elapsed_ms < event.end_ms]
        failure = next((event for event in going_on if chance.random() < event.failure_rate), None)
        if failure is not None:
            return await self._failed(key, kind, at_ms, failure.class_name, _seen_as(failure))
        if chance.random() < self._scenario.base_error_rate:
            return await self._failed(key, kind, at_ms, _BASE_CLASS, Fault.PROVIDER)
        first_ms = math.exp(chance.gauss(self._log_median_ms, self._scenario.latency_sigma))
        for event in going_on:
            first_ms *= event.latency_factor
        if first_ms > TIMEOUT_S * 1000:
            return await self._failed(key, kind, at_ms, "first_event_timeout", Fault.PROVIDER)
        total_ms = min(first_ms + _AFTER_FIRST_WORD_S * 1000, TIMEOUT_S * 1000)
        await self._clock.sleep(total_ms / 1000)
        return Sample(
            model=key,
            at_ms=at_ms,
            probe=kind,
            class_name="ok",
            fault=Fault.NONE,
            timings_ms=Timings(first_content=first_ms, total=total_ms),
        )

    async def reach(self, _url: str) -> str | None:
        """Asks a neutral host, which only a cut of our own network can keep from answering."""
        elapsed_ms = self._clock.now_ms() - self._start_ms
        return next((event.class_name for event in self._cuts if event.lasts(elapsed_ms)), None)

    async def _failed(self, key: str, kind: ProbeKind, at_ms: int, class_name: str, fault: Fault) -> Sample:
        await self._clock.sleep(TIMEOUT_S if class_name in _UNTIL_DEADLINE else _REFUSAL_S)
        return Sample(model=key, at_ms=at_ms, probe=kind, class_name=class_name, fault=fault, retry=CLASSES[class_name].retry)


def _seen_as(event: Happening) -> Fault:
    """Whom the probe would blame: nobody sees from inside that our own network is cut."""
    return CLASSES[event.class_name].fault if event.cut else event.fault
