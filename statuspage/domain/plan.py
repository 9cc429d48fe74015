"""A plan of maintenance as an operator made it, and its windows."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from statuspage.domain.incident import IncidentUpdate, newest_first
from statuspage.domain.incident_words import BEGUN, ENDED
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.recurrence import starts_between

_FAR_MS: Final = 41 * 366 * 86_400_000
"""Longer than between any two firings of a rule: a 29 February on a given weekday may be 40 years away."""
_LOOK_MS: Final = (32 * 86_400_000, 400 * 86_400_000, _FAR_MS)


class Window(NamedTuple):
    """`start_ms <= t < end_ms`, UTC milliseconds."""

    start_ms: int
    end_ms: int


class Plan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Announced work: its first window, and the rule by which it repeats on the clocks of `zone`.

    It concerns `models` (keys) and all models of `providers` (names); with neither, the whole page. Every window lasts
    exactly as long as the first. `cut` says when windows, by their start, were ended early.
    """

    id: str
    title: str
    starts_at_ms: int
    ends_at_ms: int
    rrule: str | None = None
    zone: str = "UTC"
    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    updates: tuple[IncidentUpdate, ...] = ()
    cancelled_at_ms: int | None = None
    cut: dict[int, int] = {}
    author: str | None = None
    version: int = 0

    def covers(self, key: str, provider: str) -> bool:
        """Whether it concerns a model."""
        return key in self.models or provider in self.providers or not (self.models or self.providers)


def windows(plan: Plan, from_ms: int, to_ms: int) -> Iterator[Window]:
    """The windows that touch `from_ms <= t < to_ms`, in order; what was cancelled or ended early is left out."""
    lasts_ms = plan.ends_at_ms - plan.starts_at_ms
    for start_ms in _starts(plan, from_ms - lasts_ms, to_ms):
        end_ms = min(plan.cut.get(start_ms, start_ms + lasts_ms), plan.cancelled_at_ms or start_ms + lasts_ms)
        if start_ms < end_ms and end_ms > from_ms:
            yield Window(start_ms, end_ms)


def window_at(plan: Plan, at_ms: int) -> Window | None:
    """The window that is going on."""
    return next((window for window in windows(plan, at_ms, at_ms + 1) if window.start_ms <= at_ms), None)


def next_window(plan: Plan, at_ms: int) -> Window | None:
    """The window going on, else the next one."""
    from_ms = max(at_ms, plan.starts_at_ms)
    for span_ms in _LOOK_MS:
        found = next(windows(plan, from_ms, from_ms + span_ms), None)
        if found is not None or plan.rrule is None or plan.cancelled_at_ms is not None:
            return found
    return None


def next_turn_ms(plan: Plan, at_ms: int) -> int | None:
    """When a window next begins or ends after a moment."""
    window = next_window(plan, at_ms)
    return None if window is None else window.end_ms if window.start_ms <= at_ms else window.start_ms


def last_window(plan: Plan, at_ms: int) -> Window | None:
    """The newest window that is over."""
    for span_ms in _LOOK_MS:
        over = [window for window in windows(plan, at_ms - span_ms, at_ms) if window.end_ms <= at_ms]
        if over:
            return over[-1]
    return None


def as_read(plan: Plan, keys: Sequence[str], now_ms: int) -> Maintenance:
    """The plan as readers meet it at a moment; `keys` are the models it concerns that they may see."""
    ahead = next_window(plan, now_ms)
    going_on = ahead is not None and ahead.start_ms <= now_ms
    shown = ahead or last_window(plan, now_ms) or Window(plan.starts_at_ms, plan.ends_at_ms)
    if ahead is not None:
        status = "in_progress" if going_on else "scheduled"
    else:
        status = "completed" if plan.cancelled_at_ms is None else "cancelled"
    return Maintenance(
        id=plan.id,
        title=plan.title,
        status=status,
        models=tuple(keys),
        starts_at_ms=shown.start_ms,
        ends_at_ms=shown.end_ms,
        rrule=plan.rrule,
        updates=newest_first((*_by_the_clock(plan, shown, status), *plan.updates)),
        zone=plan.zone,
        repeats_from_ms=None if plan.rrule is None else plan.starts_at_ms,
        lasts_ms=plan.ends_at_ms - plan.starts_at_ms,
        written=newest_first(plan.updates),
        version=plan.version,
    )


def _by_the_clock(plan: Plan, window: Window, status: str) -> Iterator[IncidentUpdate]:
    """What the clock alone tells: the window has begun, the window is over."""
    if status == "completed" and window.start_ms not in plan.cut:
        over_id = f"{plan.id}-{window.start_ms}-completed"
        yield IncidentUpdate(id=over_id, status="completed", body=ENDED, at_ms=window.end_ms)
    if status in ("in_progress", "completed"):
        begun_id = f"{plan.id}-{window.start_ms}-in_progress"
        said = "".join(f"\n\n{update.body}" for update in plan.updates[-1:])
        body = f"{BEGUN}{said}"
        yield IncidentUpdate(id=begun_id, status="in_progress", body=body, at_ms=window.start_ms)


def _starts(plan: Plan, from_ms: int, to_ms: int) -> Iterator[int]:
    if plan.rrule is not None:
        yield from starts_between(plan.rrule, plan.starts_at_ms, plan.zone, from_ms, to_ms)
    elif from_ms <= plan.starts_at_ms < to_ms:
        yield plan.starts_at_ms
