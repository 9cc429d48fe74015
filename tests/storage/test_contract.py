"""What every store promises: one body over every implementation."""

import asyncio

import msgspec
import pytest

from statuspage.domain.errors import StorageError
from statuspage.domain.history import History
from statuspage.domain.ledger import day_start_ms, line_of, spent
from statuspage.domain.passive import Call, Received, received
from statuspage.domain.ports import Past, Store, WatchedModel
from statuspage.domain.sample import Sample, Timings
from statuspage.domain.state import ModelState
from statuspage.domain.words import Fault, Judgement, Kind, ProbeKind, Status
from statuspage.storage.memory import MemoryStore
from statuspage.storage.store import SqlStore
from tests.storage.world import DAY_MS, HOUR_MS, KEY, NOW_MS, OTHER, bucket, check, failed, good, incident, watched

AnyStore = SqlStore | MemoryStore


def test_it_fits_the_port(store: AnyStore) -> None:
    port: Store = store
    assert port is store


async def test_it_registers_a_model_once(store: AnyStore) -> None:
    first = await store.watch(watched(KEY), NOW_MS)
    again = await store.watch(watched(KEY), NOW_MS + DAY_MS)
    assert first == again
    known = first[KEY]
    assert (known.first_seen_ms, known.cadences, known.state, known.hour, known.day) == (
        NOW_MS,
        ((NOW_MS, 300.0),),
        None,
        None,
        None,
    )


async def test_it_begins_a_cadence_when_the_interval_differs(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    await store.watch(watched(KEY, interval_s=900), NOW_MS + 1)
    known = await store.watch(watched(KEY, interval_s=0.2), NOW_MS + 2)
    assert known[KEY].cadences == ((NOW_MS, 300.0), (NOW_MS + 1, 900.0), (NOW_MS + 2, 0.2))


async def test_it_gives_back_a_sample_whole(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    for sample in (good(NOW_MS), failed(NOW_MS + 20_001)):
        await store.record(check(sample))
    stored = await store.samples(KEY, 0, NOW_MS + DAY_MS, 10)
    assert [one.sample for one in stored] == [good(NOW_MS), failed(NOW_MS + 20_001)]
    assert [one.sample.judgement for one in stored] == [Judgement.OK, Judgement.FAILED]
    assert [one.vantage for one in stored] == ["local", "local"]


async def test_it_keeps_unknown_apart_from_nought(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    unknown = msgspec.structs.replace(failed(), http_status=None, timings_ms=Timings(), cost_usd=None)
    nought = msgspec.structs.replace(good(NOW_MS + 1), timings_ms=Timings(first_content=0, total=0), cost_usd=0.0)
    await store.record(check(unknown))
    await store.record(check(nought))
    assert [one.sample for one in await store.samples(KEY, 0, NOW_MS * 2, 10)] == [unknown, nought]


async def test_it_names_samples_apart_and_for_ever(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    for key in (KEY, OTHER):
        await store.record(check(good(NOW_MS, key)))
        await store.record(check(good(NOW_MS + 1, key)))
    ids = [one.id for key in (KEY, OTHER) for one in await store.samples(key, 0, NOW_MS * 2, 10)]
    assert len(set(ids)) == 4
    assert ids == [one.id for key in (KEY, OTHER) for one in await store.samples(key, 0, NOW_MS * 2, 10)]


async def test_it_pages_through_samples_by_time(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    times = [NOW_MS + step for step in range(7)]
    for at_ms in times:
        await store.record(check(good(at_ms)))
    found, cursor = [], NOW_MS
    while page := await store.samples(KEY, cursor, NOW_MS + 6, 2):
        found += [one.sample.at_ms for one in page]
        cursor = found[-1] + 1
    assert found == times[:6]


async def test_it_takes_the_same_sample_twice_as_one(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    await store.record(check(good()))
    await store.record(check(failed()))
    assert [one.sample for one in await store.samples(KEY, 0, NOW_MS * 2, 10)] == [failed()]


async def test_it_answers_the_newest_samples_of_many_models(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    for step in range(5):
        await store.record(check(good(NOW_MS + step)))
    await store.record(check(good(NOW_MS, OTHER)))
    recent = await store.recent([KEY, OTHER, "no/such"], 3)
    assert {key: [one.sample.at_ms - NOW_MS for one in stored] for key, stored in recent.items()} == {
        KEY: [4, 3, 2],
        OTHER: [0],
        "no/such": [],
    }


async def test_it_replaces_hours_and_days_whole(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    hours = tuple(bucket(NOW_MS - step * HOUR_MS) for step in (2, 1, 0))
    days = (bucket(NOW_MS - DAY_MS), bucket(NOW_MS))
    await store.record(check(good(), hours=hours, days=days))
    newer = bucket(NOW_MS, judged=13, failed=7, cost_usd=0.5)
    await store.record(check(good(NOW_MS + 1), hours=(newer,), days=(newer,)))
    assert await store.past([KEY, "no/such"], NOW_MS - HOUR_MS, NOW_MS - DAY_MS) == {
        KEY: Past(hours=(hours[1], newer), days=(days[0], newer)),
        "no/such": Past(hours=(), days=()),
    }


async def test_it_does_not_share_a_bucket_with_its_caller(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    mine = bucket(NOW_MS)
    await store.record(check(good(), hours=(mine,)))
    mine.judged += 1
    mine.first_content_ms.add(5)
    theirs = (await store.past([KEY], 0, 0))[KEY].hours[0]
    theirs.total_ms.add(5)
    assert (await store.past([KEY], 0, 0))[KEY].hours == (bucket(NOW_MS),)


async def test_it_restores_the_state_exactly(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    state = ModelState(status=Status.MAJOR_OUTAGE, class_name="engine_overloaded", since_ms=NOW_MS - 5, checked_at_ms=NOW_MS)
    newest = bucket(NOW_MS)
    await store.record(check(failed(), state, hours=(bucket(NOW_MS - HOUR_MS), newest), days=(newest,)))
    known = (await store.watch(watched(KEY), NOW_MS + 1))[KEY]
    assert (known.state, known.hour, known.day) == (state, newest, newest)


async def test_it_takes_over_the_history_of_an_alias(store: AnyStore) -> None:
    before = (await store.watch(watched(OTHER), NOW_MS))[OTHER]
    await store.record(check(good(NOW_MS, OTHER), incidents=(incident(models=(OTHER,)),)))
    stored = (await store.samples(OTHER, 0, NOW_MS * 2, 1))[0]
    renamed = WatchedModel(key=KEY, interval_s=300, aliases=("never/was", OTHER))
    known = (await store.watch([renamed], NOW_MS + DAY_MS))[KEY]
    assert (known.first_seen_ms, known.cadences) == (before.first_seen_ms, before.cadences)
    assert [(one.id, one.sample) for one in await store.samples(KEY, 0, NOW_MS * 2, 9)] == [(stored.id, good())]
    assert (await store.incidents(0))[0].models == (KEY,)


async def test_it_leaves_two_histories_apart(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    await store.record(check(good(NOW_MS, OTHER)))
    await store.watch([WatchedModel(key=KEY, interval_s=300, aliases=(OTHER,))], NOW_MS + 1)
    assert await store.samples(KEY, 0, NOW_MS * 2, 9) == ()
    assert len(await store.samples(OTHER, 0, NOW_MS * 2, 9)) == 1


async def test_it_gives_no_alias_away_that_is_still_watched(store: AnyStore) -> None:
    await store.watch(watched(OTHER), NOW_MS)
    known = await store.watch([WatchedModel(key=KEY, interval_s=300, aliases=(OTHER,)), *watched(OTHER)], NOW_MS + 1)
    assert {key: one.first_seen_ms for key, one in known.items()} == {KEY: NOW_MS + 1, OTHER: NOW_MS}


async def test_it_counts_revisions_from_check_to_check(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    revisions = [await store.record(check(good(NOW_MS + step))) for step in range(3)]
    together = await asyncio.gather(*(store.record(check(good(NOW_MS + 10 + step))) for step in range(5)))
    assert [*revisions, *together] == list(range(revisions[0], revisions[0] + 8))


async def test_it_lists_open_and_recently_resolved_incidents_newest_first(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    old = incident(1, resolved_at_ms=NOW_MS - 1)
    done = incident(2, resolved_at_ms=NOW_MS, models=(OTHER, KEY))
    going_on = incident(3)
    await store.record(check(good(), incidents=(old, done, going_on)))
    assert await store.incidents(NOW_MS) == (going_on, done)


async def test_it_replaces_an_incident_with_its_updates(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    await store.record(check(good(), incidents=(incident(1, models=(KEY, OTHER)),)))
    later = msgspec.structs.replace(
        incident(1, models=(OTHER,), resolved_at_ms=NOW_MS + 9),
        updates=(
            msgspec.structs.replace(incident(2).updates[0], status="resolved", author="ops"),
            *incident(1).updates,
        ),
        version=1,
    )
    await store.record(check(good(NOW_MS + 1), incidents=(later,)))
    assert await store.incidents(0) == (later,)


async def test_it_remembers_rejected_parameters(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    await store.learn(KEY, ["temperature"])
    await store.learn(KEY, ["top_p", "temperature"])
    assert await store.learnt() == {KEY: frozenset({"temperature", "top_p"})}


async def test_it_refuses_what_is_of_no_known_model(store: AnyStore) -> None:
    with pytest.raises(StorageError, match="no/such"):
        await store.record(check(good(NOW_MS, "no/such")))
    with pytest.raises(StorageError, match="no/such"):
        await store.learn("no/such", ["temperature"])
    await store.watch(watched(KEY), NOW_MS)
    with pytest.raises(StorageError, match="no/such"):
        await store.record(check(good(), incidents=(incident(models=("no/such",)),)))
    assert await store.samples(KEY, 0, NOW_MS * 2, 9) == ()


async def test_it_prunes_what_is_too_old_and_says_when_done(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    old_ms = NOW_MS - 100 * DAY_MS
    for key in (KEY, OTHER):
        for at_ms in (old_ms, NOW_MS):
            whole = (bucket(at_ms),)
            await store.record(check(failed(at_ms, key), hours=whole, days=whole))
    rounds = 0
    while await store.prune(NOW_MS - 90 * DAY_MS, NOW_MS - 90 * DAY_MS, None):
        rounds += 1
    assert rounds
    for key in (KEY, OTHER):
        assert [one.sample for one in await store.samples(key, 0, NOW_MS * 2, 9)] == [failed(NOW_MS, key)]
    assert (await store.past([KEY], 0, 0))[KEY] == Past(hours=(bucket(NOW_MS),), days=(bucket(old_ms), bucket(NOW_MS)))
    assert await store.prune(None, None, NOW_MS - DAY_MS) == 2
    assert (await store.past([KEY], 0, 0))[KEY].days == (bucket(NOW_MS),)
    assert await store.prune(None, None, None) == 0


async def test_it_is_seeded_with_whole_histories(store: AnyStore) -> None:
    start_ms = NOW_MS - 60 * DAY_MS
    history = History(
        key=KEY,
        first_seen_ms=start_ms,
        interval_s=3600,
        samples=(failed(at_ms) if at_ms % 7 == 0 else good(at_ms) for at_ms in range(start_ms, NOW_MS, HOUR_MS)),
        hours=[bucket(at_ms) for at_ms in range(start_ms, NOW_MS, HOUR_MS)],
        days=[bucket(at_ms) for at_ms in range(start_ms, NOW_MS, DAY_MS)],
        state=ModelState(status=Status.OPERATIONAL),
    )
    await store.seed([history], [incident()])
    known = (await store.watch(watched(KEY, interval_s=3600), NOW_MS))[KEY]
    assert (known.first_seen_ms, known.cadences) == (start_ms, ((start_ms, 3600.0),))
    assert (known.state, known.hour, known.day) == (history.state, [*history.hours][-1], [*history.days][-1])
    assert await store.past([KEY], 0, 0) == {KEY: Past(hours=tuple(history.hours), days=tuple(history.days))}
    assert [one.sample.at_ms for one in await store.samples(KEY, 0, NOW_MS, 5000)] == list(range(start_ms, NOW_MS, HOUR_MS))
    assert [one.sample.at_ms for one in await store.samples(KEY, start_ms + 1, NOW_MS, 2)] == [
        start_ms + HOUR_MS,
        start_ms + 2 * HOUR_MS,
    ]
    assert await store.incidents(0) == (incident(),)
    await store.record(check(good(NOW_MS)))
    assert (await store.recent([KEY], 1))[KEY][0].sample == good(NOW_MS)


async def test_it_counts_what_people_change(store: AnyStore) -> None:
    before = await store.steered()
    await store.steer()
    await store.steer()
    await store.watch(watched(KEY), NOW_MS)
    await store.record(check(good()))
    assert await store.steered() == before + 2


async def test_it_can_be_pinged(store: AnyStore) -> None:
    await store.ping()


async def test_it_keeps_a_ledger_of_checks_and_of_what_else_was_asked(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    for at_ms in (NOW_MS, NOW_MS + 1, NOW_MS + DAY_MS):
        await store.record(check(good(at_ms)))
    await store.record(check(failed(NOW_MS + 2)))
    suite = msgspec.structs.replace(good(NOW_MS + 3), probe=ProbeKind.TOOLS, cost_usd=None, assumed_usd=0.5)
    listing = Sample(model="moonshot", at_ms=NOW_MS + 4, probe=ProbeKind.CATALOG, class_name="ok", fault=Fault.NONE)
    await store.spend([line_of(suite), line_of(listing), line_of(listing)])
    today, tomorrow = day_start_ms(NOW_MS), day_start_ms(NOW_MS + DAY_MS)
    lines = await store.spendings(today, tomorrow)
    assert {(line.subject, line.probe, line.kind): (line.probes, line.unpriced, line.cost_nano_usd) for line in lines} == {
        (KEY, ProbeKind.CHAT, Kind.SCHEDULED): (2, 0, 42_600),
        (KEY, ProbeKind.CHAT, Kind.CONFIRM): (1, 0, 0),
        (KEY, ProbeKind.TOOLS, Kind.SCHEDULED): (1, 1, 0),
        ("moonshot", ProbeKind.CATALOG, Kind.SCHEDULED): (2, 0, 0),
    }
    found = spent(lines)
    assert (found.input_tokens, found.output_tokens, found.counted_usd) == (27, 3, 0.5000426)
    assert [line.probes for line in await store.spendings(tomorrow, tomorrow + DAY_MS)] == [1]


async def test_what_a_renamed_model_cost_is_the_new_key_s(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    await store.record(check(good()))
    await store.watch([WatchedModel(key="moonshot/kimi-k4", interval_s=300, aliases=(KEY,))], NOW_MS + 1)
    assert {line.subject for line in await store.spendings(0, NOW_MS * 2)} == {"moonshot/kimi-k4"}


def told(receipt: str, at_ms: int, class_name: str = "server_error") -> Received:
    call = Call(id=receipt, model=KEY, age_ms=0, class_name=class_name)
    return received(call, KEY, "shop", 0.25, at_ms, receipt)


async def test_it_keeps_calls_of_programs_beside_its_own_samples(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    await store.record(check(good(NOW_MS)))
    assert len(await store.receive([told("a", NOW_MS), told("b", NOW_MS)], NOW_MS - DAY_MS)) == 2
    stored = await store.samples(KEY, 0, NOW_MS + DAY_MS, 10)
    assert [(one.sample.at_ms, one.sample.kind, one.vantage) for one in stored] == [
        (NOW_MS, Kind.SCHEDULED, "local"),
        (NOW_MS + 1, Kind.PASSIVE, "programs"),
        (NOW_MS + 2, Kind.PASSIVE, "programs"),
    ]
    own = [one.sample for one in await store.samples(KEY, 0, NOW_MS + DAY_MS, 10, passive=False)]
    assert own == [good(NOW_MS)] == [one.sample for one in (await store.recent([KEY], 2))[KEY]]


async def test_a_crowd_of_calls_of_one_moment_replaces_nothing(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    await store.receive([told(f"a{number}", NOW_MS) for number in range(50)], NOW_MS - DAY_MS)
    assert len(await store.receive([told("late", NOW_MS)], NOW_MS - DAY_MS)) == 1
    stored = await store.samples(KEY, 0, NOW_MS + DAY_MS, 100)
    assert [one.sample.at_ms for one in stored] == list(range(NOW_MS, NOW_MS + 51))


async def test_it_receives_a_call_once(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    assert len(await store.receive([told("a", NOW_MS), told("a", NOW_MS + 5)], NOW_MS - DAY_MS)) == 1
    assert len(await store.receive([told("a", NOW_MS + 9), told("b", NOW_MS)], NOW_MS - DAY_MS)) == 1
    lines = await store.spendings(0, NOW_MS + DAY_MS)
    assert [(line.who, line.kind, line.probes, line.cost_nano_usd) for line in lines] == [("shop", Kind.PASSIVE, 2, 500_000_000)]


async def test_it_forgets_receipts_of_old_calls(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    await store.receive([told("a", NOW_MS)], NOW_MS - DAY_MS)
    assert len(await store.receive([told("b", NOW_MS + DAY_MS)], NOW_MS + 1)) == 1
    assert len(await store.receive([told("a", NOW_MS)], NOW_MS + 1)) == 1


async def test_it_packs_calls_of_programs_and_still_tells_them_apart(store: AnyStore) -> None:
    await store.watch(watched(KEY), NOW_MS)
    await store.record(check(good(NOW_MS)))
    await store.receive([told("a", NOW_MS + 1)], NOW_MS - DAY_MS)
    await store.record(check(good(NOW_MS + 3 * DAY_MS)))
    while await store.prune(None, None, None):
        pass
    kinds = [one.sample.kind for one in await store.samples(KEY, 0, NOW_MS + 4 * DAY_MS, 10)]
    assert kinds == [Kind.SCHEDULED, Kind.PASSIVE, Kind.SCHEDULED]
    assert len(await store.samples(KEY, 0, NOW_MS + 4 * DAY_MS, 10, passive=False)) == 2
    assert len((await store.recent([KEY], 5))[KEY]) == 2


async def test_it_refuses_calls_of_a_model_it_does_not_know(store: AnyStore) -> None:
    with pytest.raises(StorageError, match=OTHER):
        await store.receive([msgspec.structs.replace(told("a", NOW_MS), sample=good(NOW_MS, OTHER))], NOW_MS)


async def test_it_counts_what_programs_told_by_hour_and_class(store: AnyStore) -> None:
    await store.watch(watched(KEY, OTHER), NOW_MS)
    await store.record(check(good(NOW_MS)))
    old, fresh = told("a", NOW_MS - 2 * HOUR_MS), [told("b", NOW_MS), told("c", NOW_MS + 1), told("d", NOW_MS, "ok")]
    await store.receive([old, *fresh], NOW_MS - DAY_MS)
    counts = await store.hearsay([KEY, OTHER, "no/body"], NOW_MS - HOUR_MS)
    assert counts == {KEY: {NOW_MS - NOW_MS % HOUR_MS: {"server_error": 2, "ok": 1}}}
