"""The clock, handed to whatever needs the time."""

from datetime import UTC, datetime, timedelta
from typing import Final, Protocol


class Clock(Protocol):
    """Wall time for dates, monotonic time for durations."""

    def now_ms(self) -> int:
        """UTC milliseconds since the epoch."""
        ...

    def monotonic_s(self) -> float:
        """Seconds that never jump."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait that long."""
        ...


_FIRST_YEAR, _LAST_YEAR = 1970, 2999
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment_ms(text: str) -> int:
    """A written time (RFC 3339; without an offset UTC) as UTC milliseconds, of the years 1970 to 2999. Raises `ValueError`."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:  # whatever counts, draws or writes days is at home in between
        raise ValueError(f"the year {moment.year} is out of range")
    return (moment.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)


def rfc3339(at_ms: int) -> str:
    """UTC with milliseconds and `Z`, as every document writes times (RFC 3339)."""
    moment = datetime.fromtimestamp(at_ms // 1000, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03d}Z"
