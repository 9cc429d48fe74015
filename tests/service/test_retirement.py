"""A month in the life of a model whose vendor takes it off, on a clock moved by hand."""

import msgspec
import pytest

from tests.service.world import DAY_S, Said, World, config, listed, model, provider


async def test_an_id_that_vanishes_from_the_list_and_answers_404_is_retired() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3", "kimi-k2.6"))
    await world.check("ok", times=288)
    await world.read_list(listed("kimi-k2.6"))
    assert world.view().status == "operational"
    await world.check("model_unknown")
    shown = world.view()
    assert (shown.status, shown.level, shown.class_name, shown.fault) == ("retired", "grey", "model_retired", "provider")


async def test_its_retirement_is_told_once_in_public() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3", "kimi-k2.6"))
    await world.check("ok", times=3)
    await world.read_list(listed("kimi-k2.6"))
    await world.check("model_unknown", times=5)
    world = await world.restart()
    await world.read_list(listed("kimi-k2.6"))
    await world.check("model_unknown", times=5)
    assert [(event.kind, event.public) for event in await world.events()] == [("gone", False), ("retired", True)]
    lifecycle = world.view().lifecycle
    assert lifecycle is not None
    assert [event.sentence for event in lifecycle.events] == ["kimi-k3 has been retired by its vendor."]
    assert (lifecycle.listed, lifecycle.successor) == (False, "kimi-k2.6")


async def test_its_uptime_is_frozen_at_its_retirement() -> None:
    world = await World().begin()
    await world.check("ok", times=280)
    await world.check("server_error", times=8)
    await world.check("model_unknown")
    before = world.view().uptime
    assert before["24h"].samples > 0
    assert before["24h"].coverage > 0.9
    for _ in range(10):
        await world.check("model_unknown", every_s=DAY_S)
        assert world.view().uptime == before
    again = await world.restart()
    assert again.view().uptime == before
    await again.check("model_unknown", times=3, every_s=3600)
    assert again.view().uptime == before


async def test_it_lives_again_only_when_it_answers() -> None:
    world = await World().begin()
    await world.check("ok", times=3)
    for said in ("model_unknown", "server_error", "invalid_key", "header_timeout"):
        await world.check(said)
        assert world.view().status == "retired"
    await world.check("ok", times=6)
    assert world.view().status == "operational"
    assert await world.kinds() == ["retired", "works_again"]


@pytest.mark.parametrize("said", [("model_unknown", False), "not_entitled", "forbidden"])
async def test_without_proof_it_stays_grey(said: Said) -> None:
    world = await World().begin()
    await world.check("ok", times=3)
    await world.check(said, times=4)
    assert (world.view().status, world.view().level) == ("no_data", "grey")
    assert await world.kinds() == []


async def test_an_id_that_never_worked_is_no_retirement() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k2.6"))
    await world.check("model_unknown", times=4)
    assert (world.view().status, world.view().class_name) == ("no_data", "model_unknown")


async def test_a_model_whose_vendor_says_at_once_that_it_is_retired_is_no_news() -> None:
    world = await World().begin()
    await world.check("model_retired")
    assert world.view().status == "retired"
    assert [(event.kind, event.public) for event in await world.events()] == [("retired", False)]


async def test_what_another_account_still_lists_was_taken_from_our_account() -> None:
    second = msgspec.structs.replace(provider("second"))
    world = await World(config([model()], [provider(), second])).begin()
    await world.check("ok", times=3)
    await world.read_list(listed("kimi-k3"), "second")
    await world.check("model_unknown")
    assert (world.view().status, world.view().class_name) == ("no_data", "not_entitled")


async def test_a_vendor_that_lists_nothing_retires_nothing() -> None:
    world = await World().begin()
    await world.read_list(listed("kimi-k3"))
    await world.check("ok", times=3)
    for nothing in ((), None):
        await world.read_list(nothing)
    await world.check(("model_unknown", False))
    assert world.view().status == "no_data"
    assert await world.kinds() == []


async def test_a_retired_model_of_a_private_kind_is_told_to_nobody() -> None:
    world = await World(config([model(public=False)])).begin()
    await world.check("ok", times=3)
    await world.check("model_unknown")
    assert [event.public for event in await world.events()] == [False]
