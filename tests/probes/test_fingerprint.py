"""The build that answered, as its vendor calls it."""

import msgspec

from statuspage.domain.secret import Secret
from statuspage.domain.words import ProbeKind
from statuspage.probes.probe import run
from statuspage.zoo.zoo import Zoo
from tests.probes.asking import context, target_at


async def test_a_chat_sample_knows_the_system_fingerprint() -> None:
    async with Zoo() as zoo:
        target = msgspec.structs.replace(
            target_at(zoo.port, "openai"), base_url=zoo.url("openai"), model_id="gpt-5-mini", api_key=Secret("sk-proj-1")
        )
        assert (await run(ProbeKind.CHAT, target, context())).fingerprint == "fp_zoo0000001"
        zoo.alter("openai/gpt-5-mini", fingerprint="fp_other")
        assert (await run(ProbeKind.CHAT, target, context())).fingerprint == "fp_other"


async def test_a_vendor_without_fingerprints_gives_none() -> None:
    async with Zoo() as zoo:
        target = msgspec.structs.replace(target_at(zoo.port, "moonshot"), base_url=zoo.url("moonshot"), model_id="kimi-k2.6")
        assert (await run(ProbeKind.CHAT, target, context())).fingerprint is None
