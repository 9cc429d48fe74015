"""What people wrote, in a running monitor: windows begin and end, overrides expire, uptime leaves maintenance out."""

import msgspec

from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.override import Override
from statuspage.domain.plan import Plan
from statuspage.domain.words import Fault, Judgement, Status
from statuspage.service.alerts import Alerts
from statuspage.service.people import BROKEN_AFTER, People
from tests.service.world import START_MS, World, config, model

KEY = "moonshot/kimi-k3"
HOUR_S = 3600


class Steered(World):
    """A monitor with people."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.people = People(
            board=self.board,
            store=self.store,
            shelf=self.shelf,
            tell=self.discovery.chronicle.tell,
            clock=self.clock,
            alerts=Alerts(self.board, self.store, self.clock, lambda: None),
        )

    async def notices(self) -> list[str]:
        return [notice.title for _, notice in await self.store.outbox.unaddressed(99)]

    async def begin(self) -> "Steered":
        await super().begin()
        await self.people.load()
        return self

    async def plan(self, after_s: float, lasts_s: float, **more: object) -> Plan:
        start_ms = self.clock.now_ms() + round(after_s * 1000)
        plan = Plan(id="m1", title="Upgrade", starts_at_ms=start_ms, ends_at_ms=start_ms + round(lasts_s * 1000))
        plan = msgspec.structs.replace(plan, **more)
        await self.store.keep_plan(plan, None)
        await self.people.take_over()
        return plan

    async def override(self, status: Status, lasts_s: float) -> Override:
        now_ms = self.clock.now_ms()
        word = Override(key=KEY, status=status, reason="Seen by hand.", set_at_ms=now_ms, until_ms=now_ms + round(lasts_s * 1000))
        await self.store.keep_override(word)
        await self.people.take_over()
        return word

    async def after(self, seconds: float) -> None:
        self.clock.elapsed_s += seconds
        await self.people.turn()

    async def at(self, at_ms: int) -> None:
        self.clock.elapsed_s = (at_ms - START_MS) / 1000
        await self.people.turn()

    def incidents(self) -> tuple[Incident, ...]:
        return self.board.page((self.view(),), self.clock.now_ms()).incidents


async def test_a_model_is_blue_from_the_first_moment_of_a_window_to_its_last() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    await world.plan(60, 300)
    seen = []
    for step_s in (0, 59, 1, 299, 1):
        await world.after(step_s)
        view = world.view()
        seen.append((view.status, view.class_name))
    blue = (Status.UNDER_MAINTENANCE, "maintenance")
    assert seen == [(Status.OPERATIONAL, "ok")] * 2 + [blue, blue] + [(Status.OPERATIONAL, "ok")]


async def test_its_reason_names_the_maintenance_and_its_end() -> None:
    world = await Steered().begin()
    await world.check("ok")
    await world.plan(0, 3600)
    view = world.view()
    assert view.reason.startswith("kimi-k3 is under maintenance until 20")
    assert view.reason.endswith(" UTC: Upgrade")
    assert (view.label, view.fault, view.since_ms) == ("Maintenance", Fault.PROVIDER, world.clock.now_ms())
    assert "announced" in (view.decided_by or "")


async def test_what_is_measured_in_a_window_is_kept_and_counts_nowhere() -> None:
    world = await Steered().begin()
    await world.check("ok", times=4)
    await world.plan(0, HOUR_S)
    await world.check("server_error", times=3)
    view = world.view()
    assert (view.uptime["24h"].samples, view.uptime["24h"].ratio) == (4, 1.0)
    kept = [sample for sample in view.evidence if sample.class_name == "maintenance"]
    assert len(kept) >= 3
    assert {sample.judgement for sample in kept} == {Judgement.EXCLUDED}
    assert kept[0].message == "Measured during a maintenance (Upgrade): kimi-k3 answers with server errors."
    assert world.incidents() == ()


async def test_a_model_that_is_broken_when_its_window_ends_is_red_at_once_and_the_operator_hears() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    plan = await world.plan(0, HOUR_S)
    await world.check("server_error", times=11)
    assert world.view().status is Status.UNDER_MAINTENANCE
    await world.at(plan.ends_at_ms)
    assert world.board.entry(KEY).state.status is Status.MAJOR_OUTAGE
    events = [event for event in await world.events() if event.kind == BROKEN_AFTER]
    assert [event.sentence.partition(":")[0] for event in events] == ["kimi-k3 is broken after its maintenance (Upgrade)"]
    assert not events[0].public


async def test_the_incident_of_what_broke_in_a_window_starts_where_the_window_ends() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    plan = await world.plan(0, HOUR_S)
    await world.check("server_error", times=11)
    await world.at(plan.ends_at_ms)
    opened = world.incidents()
    assert [(each.started_at_ms, each.resolved_at_ms) for each in opened] == [(plan.ends_at_ms, None)]
    assert await world.store.incidents(0) == opened


async def test_an_outage_that_ends_in_a_window_is_over_when_the_window_is() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    await world.check("server_error", times=3)
    plan = await world.plan(0, HOUR_S)
    assert world.incidents()[0].updates[0].status == "monitoring"
    await world.check("ok", times=11)
    assert world.incidents()[0].resolved_at_ms is None
    await world.at(plan.ends_at_ms)
    assert world.incidents()[0].resolved_at_ms == plan.ends_at_ms


async def test_the_time_of_a_window_is_spent_under_maintenance() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    await world.plan(0, HOUR_S)
    await world.check("server_error", times=14)
    minutes = [day.minutes for day in world.view().days]
    assert sum(each.under_maintenance for each in minutes) == 60
    assert sum(each.major_outage for each in minutes) < 11


async def test_a_window_that_passed_while_the_monitor_was_down_is_told_at_the_first_turn() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    await world.plan(0, 120)
    await world.check("server_error", times=1)
    again = await Steered(world.config, world.store, world.clock).begin()
    assert again.view().status is not Status.UNDER_MAINTENANCE
    await again.people.turn()
    assert KEY in again.shelf.told


async def test_people_are_told_once_that_a_window_begins_and_ends() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    plan = await world.plan(60, 300)
    for at_ms in (plan.starts_at_ms - 1, plan.starts_at_ms, plan.starts_at_ms + 5, plan.ends_at_ms, plan.ends_at_ms + 5):
        await world.at(at_ms)
    again = await Steered(world.config, world.store, world.clock).begin()
    await again.people.turn()
    assert await world.notices() == [
        "kimi-k3 is under maintenance",
        "Maintenance has begun: Upgrade",
        "kimi-k3 is WORKING again",
        "Maintenance is over: Upgrade",
    ]


async def test_a_whole_page_under_maintenance_leaves_a_retired_model_retired() -> None:
    world = await Steered(config(models=(model(), model("kimi-k2.6")))).begin()
    await world.check("ok", key="moonshot/kimi-k2.6")
    await world.check("model_retired", key="moonshot/kimi-k2.6")
    await world.check("ok")
    await world.plan(0, 60)
    assert world.view().status is Status.UNDER_MAINTENANCE
    assert world.view("moonshot/kimi-k2.6").status is Status.RETIRED


async def test_a_maintenance_follows_a_model_to_its_new_key() -> None:
    world = await Steered(config(models=(model(aliases=("moonshot/kimi-k3-preview",)),))).begin()
    await world.check("ok")
    await world.plan(0, 60, models=("moonshot/kimi-k3-preview",))
    assert world.view().status is Status.UNDER_MAINTENANCE


async def test_an_incident_does_not_wait_for_models_that_nobody_watches_any_more() -> None:
    both = config(models=(model(), model("kimi-k2.6")))
    world = await Steered(both).begin()
    await world.check("server_error", key="moonshot/kimi-k2.6", every_s=0)
    await world.check("server_error", every_s=0)
    assert [each.models for each in await world.store.incidents(0)] == [("moonshot/kimi-k2.6", KEY)]
    fewer = await Steered(config(), world.store, world.clock).begin()
    await fewer.people.tidy()
    await fewer.check("ok", times=8)
    (incident,) = await world.store.incidents(0)
    assert incident.resolved_at_ms is not None
    assert incident.updates[0].body.startswith("kimi-k3 works again")


async def test_an_incident_of_models_that_nobody_watches_any_more_is_closed() -> None:
    world = await Steered(config(models=(model("kimi-k2.6"),))).begin()
    await world.check("server_error", key="moonshot/kimi-k2.6", times=3)
    fewer = await Steered(config(), world.store, world.clock).begin()
    await fewer.people.tidy()
    (incident,) = await fewer.store.incidents(0)
    assert incident.status == "resolved"
    assert incident.updates[0].body == "No longer watched: moonshot/kimi-k2.6. The incident is closed after 16 minutes."


async def test_an_override_is_shown_as_one_and_expires_by_itself() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    await world.override(Status.PARTIAL_OUTAGE, 300)
    view = world.view()
    assert (view.status, view.label, view.class_name, view.fault) == (
        Status.PARTIAL_OUTAGE,
        "Set by an operator",
        None,
        Fault.PROVIDER,
    )
    assert view.reason.startswith("Set by an operator until 20")
    assert view.reason.endswith(" UTC: Seen by hand")
    world.clock.elapsed_s += 299.999
    assert world.view().status is Status.PARTIAL_OUTAGE
    world.clock.elapsed_s += 0.001
    assert world.view().status is Status.OPERATIONAL


async def test_what_is_measured_under_an_override_counts_in_uptime_and_opens_no_incident_before_it_ends() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    word = await world.override(Status.OPERATIONAL, 1500)
    await world.check("server_error", times=4)
    assert (world.view().status, world.incidents()) == (Status.OPERATIONAL, ())
    assert world.view().uptime["24h"].samples == 6
    await world.at(word.until_ms)
    assert world.view().status is Status.MAJOR_OUTAGE
    assert [incident.resolved_at_ms for incident in world.incidents()] == [None]


async def test_neither_hides_that_the_monitor_is_silent() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    await world.override(Status.OPERATIONAL, 9 * HOUR_S)
    world.clock.elapsed_s += 2 * HOUR_S
    view = world.view()
    assert (view.status, view.class_name, view.stale) == (Status.NO_DATA, "stale", True)


async def test_an_operator_may_name_what_to_use_instead_of_a_model_that_works() -> None:
    world = await Steered(config(models=(model(), model("kimi-k2.6")))).begin()
    await world.check("ok", times=2)
    now_ms = world.clock.now_ms()
    word = Override(
        key=KEY, use_instead="moonshot/kimi-k2.6", reason="It is cheaper today.", set_at_ms=now_ms, until_ms=now_ms + 60_000
    )
    await world.store.keep_override(word)
    await world.people.take_over()
    list(world.board.gone_stale(now_ms))
    view = world.view()
    assert (view.status, view.use_instead) == (Status.OPERATIONAL, "moonshot/kimi-k2.6")
    assert view.reason.startswith("kimi-k3 works: all recent requests succeeded; until 20")
    assert view.reason.endswith(" UTC an operator names kimi-k2.6 to use instead: It is cheaper today")
    assert world.board.next_stale_ms() == word.until_ms
    assert list(world.board.gone_stale(word.until_ms)) == [KEY]
    world.clock.elapsed_s += 60
    assert world.view().use_instead is None


async def test_the_shelf_is_told_when_a_pin_begins_and_ends_to_the_millisecond() -> None:
    world = await Steered().begin()
    await world.check("ok", times=2)
    plan = await world.plan(30, 30)
    list(world.board.gone_stale(world.clock.now_ms()))
    assert world.board.next_stale_ms() == plan.starts_at_ms
    assert list(world.board.gone_stale(plan.starts_at_ms - 1)) == []
    assert list(world.board.gone_stale(plan.starts_at_ms)) == [KEY]
    assert world.board.next_stale_ms() == plan.ends_at_ms
    assert list(world.board.gone_stale(plan.ends_at_ms)) == [KEY]


async def test_what_another_process_writes_of_an_incident_is_taken_over_and_not_overwritten() -> None:
    world = await Steered().begin()
    await world.check("server_error", times=3)
    opened = world.incidents()[0]
    word = IncidentUpdate(id="person", status="identified", body="The vendor knows.", at_ms=world.clock.now_ms(), author="ada")
    written = msgspec.structs.replace(opened, updates=(word, *opened.updates), status="identified", version=opened.version + 1)
    await world.store.keep_incident(written, opened.version)
    await world.people.take_over()
    assert world.incidents()[0] == written
    await world.check("ok", times=8)
    closed = world.incidents()[0]
    assert closed.resolved_at_ms is not None
    assert "person" in {update.id for update in closed.updates}


async def test_an_incident_by_hand_is_not_ended_by_measurements() -> None:
    world = await Steered().begin()
    first = IncidentUpdate(id="u", status="investigating", body="Logins fail.", at_ms=START_MS, author="ada")
    mine = Incident(
        id="mine",
        title="Logins",
        status="investigating",
        impact="minor",
        models=(KEY,),
        started_at_ms=START_MS,
        detected_at_ms=START_MS,
        auto=False,
        updates=(first,),
    )
    await world.store.keep_incident(mine, None)
    await world.people.take_over()
    await world.check("server_error", times=3)
    await world.check("ok", times=8)
    found = {incident.id: incident.resolved_at_ms for incident in world.incidents()}
    assert len(found) == 2
    assert found["mine"] is None


async def test_an_incident_of_no_model_concerns_the_whole_page() -> None:
    world = await Steered().begin()
    whole = Incident(
        id="w",
        title="Power cut",
        status="investigating",
        impact="major",
        models=(),
        started_at_ms=START_MS,
        detected_at_ms=START_MS,
        auto=False,
    )
    await world.store.keep_incident(whole, None)
    await world.people.take_over()
    assert world.incidents() == (whole,)
