"""The clock, handed to whatever needs the time."""

from datetime import UTC, datetime
from typing import Protocol


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


def rfc3339(at_ms: int) -> str:
    """UTC with milliseconds and `Z`, as every document writes times (RFC 3339)."""
    moment = datetime.fromtimestamp(at_ms // 1000, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03d}Z"
