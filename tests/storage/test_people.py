"""What people write, in every store: each write is counted, and nobody overwrites what somebody else wrote meanwhile."""

import msgspec
import pytest

from statuspage.domain.errors import EditedMeanwhileError, StorageError
from statuspage.domain.incident import Affected, Incident, IncidentUpdate
from statuspage.domain.override import Override
from statuspage.domain.plan import Plan
from statuspage.domain.ports import WatchedModel
from statuspage.domain.words import Status
from statuspage.storage.memory import MemoryStore
from statuspage.storage.store import SqlStore
from tests.storage.world import DAY_MS, HOUR_MS, KEY, NOW_MS, OTHER, check, good, incident, watched

AnyStore = SqlStore | MemoryStore
PLAN = Plan(id="m1", title="Database upgrade", starts_at_ms=NOW_MS, ends_at_ms=NOW_MS + HOUR_MS, models=(KEY,), cut={NOW_MS: 5})
OVERRIDE = Override(key=KEY, status=Status.OPERATIONAL, reason="Our probe is wrong", set_at_ms=1, until_ms=2, author="ops")


def told(base: Incident, update_id: str, at_ms: int, version: int, **more: object) -> Incident:
    update = IncidentUpdate(id=update_id, status="identified", body=update_id, at_ms=at_ms, author="ops")
    return msgspec.structs.replace(base, updates=(update, *base.updates), version=version, **more)


async def test_an_incident_is_given_back_whole(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    affected = (Affected(key=KEY, impact="major", since_ms=3, until_ms=4), Affected(key=OTHER, impact="minor", since_ms=5))
    whole = msgspec.structs.replace(incident(1, models=(KEY, OTHER)), affected=affected, cause="moonshot.ai capacity", version=3)
    await store.record(check(good(), incidents=(whole,)))
    assert await store.incident("incident-1") == whole
    assert await store.incidents(0) == (whole,)
    assert await store.incident("no-such") is None


async def test_an_old_incident_is_found_by_its_id(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    old = incident(1, resolved_at_ms=NOW_MS - 900 * DAY_MS)
    await store.keep_incident(old, None)
    assert await store.incidents(NOW_MS) == ()
    assert await store.incident(old.id) == old


async def test_an_incident_of_no_model_is_kept(store: AnyStore) -> None:
    whole_page = incident(1, models=())
    await store.keep_incident(whole_page, None)
    assert await store.incident(whole_page.id) == whole_page


async def test_the_second_of_two_editors_is_told(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    first = incident(1)
    await store.keep_incident(first, None)
    await store.keep_incident(told(first, "mine", NOW_MS + 9, 1), 0)
    with pytest.raises(EditedMeanwhileError, match="incident-1 was changed"):
        await store.keep_incident(told(first, "theirs", NOW_MS + 10, 1), 0)
    with pytest.raises(EditedMeanwhileError):
        await store.keep_incident(first, None)
    kept = await store.incident("incident-1")
    assert kept is not None
    assert [update.id for update in kept.updates] == ["mine", "u1"]


async def test_a_check_that_did_not_know_of_an_update_does_not_lose_it(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    opened = incident(1)
    await store.record(check(good(), incidents=(opened,)))
    await store.keep_incident(told(opened, "person", NOW_MS + 50, 1, status="identified"), 0)
    late = told(opened, "monitor", NOW_MS + 60, 1, models=(KEY, OTHER))
    await store.record(check(good(NOW_MS + 1), incidents=(late,)))
    kept = await store.incident(opened.id)
    assert kept is not None
    assert [update.id for update in kept.updates] == ["monitor", "person", "u1"]
    assert (kept.status, kept.version, kept.models) == ("identified", 1, (KEY, OTHER))


async def test_updates_of_one_moment_keep_their_order(store: AnyStore) -> None:
    several = told(told(incident(1, models=()), "b", NOW_MS + 1, 1), "a", NOW_MS + 1, 1)
    await store.keep_incident(several, None)
    kept = await store.incident(several.id)
    assert kept is not None
    assert [update.id for update in kept.updates] == ["a", "b", "u1"]


async def test_plans_are_kept_and_edited_by_one_at_a_time(store: AnyStore) -> None:
    await store.keep_plan(PLAN, None)
    cancelled = msgspec.structs.replace(PLAN, cancelled_at_ms=NOW_MS, version=1)
    await store.keep_plan(cancelled, 0)
    with pytest.raises(EditedMeanwhileError, match="m1 was changed"):
        await store.keep_plan(PLAN, 0)
    assert await store.plans() == (cancelled,)


async def test_an_override_is_replaced_and_dropped(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    later = msgspec.structs.replace(OVERRIDE, reason="Still wrong")
    await store.keep_override(OVERRIDE)
    await store.keep_override(later)
    assert await store.overrides() == (later,)
    await store.drop_override(KEY)
    await store.drop_override(KEY)
    assert await store.overrides() == ()
    with pytest.raises(StorageError, match="no/such"):
        await store.keep_override(msgspec.structs.replace(OVERRIDE, key="no/such"))


async def test_a_rename_takes_the_override_along(store: AnyStore) -> None:
    await store.watch(watched(OTHER), NOW_MS)
    await store.keep_override(msgspec.structs.replace(OVERRIDE, key=OTHER))
    await store.watch([WatchedModel(key=KEY, interval_s=300, aliases=(OTHER,))], NOW_MS + 1)
    assert await store.overrides() == (OVERRIDE,)


async def test_every_write_of_people_is_counted(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    before = await store.steered()
    await store.keep_incident(incident(1), None)
    await store.keep_plan(PLAN, None)
    await store.keep_override(OVERRIDE)
    await store.drop_override(KEY)
    assert await store.steered() == before + 4
    with pytest.raises(EditedMeanwhileError):
        await store.keep_plan(PLAN, None)
    assert await store.steered() == before + 4
