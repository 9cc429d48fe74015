"""When a model is due: on a fixed grid whose offset follows from its key."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from apscheduler.triggers.base import BaseTrigger

_FIRST_ROUND_S: Final = 30.0
"""After a start every model is probed within this time, or its interval where that is shorter."""


def share_of(key: str) -> float:
    """A number in [0, 1) that is the same for a key on every machine and in every run."""
    return int.from_bytes(blake2b(key.encode(), digest_size=6).digest()) / 2**48


def first_due(key: str, interval_s: float, now: datetime) -> datetime:
    """The first check after a start."""
    return now + timedelta(seconds=share_of(key) * min(interval_s, _FIRST_ROUND_S))


def next_due(key: str, interval_s: float, previous: datetime | None, now: datetime) -> datetime:
    """The next slot of the grid, never sooner than half an interval after the check before.

    Fixed offsets instead of random jitter: jitter adds up and stretches the period (reference: libraries.md B2).
    """
    earliest = now.timestamp()
    if previous is not None:
        earliest = max(earliest, previous.timestamp() + interval_s / 2)
    offset = share_of(key) * interval_s
    slots = -((offset - earliest) // interval_s)
    return datetime.fromtimestamp(offset + slots * interval_s, tz=UTC)


class GridTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """APScheduler's view of the grid."""

    def __init__(self, key: str, interval_s: float) -> None:
        self._key = key
        self._interval_s = interval_s

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Asked by APScheduler after every run."""
        return next_due(self._key, self._interval_s, previous_fire_time, now)
