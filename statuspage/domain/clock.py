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


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment_ms(text: str) -> int:
    """A written time (RFC 3339; without an offset UTC) as UTC milliseconds. Raises `ValueError`."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return (moment.astimezone(UTC) - _EPOCH) // timedelta(milliseconds=1)
    except OverflowError as error:
        raise ValueError(str(error)) from error


def rfc3339(at_ms: int) -> str:
    """UTC with milliseconds and `Z`, as every document writes times (RFC 3339)."""
    moment = datetime.fromtimestamp(at_ms // 1000, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03d}Z"
