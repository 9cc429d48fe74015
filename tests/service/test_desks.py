"""What people may write, and what they are told when they may not."""

import msgspec
import pytest

from statuspage.domain.errors import EditedMeanwhileError, UnknownNameError, WrongInputError
from statuspage.domain.incident import Affected, Incident
from statuspage.domain.notice import Audience
from statuspage.domain.ports import WatchedModel
from statuspage.domain.words import Status
from statuspage.service.fleet import Fleet
from statuspage.service.incident_desk import IncidentDesk, IncidentUpdating, NewIncident
from statuspage.service.maintenance_desk import MaintenanceDesk, NewMaintenance
from statuspage.service.override_desk import OverrideDesk
from statuspage.storage.memory import MemoryStore
from tests.service.world import DAY_S, START_MS, HandClock

KEY, OTHER, HIDDEN = "moonshot/kimi-k3", "openrouter/moonshotai/kimi-k2.6", "moonshot/secret"
FLEET = Fleet(providers={KEY: "moonshot", HIDDEN: "moonshot", OTHER: "openrouter"}, public=frozenset({KEY, OTHER}))
HOUR_MS = 3_600_000
NEW = NewIncident(title="Login trouble", message="We look.", impact="major", models=(KEY, OTHER), author="ada")
WORK = NewMaintenance(title="Upgrade", message="Short.", starts_at_ms=START_MS + HOUR_MS, ends_at_ms=START_MS + 2 * HOUR_MS)


class Office:
    """The desks over a store in memory."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.store = MemoryStore()
        self.incidents = IncidentDesk(self.store, self.clock, lambda: FLEET, "https://status.example")
        self.maintenance = MaintenanceDesk(self.store, self.clock, lambda: FLEET, "https://status.example")
        self.overrides = OverrideDesk(self.store, self.clock, lambda: FLEET)

    async def begin(self) -> "Office":
        await self.store.watch([WatchedModel(key=key, interval_s=300) for key in FLEET.providers], START_MS)
        return self

    async def notices(self) -> list[tuple[str, str, str]]:
        return [(each.kind, each.audience.value, each.group) for _, each in await self.store.outbox.unaddressed(99)]


@pytest.fixture
async def office() -> Office:
    return await Office().begin()


async def test_an_incident_goes_from_opening_to_postmortem(office: Office) -> None:
    opened = await office.incidents.open(msgspec.structs.replace(NEW, impacts={OTHER: "minor"}, started_at_ms=START_MS - 60_000))
    assert (opened.auto, opened.started_at_ms, opened.detected_at_ms) == (False, START_MS - 60_000, START_MS)
    assert [(each.key, each.impact) for each in opened.affected] == [(KEY, "major"), (OTHER, "minor")]
    office.clock.elapsed_s += 60
    await office.incidents.update(opened.id, IncidentUpdating(message="Found.", status="identified", author="bob"))
    office.clock.elapsed_s += 60
    resolved = await office.incidents.update(opened.id, IncidentUpdating(message="Over.", status="resolved"))
    assert (resolved.status, resolved.resolved_at_ms) == ("resolved", START_MS + 120_000)
    assert {each.until_ms for each in resolved.affected} == {START_MS + 120_000}
    office.clock.elapsed_s += DAY_S
    learnt = await office.incidents.update(opened.id, IncidentUpdating(message="A cache.", status="postmortem"))
    assert (learnt.status, learnt.resolved_at_ms) == ("resolved", START_MS + 120_000)
    assert [update.status for update in learnt.updates] == ["postmortem", "resolved", "identified", "investigating"]
    assert [update.author for update in learnt.updates] == [None, None, "bob", "ada"]
    assert await office.store.incident(opened.id) == learnt


async def test_whoever_should_hear_of_it_hears(office: Office) -> None:
    opened = await office.incidents.open(NEW)
    await office.incidents.update(opened.id, IncidentUpdating(message="Over.", status="resolved"))
    await office.incidents.open(msgspec.structs.replace(NEW, models=(HIDDEN,)))
    assert await office.notices() == [
        ("incident.created", Audience.PUBLIC, ""),
        ("incident.resolved", Audience.PUBLIC, ""),
        ("incident.created", Audience.OPERATOR, "moonshot"),
    ]


async def test_an_update_may_reopen_and_change_what_is_concerned(office: Office) -> None:
    opened = await office.incidents.open(msgspec.structs.replace(NEW, models=(KEY,)))
    await office.incidents.update(opened.id, IncidentUpdating(message="Over.", status="resolved"))
    office.clock.elapsed_s += 60
    again = await office.incidents.update(
        opened.id,
        IncidentUpdating(message="Again.", status="investigating", models=(KEY, OTHER), title="Logins", impact="critical"),
    )
    assert (again.title, again.impact, again.resolved_at_ms, again.models) == ("Logins", "critical", None, (KEY, OTHER))
    assert again.affected == (
        Affected(key=KEY, impact="major", since_ms=START_MS),
        Affected(key=OTHER, impact="critical", since_ms=START_MS + 60_000),
    )


async def test_the_second_of_two_who_saw_the_same_is_told(office: Office) -> None:
    opened = await office.incidents.open(NEW)
    await office.incidents.update(opened.id, IncidentUpdating(message="Mine.", status="identified"), expected=opened.version)
    with pytest.raises(EditedMeanwhileError, match="somebody else"):
        await office.incidents.update(opened.id, IncidentUpdating(message="Theirs."), expected=opened.version)
    both = await office.incidents.update(opened.id, IncidentUpdating(message="Without looking."))
    assert [update.body for update in both.updates] == ["Without looking.", "Mine.", "We look."]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "  "}, "The title is empty"),
        ({"message": "x" * 20_001}, "20001 characters; at most 20000"),
        ({"impact": "majr"}, "'majr' is no impact, choose one of none, minor, major, critical; did you mean major?"),
        ({"status": "over"}, "is no status"),
        ({"models": ("moonshot/kimi-k33",)}, "no model 'moonshot/kimi-k33'; did you mean moonshot/kimi-k3?"),
        ({"impacts": {HIDDEN: "minor"}}, "does not name that model"),
        ({"started_at_ms": START_MS + 1}, "cannot start in the future"),
    ],
)
async def test_what_cannot_be_opened_is_refused_in_one_sentence(office: Office, change: dict[str, object], sentence: str) -> None:
    with pytest.raises(WrongInputError, match=sentence.replace("?", r"\?")):
        await office.incidents.open(msgspec.structs.replace(NEW, **change))
    assert await office.incidents.known() == ()


async def test_control_characters_are_not_kept(office: Office) -> None:
    opened = await office.incidents.open(
        msgspec.structs.replace(NEW, title="Log\x1b[31mins\nfail\x00", message="One\r\ntwo\x07 three\ttabs")
    )
    assert (opened.title, opened.updates[0].body) == ("Log [31mins fail", "One\ntwo  three\ttabs")


async def test_an_unknown_incident_is_answered_with_the_nearest(office: Office) -> None:
    opened = await office.incidents.open(NEW)
    with pytest.raises(UnknownNameError) as raised:
        await office.incidents.update(opened.id[:-1], IncidentUpdating(message="x"))
    assert raised.value.nearest == opened.id
    with pytest.raises(WrongInputError, match="resolve the incident first"):
        await office.incidents.update(opened.id, IncidentUpdating(message="x", status="postmortem"))


async def test_maintenance_is_announced_ended_and_cancelled(office: Office) -> None:
    planned = await office.maintenance.plan(msgspec.structs.replace(WORK, models=(KEY,), rrule="FREQ=DAILY;COUNT=2"))
    assert (planned.maintenance.status, planned.maintenance.models, planned.notes) == ("scheduled", (KEY,), ())
    with pytest.raises(WrongInputError, match="not under way"):
        await office.maintenance.end(planned.maintenance.id)
    office.clock.elapsed_s += 3600 + 60
    ended = await office.maintenance.end(planned.maintenance.id, "Quicker than thought.", "ada")
    assert (ended.maintenance.status, ended.maintenance.starts_at_ms) == ("scheduled", START_MS + HOUR_MS + 24 * HOUR_MS)
    cancelled = await office.maintenance.cancel(planned.maintenance.id)
    assert cancelled.maintenance.status == "cancelled"
    with pytest.raises(WrongInputError, match="was cancelled at"):
        await office.maintenance.cancel(planned.maintenance.id)
    assert [update.status for update in cancelled.maintenance.updates] == ["cancelled", "completed", "scheduled"]


async def test_whoever_should_hear_of_maintenance_hears_once(office: Office) -> None:
    planned = await office.maintenance.plan(msgspec.structs.replace(WORK, models=(KEY,)))
    office.clock.elapsed_s += 3600 + 60
    await office.maintenance.end(planned.maintenance.id)
    later = await office.maintenance.plan(msgspec.structs.replace(WORK, models=(HIDDEN,)))
    await office.maintenance.cancel(later.maintenance.id)
    assert await office.notices() == [
        ("maintenance.scheduled", "public", "moonshot"),
        ("maintenance.completed", "public", "moonshot"),
        ("maintenance.scheduled", "operator", "moonshot"),
        ("maintenance.completed", "operator", "moonshot"),
    ]
    titles = [notice.title for _, notice in await office.store.outbox.unaddressed(9)]
    assert titles[1:] == ["Maintenance is over: Upgrade", "Maintenance announced: Upgrade", "Maintenance cancelled: Upgrade"]


async def test_maintenance_of_a_provider_or_of_everything_names_its_models(office: Office) -> None:
    some = await office.maintenance.plan(msgspec.structs.replace(WORK, providers=("openrouter",)))
    every = await office.maintenance.plan(WORK)
    assert some.maintenance.models == (OTHER,)
    assert set(every.maintenance.models) == set(FLEET.providers)
    assert len(await office.maintenance.known()) == 2


async def test_a_rule_that_never_ends_is_taken_and_told(office: Office) -> None:
    planned = await office.maintenance.plan(msgspec.structs.replace(WORK, rrule="FREQ=DAILY"))
    assert planned.notes == ("This rule never ends: the maintenance repeats until somebody cancels it.",)
    moved = await office.maintenance.plan(msgspec.structs.replace(WORK, rrule="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;COUNT=1"))
    assert "first window begins at 2027-01-01" in moved.notes[0]
    assert moved.maintenance.ends_at_ms - moved.maintenance.starts_at_ms == HOUR_MS


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_at_ms": START_MS + HOUR_MS}, "is not after the start"),
        ({"ends_at_ms": START_MS + 9_000 * HOUR_MS}, "longer than a year"),
        ({"starts_at_ms": START_MS - HOUR_MS, "ends_at_ms": START_MS}, "no window of it lies ahead"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "never fires"),
        ({"rrule": "FREQ=DAILY;UNTIL=20200101"}, "never fires"),
        ({"rrule": "FREQ=HOURLY", "ends_at_ms": START_MS + 3 * HOUR_MS}, "windows overlap"),
        ({"rrule": "daily"}, "cannot be read"),
        ({"zone": "Europe/Berln"}, "'Europe/Berln' is no time zone"),
        ({"providers": ("openrooter",)}, "no provider 'openrooter'; did you mean openrouter?"),
        ({"title": ""}, "The title is empty"),
    ],
)
async def test_maintenance_that_cannot_be_is_refused_in_one_sentence(
    office: Office, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(WrongInputError, match=sentence.replace("?", r"\?")):
        await office.maintenance.plan(msgspec.structs.replace(WORK, **change))
    assert await office.maintenance.known() == ()


async def test_two_who_edit_one_maintenance(office: Office) -> None:
    planned = await office.maintenance.plan(WORK)
    await office.maintenance.tell(planned.maintenance.id, "scheduled", "Moved? No.", expected=planned.version)
    with pytest.raises(EditedMeanwhileError):
        await office.maintenance.cancel(planned.maintenance.id, expected=planned.version)


async def test_an_override_has_a_reason_and_an_end(office: Office) -> None:
    written = await office.overrides.set(
        KEY, status="operational", reason=" Our probe is wrong ", until_ms=START_MS + 5_000, author="ada"
    )
    assert (written.status, written.reason) == (Status.OPERATIONAL, "Our probe is wrong")
    assert await office.overrides.known() == (written,)
    office.clock.elapsed_s += 5
    assert await office.overrides.known() == ()
    with pytest.raises(WrongInputError, match="no override"):
        await office.overrides.clear(KEY)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "operatinal"}, "did you mean operational?"),
        ({"reason": ""}, "The reason is empty"),
        ({"until_ms": START_MS}, "is over already"),
        ({"status": None}, "needs a status"),
        ({"use_instead": KEY}, "instead of itself"),
        ({"use_instead": "no/such"}, "no model 'no/such'"),
    ],
)
async def test_an_override_that_cannot_be_is_refused(office: Office, change: dict[str, object], sentence: str) -> None:
    usual: dict[str, object] = {"status": "operational", "reason": "Known", "until_ms": START_MS + 1}
    with pytest.raises(WrongInputError, match=sentence.replace("?", r"\?")):
        await office.overrides.set(KEY, **{**usual, **change})  # type: ignore[arg-type]


async def test_every_incident_is_of_the_shape_that_stores_keep(office: Office) -> None:
    opened = await office.incidents.open(msgspec.structs.replace(NEW, models=()))
    assert isinstance(opened, Incident)
    assert (opened.models, opened.affected) == ((), ())
