"""Every failure row that a chat probe can meet, as each simulated vendor plays it."""

import asyncio

import msgspec
import pytest

from statuspage.domain.classes import CLASSES
from statuspage.domain.secret import Secret
from statuspage.domain.words import ProbeKind
from statuspage.probes.probe import run
from statuspage.vendors.registry import VENDORS
from statuspage.zoo.rows.registry import find_row
from statuspage.zoo.zoo import Zoo
from tests.probes.asking import context, target_at

ROWS = [
    "12", "19", "21", "23", "24", "25", "27", "28", "30", "32", "33", "35", "36", "37", "38", "39", "43", "44",
    "45", "46", "47", "48", "51", "52", "53", "54", "55", "56", "57", "59", "61", "62", "63", "64", "65", "66",
    "68", "69", "72", "73", "74", "75", "77",
]  # fmt: skip
"""Left to other tests: what needs a pinned upstream, history, an expected answer, tools or a long wait."""
MONEY = {"quota_exhausted", "payment_required", "account_suspended"}
"""One row, told apart by each vendor's own status (contract §3)."""
WITHOUT_A_CLASS = {"54": "unclassified", "74": "ok"}


@pytest.mark.parametrize("vendor", sorted(VENDORS))
async def test_it_tells_every_row_of_a_vendor(vendor: str) -> None:
    means = context()
    async with Zoo() as zoo:

        async def told(row: str) -> tuple[str, str]:
            target = target_at(
                0,
                vendor,
                base_url=zoo.url(vendor),
                model_id=f"fault-{row}",
                key=f"{vendor}/{row}",
                api_key=Secret(f"sk-made-up-{row}-0123456789"),
                timeout_s=10.0,
            )
            sample = await run(ProbeKind.CHAT, target, means)
            return sample.class_name, sample.fault

        outcomes = dict(zip(ROWS, await asyncio.gather(*map(told, ROWS)), strict=True))
    wrong = {}
    for row, (class_name, fault) in outcomes.items():
        wanted = find_row(row).class_name or WITHOUT_A_CLASS[row]
        if class_name != wanted and not {class_name, wanted} <= MONEY:
            wrong[row] = (wanted, class_name, fault)
    assert wrong == {}


async def test_it_measures_a_healthy_model_of_every_vendor() -> None:
    means = context()
    async with Zoo() as zoo:
        for vendor in VENDORS:
            listing = await run(ProbeKind.CATALOG, target_at(0, vendor, base_url=zoo.url(vendor), key=vendor), means)
            assert listing.class_name == "ok"
            sample = await run(ProbeKind.CHAT, target_at(0, vendor, base_url=zoo.url(vendor), model_id="zoo-any"), means)
            assert CLASSES[sample.class_name].fault in ("none", "client"), msgspec.to_builtins(sample)
