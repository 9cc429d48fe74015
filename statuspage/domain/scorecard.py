"""How well a simulated run told what its script did: detection, recovery, false alarms (contract §7 defines each figure)."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from statuspage.domain.scenario import EXPLAINED_MS, Happening, Scenario
from statuspage.domain.words import Status

ALARMS: Final = (Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE, Status.DEGRADED_PERFORMANCE)
_WORST_FIRST: Final = (*ALARMS, Status.UNDER_MAINTENANCE, Status.RETIRED, Status.NO_DATA, Status.OPERATIONAL)


class Turn(msgspec.Struct, frozen=True, array_like=True):
    """From that moment on (milliseconds since the run began) a model was shown in this status."""

    at_ms: int
    status: Status


Timeline = Sequence[Turn]
"""What readers were shown of one model: begins at 0 with `no_data`, each turn another status than the one before."""


class EventScore(msgspec.Struct, frozen=True, kw_only=True):
    """What was shown of one event; seconds, None for never."""

    index: int
    detected_after_s: float | None
    worst_status: Status
    recovered_after_s: float | None
    transitions: int


class Scorecard(msgspec.Struct, frozen=True, kw_only=True):
    """Every event, the entries into a status that nothing explains, and all changes but each model's first to green."""

    events: tuple[EventScore, ...]
    false: dict[Status, int]
    transitions_total: int


def scorecard(scenario: Scenario, shown: Sequence[Timeline]) -> Scorecard:
    """The figures of a run; `shown` holds one timeline for each model."""
    false = dict.fromkeys(ALARMS, 0)
    for model, timeline in enumerate(shown):
        for turn in timeline[1:]:
            if turn.status in false and not _explained(scenario.events, model, turn.at_ms):
                false[turn.status] += 1
    return Scorecard(
        events=tuple(_event(index, event, shown, scenario.end_ms) for index, event in enumerate(scenario.events)),
        false=false,
        transitions_total=sum(len(timeline) - 1 - _begins_green(timeline) for timeline in shown),
    )


def status_at(timeline: Timeline, at_ms: int) -> Status:
    """What was shown at that moment."""
    return next(turn.status for turn in reversed(timeline) if turn.at_ms <= at_ms)


def _explained(events: Iterable[Happening], model: int, at_ms: int) -> bool:
    """Whether an event accounts for an alarm; while our own network or account fails, nothing does."""
    mine = [event for event in events if event.explains(model, at_ms)]
    return bool(mine) and not any(event.ours and event.lasts(at_ms) for event in mine)


def _event(index: int, event: Happening, shown: Sequence[Timeline], end_ms: int) -> EventScore:
    """One event; one that begins after the run's end was never seen."""
    affected = [shown[model] for model in sorted(event.models)]
    if event.start_ms >= end_ms:
        return EventScore(index=index, detected_after_s=None, worst_status=Status.NO_DATA, recovered_after_s=None, transitions=0)
    until_ms = event.end_ms + EXPLAINED_MS
    seen = [status for timeline in affected for status in _shown_between(timeline, event.start_ms, until_ms)]
    detected_ms = [found for timeline in affected if (found := _left_ms(timeline, event.start_ms, until_ms)) is not None]
    return EventScore(
        index=index,
        detected_after_s=_s(min(detected_ms) - event.start_ms) if detected_ms else None,
        worst_status=min(seen, key=_WORST_FIRST.index),
        recovered_after_s=_recovered_after_s(event, affected),
        transitions=sum(event.start_ms <= turn.at_ms <= until_ms for timeline in affected for turn in timeline[1:]),
    )


def _recovered_after_s(event: Happening, affected: Iterable[Timeline]) -> float | None:
    """Until the last model that had left green is green again; None when none left it, or one of them never came back."""
    until_ms = event.end_ms + EXPLAINED_MS
    back_ms = []
    for timeline in affected:
        left_ms = _left_ms(timeline, event.start_ms, until_ms)
        if left_ms is None:
            continue
        if status_at(timeline, event.end_ms) is Status.OPERATIONAL and left_ms <= event.end_ms:
            back_ms.append(event.end_ms)
            continue
        green = (turn.at_ms for turn in timeline if turn.status is Status.OPERATIONAL)
        returned_ms = next((at_ms for at_ms in green if at_ms >= max(left_ms, event.end_ms)), None)
        if returned_ms is None:
            return None
        back_ms.append(returned_ms)
    return _s(max(back_ms) - event.end_ms) if back_ms else None


def _left_ms(timeline: Timeline, from_ms: int, until_ms: int) -> int | None:
    """When another status than operational was first shown in that time."""
    if timeline[-1].at_ms < from_ms or status_at(timeline, from_ms) is not Status.OPERATIONAL:
        return None if status_at(timeline, from_ms) is Status.OPERATIONAL else from_ms
    away = (turn.at_ms for turn in timeline if from_ms <= turn.at_ms <= until_ms and turn.status is not Status.OPERATIONAL)
    return next(away, None)


def _shown_between(timeline: Timeline, from_ms: int, until_ms: int) -> list[Status]:
    return [status_at(timeline, from_ms), *(turn.status for turn in timeline if from_ms < turn.at_ms <= until_ms)]


def _begins_green(timeline: Timeline) -> bool:
    return any(before.status is Status.NO_DATA and after.status is Status.OPERATIONAL for before, after in pairwise(timeline[:2]))


def _s(span_ms: int) -> float:
    return span_ms / 1000
