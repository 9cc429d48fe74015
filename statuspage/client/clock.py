"""The machine's own clock, where a program hands in none."""

import asyncio
import time


class SystemClock:
    """Wall time and monotonic time of this machine (`domain.clock.Clock`)."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic_s(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
