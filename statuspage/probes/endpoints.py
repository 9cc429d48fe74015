"""What a router says of the upstream that a model is pinned to (`GET /models/{id}/endpoints`, as OpenRouter has it)."""

import asyncio
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

import msgspec

from statuspage.domain.identity import Trait
from statuspage.outbound.client import Call, Outbound
from statuspage.outbound.failures import TransportFailure
from statuspage.outbound.phases import Phases
from statuspage.probes.identity import routed_elsewhere
from statuspage.probes.target import ProbeTarget
from statuspage.vendors.wire.request import address, key_headers
from statuspage.vendors.wire.shapes import items, mapping, short

_TIMEOUT_S: Final = 10.0
_MAX_BYTES: Final = 1024 * 1024
_OK: Final = 200


async def pinned_endpoint(target: ProbeTarget, outbound: Outbound) -> dict[Trait, str | None]:
    """Precision and context of the first upstream listed that the route names; empty when nothing could be read."""
    call = Call(
        method="GET",
        url=address(target.base_url, f"/models/{quote(target.model_id, safe='/:~')}/endpoints"),
        headers={"Accept": "application/json", **key_headers(target.vendor, target.revealed_key)},
        allow_private=target.allow_private,
        max_body_bytes=_MAX_BYTES,
    )
    body = bytearray()
    try:
        async with asyncio.timeout(_TIMEOUT_S), outbound.ask(call, Phases(outbound.monotonic_s)) as reply:
            if reply.status != _OK:
                return {}
            while (chunk := await reply.chunk()) is not None:
                body += chunk
        return traits_of(msgspec.json.decode(bytes(body)), target.route_only)
    except (TransportFailure, TimeoutError, ValueError, RecursionError):
        return {}


def traits_of(found: object, pinned: tuple[str, ...]) -> dict[Trait, str | None]:
    """The traits of the pinned upstream in a body of that shape."""
    endpoints = items(mapping(mapping(found).get("data")).get("endpoints"))
    chosen = next((mapping(each) for each in endpoints if _named(mapping(each), pinned)), None)
    if chosen is None:
        return {}
    context = chosen.get("context_length")
    known = isinstance(context, int) and not isinstance(context, bool)
    return {
        Trait.QUANTIZATION: short(chosen.get("quantization")),
        Trait.ENDPOINT_CONTEXT: str(context) if known else None,
    }


def _named(endpoint: Mapping[str, object], pinned: tuple[str, ...]) -> bool:
    names = [name for key in ("tag", "provider_name") if (name := short(endpoint.get(key)))]
    return bool(pinned) and any(not routed_elsewhere(pinned, name.split("/")[0]) for name in names)
