"""Notes and events: what every store keeps beyond checks."""

from statuspage.domain.event import Event
from statuspage.domain.ports import Store

RETIRED = Event(at_ms=2_000, kind="gone", subject="zoo/a", sentence="a is no longer listed.", public=True, facts={"old": "a"})
PRICED = Event(at_ms=1_000, kind="price", subject="zoo/b", sentence="b costs more.")


async def test_it_keeps_the_newest_note_of_a_subject(store: Store) -> None:
    await store.note("catalog", "zoo", b"old")
    await store.note("catalog", "zoo", b"new")
    await store.note("catalog", "other", b"theirs")
    await store.note("tools", "zoo", b"elsewhere")

    assert await store.noted("catalog") == {"zoo": b"new", "other": b"theirs"}


async def test_it_knows_nothing_of_a_topic_nobody_noted(store: Store) -> None:
    assert await store.noted("catalog") == {}


async def test_it_tells_the_newest_events_first(store: Store) -> None:
    await store.tell([RETIRED])
    await store.tell([PRICED])

    assert await store.told(0, 10) == (RETIRED, PRICED)
    assert await store.told(0, 1) == (RETIRED,)
    assert await store.told(1_500, 10) == (RETIRED,)
