"""Where the process was down, the history shows grey and not the last colour."""

from statuspage.domain.words import Status
from tests.service.world import World

KEY = "moonshot/kimi-k3"
MINUTES = 60_000


async def spent(world: World, status: Status) -> int:
    """Milliseconds in that status, over all stored days."""
    days = (await world.store.past([KEY], 0, 0))[KEY].days
    return sum(day.status_ms.get(status, 0) for day in days)


async def test_a_time_without_the_process_is_grey_but_for_what_the_last_measurement_covers() -> None:
    world = await World().begin()
    await world.check(times=3)
    world.clock.elapsed_s += 3 * 3600.0
    world = await world.restart()
    assert world.view().status is Status.NO_DATA
    await world.check()
    green, grey = await spent(world, Status.OPERATIONAL), await spent(world, Status.NO_DATA)
    assert 19 * MINUTES < green < 23 * MINUTES, "three rounds of five minutes and eleven minutes of staleness"
    assert grey > 2.7 * 60 * MINUTES


async def test_an_outage_is_not_drawn_over_a_time_without_the_process() -> None:
    world = await World().begin()
    await world.check()
    await world.check("server_error", times=2)
    assert world.view().status is Status.MAJOR_OUTAGE
    world.clock.elapsed_s += 5 * 3600.0
    world = await world.restart()
    assert world.view().status is Status.NO_DATA
    await world.check("server_error")
    assert await spent(world, Status.MAJOR_OUTAGE) < 25 * MINUTES
    judged = world.view().days
    assert sum(day.judged for day in judged) == 4
