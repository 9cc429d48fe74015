"""What the demo says has happened: troubles of models, of whole vendors, of the monitor itself."""

import math
import random
from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.words import Fault, Status
from statuspage.zoo.fleet import DemoModel, Part

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS
YOUNG_DAYS: Final = 12
_GAP: Final = (37 * DAY_MS + 3 * HOUR_MS, 5 * HOUR_MS + 20 * MINUTE_MS)
"""How long ago the monitor was down, and for how long."""
_OPEN_SINCE_MS: Final = 47 * MINUTE_MS
_MAINTENANCE_SINCE_MS: Final = 25 * MINUTE_MS
_BROKE_SINCE_MS: Final = 9 * DAY_MS + 5 * HOUR_MS
_RETIRED_SINCE_MS: Final = 20 * DAY_MS + 7 * HOUR_MS

_KINDS: Final[tuple[tuple[str, float, float], ...]] = (
    ("engine_overloaded", 1.0, 5),
    ("engine_overloaded", 0.5, 4),
    ("server_error", 1.0, 2),
    ("server_error", 0.4, 4),
    ("bad_gateway", 1.0, 3),
    ("gateway_timeout", 0.6, 2),
    ("truncated_stream", 0.4, 2),
    ("first_event_timeout", 0.7, 2),
)
"""Class, share of probes that fail, weight."""
_SHARED: Final = (("bad_gateway", 1.0), ("engine_overloaded", 0.6), ("connection_reset", 1.0))


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """From when to when a share of a model's probes met a class; `to_ms` in the future is still going on."""

    from_ms: int
    to_ms: int
    class_name: str
    rate: float = 1.0
    status: Status
    shared: bool = False
    """One cause for all models of the provider."""

    @property
    def fault(self) -> Fault:
        """Who caused it."""
        return CLASSES[self.class_name].fault


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """One model's past; troubles are in order and do not overlap, gaps are times without any probe."""

    model: DemoModel
    first_seen_ms: int
    troubles: tuple[Trouble, ...]
    gap: tuple[int, int]

    def trouble_at(self, at_ms: int) -> Trouble | None:
        """What was going on at that moment."""
        return next((trouble for trouble in self.troubles if trouble.from_ms <= at_ms < trouble.to_ms), None)

    def silent_at(self, at_ms: int) -> bool:
        """Whether the monitor was down."""
        return self.gap[0] <= at_ms < self.gap[1]


def pasts(models: Sequence[DemoModel], now_ms: int, seed: int, days: int) -> tuple[Past, ...]:
    """The past of every model: the same for the same seed and time."""
    shared = {provider: _shared(provider, now_ms, seed, days) for provider in {model.provider for model in models}}
    return tuple(_past(model, shared[model.provider], now_ms, seed, days) for model in models)


def load(at_ms: int) -> float:
    """How busy vendors are, from 0 to 1: a daily wave (UTC), flatter at weekends."""
    hour = at_ms % DAY_MS / HOUR_MS
    wave = 0.5 - 0.5 * math.cos((hour - 4) / 24 * 2 * math.pi)
    weekday = (at_ms // DAY_MS + 3) % 7
    return wave * (0.45 if weekday >= 5 else 1.0)


def _past(model: DemoModel, shared: Sequence[Trouble], now_ms: int, seed: int, days: int) -> Past:
    luck = random.Random(f"{seed}/{model.key}")
    first_seen_ms = now_ms - (min(YOUNG_DAYS, days) if model.part is Part.YOUNG else days) * DAY_MS
    troubles = [trouble for trouble in shared if trouble.from_ms > first_seen_ms]
    for _ in range(luck.randint(2, 6)):
        name, rate, _weight = luck.choices(_KINDS, weights=[kind[2] for kind in _KINDS])[0]
        started_ms = now_ms - round(luck.uniform(0.6, days - 0.5) * DAY_MS)
        lasted_ms = round(min(9 * HOUR_MS, max(8 * MINUTE_MS, luck.lognormvariate(math.log(38), 0.9) * MINUTE_MS)))
        troubles.append(_trouble(started_ms, lasted_ms, name, rate))
    if luck.random() < 0.5:
        started_ms = now_ms - round(luck.uniform(1, days - 1) * DAY_MS)
        troubles.append(_trouble(started_ms, round(luck.uniform(0.7, 3) * HOUR_MS), "slow", 1.0))
    troubles += _part(model.part, now_ms)
    gap_from_ms = now_ms - _GAP[0]
    return Past(
        model=model,
        first_seen_ms=first_seen_ms,
        troubles=_in_order([trouble for trouble in troubles if trouble.from_ms > first_seen_ms]),
        gap=(gap_from_ms, gap_from_ms + _GAP[1]),
    )


def _part(part: Part, now_ms: int) -> list[Trouble]:
    """What a part has been playing until now; it goes on."""
    for_ever_ms = 365 * DAY_MS
    since = {
        Part.DOWN: (_OPEN_SINCE_MS, "server_error"),
        Part.MAINTENANCE: (_MAINTENANCE_SINCE_MS, "maintenance"),
        Part.BROKE: (_BROKE_SINCE_MS, "quota_exhausted"),
        Part.RETIRED: (_RETIRED_SINCE_MS, "model_retired"),
    }
    if part not in since:
        return []
    ago_ms, class_name = since[part]
    return [_trouble(now_ms - ago_ms, for_ever_ms, class_name, 1.0)]


def _shared(provider: str, now_ms: int, seed: int, days: int) -> list[Trouble]:
    luck = random.Random(f"{seed}/{provider}")
    found = []
    for _ in range(luck.randint(1, 2)):
        name, rate = luck.choice(_SHARED)
        started_ms = now_ms - round(luck.uniform(3, days - 1) * DAY_MS)
        found.append(_trouble(started_ms, round(luck.uniform(14, 110) * MINUTE_MS), name, rate, shared=True))
    return found


def _trouble(from_ms: int, lasted_ms: int, class_name: str, rate: float, *, shared: bool = False) -> Trouble:
    fault = CLASSES[class_name].fault
    if class_name == "maintenance":
        status = Status.UNDER_MAINTENANCE
    elif class_name == "model_retired":
        status = Status.RETIRED
    elif class_name == "slow":
        status = Status.DEGRADED_PERFORMANCE
    elif fault in (Fault.ACCOUNT, Fault.MONITOR, Fault.CLIENT):
        status = Status.NO_DATA
    else:
        status = Status.MAJOR_OUTAGE if rate >= 0.9 else Status.PARTIAL_OUTAGE
    return Trouble(from_ms=from_ms, to_ms=from_ms + lasted_ms, class_name=class_name, rate=rate, status=status, shared=shared)


def _in_order(troubles: list[Trouble]) -> tuple[Trouble, ...]:
    """Without overlaps: a trouble that begins within half an hour of another's end is left out; the parts' own stay."""
    lasting = [trouble for trouble in troubles if trouble.to_ms - trouble.from_ms > 30 * DAY_MS]
    kept: list[Trouble] = list(lasting)
    for trouble in sorted(troubles, key=lambda each: (not each.shared, each.from_ms)):
        if trouble not in lasting and all(
            trouble.to_ms + 30 * MINUTE_MS < other.from_ms or trouble.from_ms > other.to_ms + 30 * MINUTE_MS for other in kept
        ):
            kept.append(trouble)
    return tuple(sorted(kept, key=lambda each: each.from_ms))
