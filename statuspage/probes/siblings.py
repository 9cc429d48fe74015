"""A rejected key may belong to another surface of the same vendor: its free `/models` tells (contract §3)."""

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.outbound.client import Call
from statuspage.outbound.failures import TransportFailure
from statuspage.outbound.phases import Phases
from statuspage.probes.dialects.registry import DIALECTS
from statuspage.probes.target import ProbeContext, ProbeTarget
from statuspage.vendors.evidence import Classified
from statuspage.vendors.listing import read_models

MAX_SIBLING_BYTES = 1024 * 1024


async def settle_region(rejected: Classified, target: ProbeTarget, context: ProbeContext) -> Classified:
    """`wrong_region` when a sibling accepts the key, else the class as it was. Asks the target's siblings only."""
    key = target.revealed_key
    if key is None:
        return msgspec.structs.replace(rejected, ask=None, detail="no key is configured")
    for sibling in target.siblings:
        if await _accepts(sibling, key, target, context):
            row = CLASSES["wrong_region"]
            return Classified(class_name="wrong_region", fault=row.fault, retry=row.retry, detail=f"{sibling} accepts it")
    return msgspec.structs.replace(rejected, ask=None)


async def _accepts(base_url: str, key: str, target: ProbeTarget, context: ProbeContext) -> bool:
    outgoing = DIALECTS[target.vendor.dialect].models(target.vendor, base_url, key)
    call = Call(
        method=outgoing.method,
        url=outgoing.url,
        headers=outgoing.headers,
        allow_private=base_url in target.private_siblings,
        max_body_bytes=MAX_SIBLING_BYTES,
    )
    body = bytearray()
    try:
        async with context.outbound.ask(call, Phases(context.clock.monotonic_s)) as reply:
            if reply.status != 200:
                return False
            while (data := await reply.chunk()) is not None:
                body += data
    except TransportFailure:
        return False
    return read_models(bytes(body)) is not None
