"""What a router says of a pinned upstream."""

import msgspec
import pytest

from statuspage.domain.identity import Trait
from statuspage.domain.secret import Secret
from statuspage.outbound.client import Outbound
from statuspage.probes.endpoints import pinned_endpoint, traits_of
from statuspage.probes.target import ProbeTarget
from statuspage.vendors.registry import VENDORS
from statuspage.zoo.zoo import Zoo
from tests.probes.asking import WallClock

UPSTREAMS = {
    "data": {
        "endpoints": [
            {"tag": "novita/fp8", "provider_name": "Novita", "quantization": "fp8", "context_length": 1000},
            {"tag": "moonshotai", "provider_name": "Moonshot AI", "quantization": None, "context_length": 2000},
        ]
    }
}


@pytest.mark.parametrize(
    ("pinned", "expected"),
    [
        (("novita",), {Trait.QUANTIZATION: "fp8", Trait.ENDPOINT_CONTEXT: "1000"}),
        (("moonshotai",), {Trait.QUANTIZATION: None, Trait.ENDPOINT_CONTEXT: "2000"}),
        (("deepinfra",), {}),
        ((), {}),
    ],
)
def test_it_reads_precision_and_context_of_the_pinned_upstream(
    pinned: tuple[str, ...], expected: dict[Trait, str | None]
) -> None:
    assert traits_of(UPSTREAMS, pinned) == expected


@pytest.mark.parametrize("found", [None, [], {}, {"data": []}, {"data": {"endpoints": [None, 1, {}]}}])
def test_it_survives_any_json(found: object) -> None:
    assert traits_of(found, ("novita",)) == {}


async def test_it_asks_the_router() -> None:
    async with Zoo() as zoo:
        target = ProbeTarget(
            key="openrouter/moonshotai/kimi-k3",
            provider="openrouter",
            vendor=VENDORS["openrouter"],
            base_url=zoo.url("openrouter"),
            model_id="moonshotai/kimi-k3",
            route_only=("moonshotai",),
            allow_private=True,
        )
        outbound = Outbound(monotonic_s=WallClock().monotonic_s)
        assert await pinned_endpoint(target, outbound) == {}  # a key is wanted
        zoo.alter(target.key, quantization="int4", context=777)
        keyed = msgspec.structs.replace(target, api_key=Secret("sk-or-1"))
        assert await pinned_endpoint(keyed, outbound) == {Trait.QUANTIZATION: "int4", Trait.ENDPOINT_CONTEXT: "777"}
        zoo.cut()
        assert await pinned_endpoint(keyed, outbound) == {}
