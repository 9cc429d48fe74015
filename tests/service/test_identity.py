"""The identity watch in the flow of checks."""

import msgspec

from statuspage.domain.identity import Trait
from tests.service.world import World, config, model, provider


async def test_another_fingerprint_is_told_to_the_operator_once() -> None:
    world = await World().begin()
    for fingerprint in ("fp_a", "fp_b", "fp_b", "fp_b"):
        world.more = {"fingerprint": fingerprint}
        await world.check()
    (event,) = await world.events()
    assert (event.kind, event.subject, event.public) == ("identity_changed", "moonshot/kimi-k3", False)
    assert event.facts == {"trait": "fingerprint", "old": "fp_a", "new": "fp_b"}


async def test_it_remembers_over_a_restart() -> None:
    world = await World().begin()
    world.more = {"served_model": "kimi-k3-0901"}
    await world.check()
    again = await world.restart()
    again.more = {"served_model": "kimi-k3-1101"}
    await again.check(times=2)
    assert await again.kinds() == ["identity_changed"]


async def test_fingerprints_of_an_unpinned_router_say_nothing() -> None:
    for pinned, told in ((), []), (("novita",), ["identity_changed"]):
        routed = model("kimi-k3", "openrouter", route_only=pinned)
        world = await World(config([routed], [provider("openrouter", "openrouter")])).begin()
        for fingerprint in ("fp_a", "fp_b", "fp_b"):
            world.more = {"fingerprint": fingerprint}
            await world.check(key="openrouter/kimi-k3")
        assert await world.kinds() == told


async def test_another_precision_at_the_pinned_upstream_is_told() -> None:
    world = await World().begin()
    entry = world.board.entry("moonshot/kimi-k3")
    for precision in ("fp8", "fp8", "int4", "int4"):
        world.endpoint = {Trait.QUANTIZATION: precision}
        await world.identity.ask(entry)
    assert [event.sentence for event in await world.events()] == ["kimi-k3 is served in another precision: int4, before fp8."]


async def test_failures_tell_nothing_of_who_answers() -> None:
    world = await World().begin()
    for fingerprint in ("fp_a", "fp_b", "fp_b"):
        world.more = {"fingerprint": fingerprint}
        await world.check("invalid_key" if fingerprint == "fp_b" else "ok")
    assert await world.kinds() == []
    assert msgspec.json.decode((await world.store.noted("identity"))["moonshot/kimi-k3"])["fingerprints"] == ["fp_a"]
