"""Our own probe meets every row that one round can tell, and tells it by its class."""

import asyncio
import time

import pytest

from statuspage.domain.sample import Sample
from statuspage.domain.secret import Secret
from statuspage.domain.words import ProbeKind
from statuspage.outbound.client import Outbound
from statuspage.probes.probe import ProbeContext, ProbeTarget, run
from statuspage.service.clock import SystemClock
from statuspage.vendors.registry import VENDORS
from statuspage.zoo.rows.registry import ALL
from statuspage.zoo.rows.row import Row
from statuspage.zoo.zoo import Zoo

_HISTORY = {16, 20, 50}
"""Need history to be told."""
_NEAREST = {4, 5, 49, 97}
"""Played as something near, healed, or beside chat."""
_WITHOUT_TOOLS = set(range(79, 87)) | {70}
_WITHOUT_PIN_OR_EXPECTATION = {76, 78}
_SKIPPED = _HISTORY | _NEAREST | _WITHOUT_TOOLS | _WITHOUT_PIN_OR_EXPECTATION
_IN_OTHER_WORDS = {
    ("moonshot", 34): "quota_exhausted",
    ("openrouter", 22): "payment_required",
    ("openrouter", 26): "payment_required",
    ("openrouter", 29): "payment_required",
}
"""What the nearest words of a vendor rightly mean there."""


async def _met(zoo: Zoo, row: Row, prefix: str, siblings: tuple[str, ...]) -> Sample:
    wait = {17: ";wait=700ms", 57: ";wait=10ms"}.get(row.number or 0, "")
    target = ProbeTarget(
        key=f"{prefix}/fault",
        provider=prefix,
        vendor=VENDORS[prefix],
        base_url=zoo.url(prefix),
        model_id=f"fault-{row.label}{wait}",
        api_key=Secret(f"sk-zoo-{row.label}-0123456789"),
        timeout_s=1.5,
        allow_private=True,
        siblings=siblings,
        private_siblings=siblings,
    )
    context = ProbeContext(clock=SystemClock(), outbound=Outbound(monotonic_s=time.monotonic))
    return await run(ProbeKind.CHAT, target, context)


@pytest.mark.parametrize("prefix", ["moonshot", "openrouter", "openai", "anthropic"])
async def test_our_probe_tells_each_row_by_its_class(prefix: str) -> None:
    rows = [row for row in ALL if row.play and row.class_name and row.number not in _SKIPPED]
    rows = [row for row in rows if prefix == "moonshot" or row.number != 40]
    async with Zoo() as zoo:
        siblings = (zoo.url("moonshot-cn"),) if prefix == "moonshot" else ()
        told = await asyncio.gather(*(_met(zoo, row, prefix, siblings) for row in rows))
    expected = {row.label: _IN_OTHER_WORDS.get((prefix, row.number or 0), row.class_name) for row in rows}
    assert {row.label: sample.class_name for row, sample in zip(rows, told, strict=True)} == expected
