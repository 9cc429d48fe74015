"""Official pages at work: what is shown beside a model, what is kept, and who told of an outage first."""

import asyncio
from collections.abc import Callable
from itertools import pairwise

import msgspec

from statuspage.config.fleet import Provider
from statuspage.domain.official import (
    Availability,
    Detail,
    KnownPage,
    OfficialComponent,
    OfficialIncident,
    OfficialReading,
    Severity,
    failed,
)
from statuspage.domain.view import OfficialView
from statuspage.domain.words import Status
from statuspage.service.leads import LEAD
from statuspage.service.official import TOPIC, Official
from tests.service.world import START_MS, World, config, model, provider

URL = "https://status.acme.example"
KEY = "moonshot/kimi-k3"


def says(severity: Severity = Severity.NONE, *incidents: OfficialIncident, api: Status | None = None) -> OfficialReading:
    """A page with that headline, and with a component of Moonshot's API."""
    parts = () if api is None else (OfficialComponent(name="Open API", status=api),)
    return OfficialReading(
        engine="statuspage",
        overall=Availability.AVAILABLE,
        severity=severity,
        incidents=Detail(availability=Availability.AVAILABLE if incidents else Availability.NONE_REPORTED, items=incidents),
        components=Detail(availability=Availability.AVAILABLE if parts else Availability.UNSUPPORTED, items=parts),
    )


class Looks:
    """Answers what it is told to; notes what it is asked."""

    def __init__(self, world: World) -> None:
        self.reading = says()
        self.asked: list[tuple[str, str | None]] = []
        self._world = world

    async def look(self, page: KnownPage, likely: str | None = None) -> KnownPage:
        self.asked.append((page.url, likely))
        now_ms = self._world.clock.now_ms()
        good = self.reading.overall is not Availability.FETCH_FAILED
        checked_at_ms = now_ms if good else page.checked_at_ms
        return msgspec.structs.replace(
            page, engine="statuspage", reading=self.reading, checked_at_ms=checked_at_ms, looked_at_ms=now_ms
        )

    async def look_further(self, page: KnownPage) -> KnownPage | None:
        return None


def with_page(name: str = "moonshot", url: str | None = URL) -> Provider:
    return msgspec.structs.replace(provider(name), official_status=url)


class Watched:
    """A monitor with official pages."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.looks = Looks(world)
        self.official = Official(
            config=world.config,
            board=world.board,
            store=world.store,
            looks=self.looks,
            shelf=world.shelf,  # type: ignore[arg-type]
            clock=world.clock,
        )

    async def look(self, reading: OfficialReading, after_s: float = 300.0) -> OfficialView:
        self.world.clock.elapsed_s += after_s
        self.looks.reading = reading
        await self.official.look(URL)
        return self.view()

    def view(self, key: str = KEY) -> OfficialView:
        found = self.world.view(key).official
        assert found is not None
        return found

    async def leads(self) -> list[dict[str, str]]:
        return [event.facts for event in await self.world.events() if event.kind == LEAD]


async def watched(world: World | None = None) -> Watched:
    made = Watched(world or World(config(providers=[with_page()])))
    await made.world.begin()
    await made.official.load()
    return made


async def until_down(made: Watched) -> None:
    """Checks until the model is red."""
    await made.world.check("server_error", times=3)
    assert made.world.view().status is Status.MAJOR_OUTAGE


async def test_nothing_is_shown_or_asked_where_no_page_is_configured() -> None:
    made = await watched(World())
    assert made.world.view().official is None
    await made.official.run()
    assert made.looks.asked == []


async def test_a_page_not_read_yet_is_told_from_one_that_reports_nothing() -> None:
    made = await watched()
    assert (made.view().status, made.view().reason) == (None, "it has not been read yet")


async def test_it_shows_the_claim_with_its_time_and_asks_for_the_vendors_engine() -> None:
    made = await watched()
    view = await made.look(says(Severity.MAJOR))
    assert (view.status, view.url, view.checked_at_ms) == (Status.PARTIAL_OUTAGE, URL, START_MS + 300_000)
    assert made.looks.asked == [(URL, "statuspage")]


async def test_it_shows_the_vendors_component_for_the_api() -> None:
    made = await watched()
    view = await made.look(says(Severity.CRITICAL, api=Status.OPERATIONAL))
    assert (view.status, view.component) == (Status.OPERATIONAL, "Open API")


async def test_the_address_may_name_the_component() -> None:
    url = f"{URL}/#Chat%20app"
    made = await watched(World(config(providers=[with_page(url=url)])))
    part = OfficialComponent(name="Chat app", status=Status.MAJOR_OUTAGE)
    made.looks.reading = msgspec.structs.replace(
        says(api=Status.OPERATIONAL), components=Detail(availability=Availability.AVAILABLE, items=(part,))
    )
    await made.official.look(url)
    assert (made.view().status, made.view().component) == (Status.MAJOR_OUTAGE, "Chat app")


async def test_it_never_touches_our_status_or_figures() -> None:
    made = await watched()
    await made.world.check(times=3)
    before = made.world.view()
    await made.look(says(Severity.CRITICAL), after_s=0)
    after = made.world.view()
    assert (after.status, after.reason, after.since_ms, after.checked_at_ms) == (
        before.status,
        before.reason,
        before.since_ms,
        before.checked_at_ms,
    )
    assert {window: view.ratio for window, view in after.uptime.items()} == {
        window: view.ratio for window, view in before.uptime.items()
    }


async def test_a_failed_look_takes_the_claim_away_and_says_why() -> None:
    made = await watched()
    await made.look(says())
    view = await made.look(failed("the page answers HTTP 503"))
    assert (view.status, view.reason, view.note) == (None, "the page answers HTTP 503", None)


async def test_the_line_stands_for_as_long_as_they_disagree() -> None:
    made = await watched()
    await made.world.check()
    await made.look(says())
    assert made.view().note is None
    await until_down(made)
    note = (await made.look(says(), after_s=0)).note
    assert note is not None
    assert note.startswith("The vendor says operational, we measure 100 % failures, for ")
    assert (await made.look(says(Severity.CRITICAL))).note is None


async def test_a_change_of_the_claim_is_rendered_and_two_providers_share_one_page() -> None:
    models = [model(), model(provider="second")]
    made = await watched(World(config(models, [with_page(), with_page("second")])))
    made.world.shelf.told.clear()
    await made.look(says(Severity.MINOR))
    assert sorted(set(made.world.shelf.told)) == [KEY, "second/kimi-k3"]
    assert len(made.looks.asked) == 1
    assert made.view("second/kimi-k3").status is Status.DEGRADED_PERFORMANCE


async def test_what_was_read_outlives_a_restart() -> None:
    made = await watched()
    await made.look(says(Severity.MAJOR))
    assert list(await made.world.store.noted(TOPIC)) == [URL]
    again = await watched(await made.world.restart())
    assert again.view() == made.view()
    assert again.looks.asked == []


async def test_a_note_that_cannot_be_read_is_left_aside() -> None:
    made = Watched(World(config(providers=[with_page()])))
    await made.world.store.note(TOPIC, URL, b"{")
    await made.world.begin()
    await made.official.load()
    assert made.view().status is None


async def test_an_outage_that_we_told_of_first_is_kept_with_its_minutes() -> None:
    made = await watched()
    await made.world.check()
    await made.look(says(), after_s=0)
    await until_down(made)
    incident = made.world.board.entry(KEY).incident
    assert incident is not None
    published_ms = made.world.clock.now_ms() + 600_000
    told = OfficialIncident(name="Errors", severity=Severity.CRITICAL, published_ms=published_ms)
    await made.look(says(Severity.CRITICAL, told), after_s=660)
    await made.world.check("ok", times=8)
    assert made.world.view().status is Status.OPERATIONAL
    assert await made.leads() == []
    view = await made.look(says())
    minutes = (published_ms - incident.detected_at_ms) // 60_000
    assert [(facts["ours"], facts["theirs"], facts["minutes"]) for facts in await made.leads()] == [
        ("true", "true", str(minutes))
    ]
    assert view.leads is not None
    assert view.leads.startswith("Of 1 outage in 90 days we told of 1 first")


async def test_an_outage_that_stood_only_on_the_page_is_a_miss_of_ours() -> None:
    made = await watched()
    await made.world.check()
    await made.look(says(Severity.MAJOR))
    await made.look(says())
    await made.world.check(times=12)
    await made.official.weigh()
    assert [(facts["ours"], facts["theirs"], facts["minutes"]) for facts in await made.leads()] == [("false", "true", "")]
    again = await watched(await made.world.restart())
    assert again.view().leads is not None
    assert "1 stood only there" in (again.view().leads or "")


async def test_no_race_begins_while_we_know_nothing_ourselves() -> None:
    made = await watched()
    await made.look(says(Severity.MAJOR))
    await made.look(says(), after_s=8000)
    await made.look(says(), after_s=8000)
    assert await made.leads() == []


async def until(made: Watched, done: Callable[[], bool]) -> None:
    """Runs the background part until something came about."""
    task = asyncio.ensure_future(made.official.run())
    for _ in range(10_000):
        if done():
            break
        await asyncio.sleep(0)
    task.cancel()
    assert done()


async def test_it_looks_every_five_minutes() -> None:
    made = await watched()
    at: list[int] = []
    plain = made.looks.look

    async def look(page: KnownPage, likely: str | None = None) -> KnownPage:
        at.append(made.world.clock.now_ms())
        return await plain(page, likely)

    made.looks.look = look  # type: ignore[method-assign]
    await until(made, lambda: len(at) >= 3)
    assert all(later - earlier >= 290_000 for earlier, later in pairwise(at))
