"""Runs one probe against one script."""

import time
from typing import Any

from statuspage.domain.sample import Sample
from statuspage.domain.secret import Secret
from statuspage.domain.words import ProbeKind
from statuspage.outbound.client import Outbound
from statuspage.probes.probe import run
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.vendors.registry import VENDORS
from tests.wire import Script, serving

KEY = "sk-made-up-0123456789abcdef"


class WallClock:
    """The machine's own time."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic_s(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("A probe never sleeps.")


def target_at(port: int, vendor: str = "openai-compatible", **more: Any) -> ProbeTarget:  # noqa: ANN401 - any field of the target
    fields: dict[str, Any] = {
        "key": "acme/m",
        "provider": "acme",
        "vendor": VENDORS[vendor],
        "base_url": f"http://127.0.0.1:{port}/v1",
        "model_id": "m",
        "api_key": Secret(KEY),
        "timeout_s": 5.0,
        "allow_private": True,
    }
    return ProbeTarget(**(fields | more))


def context(**more: Any) -> ProbeContext:  # noqa: ANN401 - any field of the context
    clock = WallClock()
    return ProbeContext(clock=clock, outbound=Outbound(monotonic_s=clock.monotonic_s), **more)


async def probed(script: Script, kind: ProbeKind = ProbeKind.CHAT, vendor: str = "openai-compatible", **more: Any) -> Sample:  # noqa: ANN401
    """The sample of one probe of a server that plays the script."""
    async with serving(script) as port:
        return await run(kind, target_at(port, vendor, **more), context())
