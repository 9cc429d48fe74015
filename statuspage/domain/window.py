"""Marks of judged samples, and how many of them failed in which way."""

from typing import Final

import msgspec

from statuspage.domain.classes import BY_CODE, CLASSES
from statuspage.domain.sample import Sample
from statuspage.domain.words import Fault, Judgement

ALL_OR_NOTHING: Final = frozenset({CLASSES["engine_overloaded"].code})
"""Capacity: some answers make it yellow; it is red only while none passes (failure table, row 21)."""
SLOW_CLASSES: Final = frozenset({"slow", "stalled_then_resumed"})
"""Answers that count as up, but may turn a model yellow."""
_ALIVE: Final = frozenset(row.code for row in CLASSES.values() if row.fault is Fault.NONE)
_SOFT: Final = frozenset(row.code for row in CLASSES.values() if row.fault is not Fault.NONE and row.yellow_at_most)
_OK: Final = CLASSES["ok"].code
_UNKNOWN: Final = CLASSES["unclassified"].code


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of one judged sample: when (UTC milliseconds) and its class's stable code."""

    at_ms: int
    code: int

    @property
    def failed(self) -> bool:
        """Whether it counts as a failure; slow answers do not."""
        return self.code not in _ALIVE

    @property
    def soft(self) -> bool:
        """Whether it is a failure that never goes beyond yellow."""
        return self.code in _SOFT

    @property
    def class_name(self) -> str:
        """The class in the contract's word."""
        return BY_CODE[self.code].name


Marks = tuple[Mark, ...]


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """Failures among `of` samples: `share` may turn red by their share, `capacity` only when nothing passes, `soft` never."""

    of: int = 0
    share: int = 0
    capacity: int = 0
    soft: int = 0

    @property
    def failed(self) -> int:
        """All failures."""
        return self.share + self.capacity + self.soft

    @property
    def hard(self) -> int:
        """Failures that may turn red."""
        return self.share + self.capacity

    def plus(self, mark: Mark) -> "Tally":
        """This tally with one more sample."""
        if not mark.failed:
            return Tally(self.of + 1, self.share, self.capacity, self.soft)
        if mark.soft:
            return Tally(self.of + 1, self.share, self.capacity, self.soft + 1)
        if mark.code in ALL_OR_NOTHING:
            return Tally(self.of + 1, self.share, self.capacity + 1, self.soft)
        return Tally(self.of + 1, self.share + 1, self.capacity, self.soft)

    def reaches(self, major: int) -> bool:
        """Whether so many hard failures are red: by share, or with capacity among them when nothing passed."""
        return self.share >= major or (self.hard >= major and self.failed == self.of)


def mark_of(sample: Sample) -> Mark:
    """The mark of a judged sample; a class that contradicts its judgement is marked by the judgement."""
    code = CLASSES[sample.class_name].code
    if (sample.judgement is Judgement.FAILED) is (code not in _ALIVE):
        return Mark(sample.at_ms, code)
    return Mark(sample.at_ms, _UNKNOWN if code in _ALIVE else _OK)


def push(marks: Marks, mark: Mark, size: int) -> Marks:
    """The newest `size` marks with `mark` as the last."""
    return (*marks[-(size - 1) :], mark) if size > 1 else (mark,)


def tally(marks: Marks) -> Tally:
    """The failures among marks."""
    count = Tally()
    for mark in marks:
        count = count.plus(mark)
    return count


def from_first_failure(marks: Marks) -> Marks:
    """The marks from the oldest failure on; empty without one."""
    for index, mark in enumerate(marks):
        if mark.failed:
            return marks[index:]
    return ()


def leading_class(marks: Marks, shown: str | None) -> str | None:
    """The class most of the failures have: the one shown where it is among several, else the newest of them."""
    counts: dict[int, int] = {}
    for mark in marks:
        if mark.failed:
            counts[mark.code] = counts.get(mark.code, 0) + 1
    if not counts:
        return None
    most = max(counts.values())
    leaders = {BY_CODE[code].name for code, count in counts.items() if count == most}
    if shown in leaders:
        return shown
    return next(mark.class_name for mark in reversed(marks) if mark.failed and mark.class_name in leaders)
