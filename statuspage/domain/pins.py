"""Pins: times in which readers are told something else than what was measured, and say so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from statuspage.domain.override import Override
from statuspage.domain.plan import Plan, Window
from statuspage.domain.words import Fault, Status


class Pin(msgspec.Struct, frozen=True, kw_only=True):
    """A status that holds for `from_ms <= t < until_ms`: of a maintenance, whose `text` is its title, or set by an operator.

    A maintenance keeps its samples out of uptime; an operator's pin changes only what is shown.
    """

    status: Status
    text: str
    from_ms: int
    until_ms: int
    maintenance: str | None = None
    """The id of the plan, None for an override."""

    @property
    def class_name(self) -> str | None:
        """The class of a maintenance; what an operator says has none."""
        return None if self.maintenance is None else "maintenance"

    @property
    def fault(self) -> Fault:
        """Who is to blame for what is shown: whoever says yellow or red says that it is the provider (contract §1)."""
        return _FAULTS.get(self.status, Fault.PROVIDER)


_FAULTS = {Status.OPERATIONAL: Fault.NONE, Status.NO_DATA: Fault.MONITOR}


class Detour(msgspec.Struct, frozen=True, kw_only=True):
    """Another model that an operator names as what to use instead, for `from_ms <= t < until_ms`."""

    key: str
    text: str
    from_ms: int
    until_ms: int

    def holds(self, at_ms: int) -> bool:
        """Whether it is named at a moment."""
        return self.from_ms <= at_ms < self.until_ms


class Span(NamedTuple):
    """A stretch of time under one pin, or under none."""

    from_ms: int
    to_ms: int
    pin: Pin | None


def pins_of(
    key: str, provider: str, scheduled: Iterable[tuple[Plan, Sequence[Window]]], override: Override | None, from_ms: int
) -> tuple[Pin, ...]:
    """The pins of a model from a time on, those that win first: an operator's own word, then the window that ends last.

    `scheduled` are plans with their windows of that time.
    """
    found = [
        Pin(
            status=Status.UNDER_MAINTENANCE,
            text=plan.title,
            from_ms=window.start_ms,
            until_ms=window.end_ms,
            maintenance=plan.id,
        )
        for plan, within in scheduled
        if plan.covers(key, provider)
        for window in within
    ]
    found.sort(key=lambda pin: (-pin.until_ms, pin.from_ms))
    if override is not None and override.status is not None and override.until_ms > from_ms:
        own = Pin(status=override.status, text=override.reason, from_ms=override.set_at_ms, until_ms=override.until_ms)
        found.insert(0, own)
    return tuple(found)


def detour_of(override: Override, renamed: Mapping[str, str]) -> Detour | None:
    """What an override names to use instead, under its key of today."""
    if override.use_instead is None:
        return None
    key = renamed.get(override.use_instead, override.use_instead)
    return Detour(key=key, text=override.reason, from_ms=override.set_at_ms, until_ms=override.until_ms)


def pin_at(pins: Sequence[Pin], at_ms: int) -> Pin | None:
    """The pin that holds at a moment."""
    return next((pin for pin in pins if pin.from_ms <= at_ms < pin.until_ms), None)


def maintained_at(pins: Sequence[Pin], at_ms: int) -> Pin | None:
    """The maintenance that is going on at a moment, also where an operator pinned something else."""
    return next((pin for pin in pins if pin.maintenance is not None and pin.from_ms <= at_ms < pin.until_ms), None)


def next_turn_ms(pins: Iterable[Pin], after_ms: int) -> int | None:
    """When a pin next begins or ends after a moment."""
    return min((edge for pin in pins for edge in (pin.from_ms, pin.until_ms) if edge > after_ms), default=None)


def spans(pins: Sequence[Pin], from_ms: int, to_ms: int) -> Iterator[Span]:
    """The time from `from_ms` to `to_ms`, cut where another pin begins to hold."""
    at_ms = from_ms
    while at_ms < to_ms:
        turn_ms = next_turn_ms(pins, at_ms)
        until_ms = to_ms if turn_ms is None else min(turn_ms, to_ms)
        yield Span(at_ms, until_ms, pin_at(pins, at_ms))
        at_ms = until_ms
