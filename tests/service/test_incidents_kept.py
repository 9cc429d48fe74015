"""Which incidents the board knows after a restart, and which of them it shows."""

from statuspage.domain.incident import Incident
from statuspage.domain.view import PageView
from tests.service.world import DAY_S, World

KEY = "moonshot/kimi-k3"


async def outage(world: World) -> None:
    """Red, and green again."""
    await world.check("server_error", times=3)
    await world.check("ok", times=8)


def page(world: World) -> PageView:
    return world.board.page((world.view(),), world.clock.now_ms())


def open_of(world: World) -> list[Incident]:
    return [incident for incident in page(world).incidents if incident.resolved_at_ms is None]


async def test_an_outage_in_progress_is_ended_by_the_run_that_follows() -> None:
    world = await World().begin()
    await outage(world)
    await world.check("server_error", times=3)
    opened = open_of(world)
    assert len(opened) == 1
    world = await world.restart()
    assert open_of(world) == opened
    await world.check("ok", times=8)
    assert open_of(world) == []
    assert page(world).incidents[0].id == opened[0].id


async def test_days_name_their_incidents_long_after_the_page_stopped_listing_them() -> None:
    world = await World().begin()
    await outage(world)
    ended = page(world).incidents
    assert len(ended) == 1
    world.clock.elapsed_s += 20 * DAY_S
    await world.check("ok", times=2)
    for told in (world, await world.restart()):
        assert page(told).incidents == ()
        assert [day.incidents for day in told.view().days if day.incidents] == [(ended[0].id,)]


async def test_the_page_lists_open_incidents_first_then_the_newest() -> None:
    world = await World().begin()
    for _ in range(2):
        await outage(world)
        world.clock.elapsed_s += DAY_S
    await world.check("server_error", times=3)
    incidents = page(world).incidents
    assert [incident.resolved_at_ms is None for incident in incidents] == [True, False, False]
    assert incidents[1].started_at_ms > incidents[2].started_at_ms
