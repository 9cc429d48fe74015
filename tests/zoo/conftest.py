import asyncio
from collections.abc import AsyncIterator

import pytest

from statuspage.zoo.zoo import Zoo


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now_ms: int = 1_795_000_000_000) -> None:
        self.started_ms = now_ms
        self.elapsed_s = 0.0

    def now_ms(self) -> int:
        return self.started_ms + round(self.elapsed_s * 1000)

    def monotonic_s(self) -> float:
        return 100.0 + self.elapsed_s

    async def sleep(self, seconds: float) -> None:
        self.elapsed_s += seconds
        await asyncio.sleep(0)

    def advance(self, seconds: float) -> None:
        self.elapsed_s += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def zoo(clock: HandClock) -> AsyncIterator[Zoo]:
    async with Zoo(clock=clock) as opened:
        yield opened


WEATHER: dict[str, object] = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Current weather of a city",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]}},
            "required": ["city", "unit"],
        },
    },
}
