"""Time that passes only while everybody waits: months of the real flow in seconds."""

import asyncio
from typing import Final

_RESOLUTION_S: Final = 1e-6
"""Timers this close are due together; sums of months in floating point are this exact."""


class VirtualLoop(asyncio.BaseEventLoop):
    """An event loop without files and sockets, whose clock jumps to the next timer as soon as nothing else is to be done.

    Timers, tasks, locks and `asyncio.timeout` behave as ever, only sooner; the same program runs the same way every time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._elapsed_s = 0.0
        self._clock_resolution = _RESOLUTION_S
        self._selector = self

    def time(self) -> float:
        """Virtual seconds since the loop was made."""
        return self._elapsed_s

    def select(self, timeout: float | None) -> tuple[()]:
        """Asked by the loop when nothing is ready: lets the time until the next timer pass."""
        if timeout is None:
            msg = "Nobody in the simulation will ever be woken again."
            raise RuntimeError(msg)
        self._elapsed_s += timeout
        return ()

    def _process_events(self, event_list: object) -> None:
        """There are no files to be ready."""

    def _write_to_self(self) -> None:
        """Nobody sleeps for real, so nobody must be woken."""


class VirtualClock:
    """The clock of a virtual loop; its wall shows `start_ms` (UTC milliseconds) where the loop begins."""

    def __init__(self, loop: VirtualLoop, start_ms: int) -> None:
        self._loop = loop
        self._start_ms = start_ms

    def now_ms(self) -> int:
        """UTC milliseconds since the epoch."""
        return self._start_ms + round(self._loop.time() * 1000)

    def monotonic_s(self) -> float:
        """Virtual seconds."""
        return self._loop.time()

    async def sleep(self, seconds: float) -> None:
        """Waits in virtual time."""
        await asyncio.sleep(seconds)
