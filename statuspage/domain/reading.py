"""What may be said of a model at one moment: a state seen with today's eyes."""

import msgspec

from statuspage.domain.pins import Pin
from statuspage.domain.state import ModelState, Rule, Ruling
from statuspage.domain.window import SLOW_CLASSES, Marks
from statuspage.domain.words import Fault, Status


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What may be said of a model at one moment; `failed` of the newest `of` judged samples failed or were slow.

    Times are UTC milliseconds. `mixed` is True where the failures are of several classes.
    """

    status: Status
    class_name: str | None = None
    fault: Fault | None = None
    since_ms: int | None = None
    checked_at_ms: int | None = None
    failed: int = 0
    of: int = 0
    mixed: bool = False
    ruling: Ruling | None = None
    pin: Pin | None = None
    """What is told instead of what was measured."""


def stale_at_ms(state: ModelState, max_stale_s: float) -> int | None:
    """When this status stops saying anything (UTC milliseconds), or None where it cannot go stale.

    A maintenance lives by the newest sample of any judgement; retirement and grey do not age.
    """
    if state.status in (Status.NO_DATA, Status.RETIRED):
        return None
    newest = state.seen_at_ms if state.status is Status.UNDER_MAINTENANCE else state.checked_at_ms
    return None if newest is None else newest + round(max_stale_s * 1000)


def pin_stale_at_ms(state: ModelState, max_stale_s: float) -> int | None:
    """When a pin stops saying anything: it lives by the newest sample of any judgement, None where there is none yet."""
    newest = _newest_ms(state)
    return None if newest is None else newest + round(max_stale_s * 1000)


def effective(pin: Pin | None, state: ModelState, now_ms: int, max_stale_s: float) -> Pin | None:
    """The pin, where it is shown: not over a silence of the monitor, and no maintenance over a retired model."""
    if pin is None or (pin.maintenance is not None and state.status is Status.RETIRED):
        return None
    stale_ms = pin_stale_at_ms(state, max_stale_s)
    return None if stale_ms is not None and now_ms > stale_ms else pin


def shown(state: ModelState, now_ms: int, max_stale_s: float, pin: Pin | None = None) -> tuple[Status, str | None]:
    """Status and class of the reading, without its evidence."""
    pin = effective(pin, state, now_ms, max_stale_s)
    if pin is not None:
        return pin.status, pin.class_name
    stale_ms = stale_at_ms(state, max_stale_s)
    return (Status.NO_DATA, "stale") if stale_ms is not None and now_ms > stale_ms else (state.status, state.class_name)


def reading(state: ModelState, now_ms: int, max_stale_s: float, pin: Pin | None = None) -> Reading:
    """What may be said of the model now: every surface reads a state through this."""
    pin = effective(pin, state, now_ms, max_stale_s)
    if pin is not None:
        return Reading(
            status=pin.status,
            class_name=pin.class_name,
            fault=pin.fault,
            since_ms=pin.from_ms,
            checked_at_ms=_newest_ms(state),
            ruling=Ruling(Rule.SET_BY_HAND if pin.maintenance is None else Rule.ANNOUNCED),
            pin=pin,
        )
    stale_ms = stale_at_ms(state, max_stale_s)
    if stale_ms is not None and now_ms > stale_ms:
        return Reading(
            status=Status.NO_DATA,
            class_name="stale",
            fault=Fault.MONITOR,
            since_ms=stale_ms,
            checked_at_ms=state.checked_at_ms,
            ruling=Ruling(Rule.STALE),
        )
    counted, marks = _evidence(state)
    return Reading(
        status=state.status,
        class_name=state.class_name,
        fault=state.fault,
        since_ms=state.since_ms,
        checked_at_ms=state.checked_at_ms,
        failed=len(counted),
        of=len(marks),
        mixed=len({mark.code for mark in counted}) > 1,
        ruling=state.ruling,
    )


def _newest_ms(state: ModelState) -> int | None:
    return max((at_ms for at_ms in (state.seen_at_ms, state.checked_at_ms) if at_ms is not None), default=None)


def _evidence(state: ModelState) -> tuple[Marks, Marks]:
    """The marks that speak against the model, and all that are counted with them: since the trouble began, if there is any."""
    marks = state.recent
    if state.status is Status.DEGRADED_PERFORMANCE and state.class_name in SLOW_CLASSES:
        since_ms = state.pace.slow_since_ms or 0
        marks = tuple(mark for mark in marks if mark.at_ms >= since_ms)
        return tuple(mark for mark in marks if mark.class_name in SLOW_CLASSES), marks
    if state.outage is not None:
        since_ms = state.outage.first_failure_ms
        marks = tuple(mark for mark in marks if mark.at_ms >= since_ms)
    return tuple(mark for mark in marks if mark.failed), marks
