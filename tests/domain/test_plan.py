"""Windows of a plan, and how readers meet it before, during and after."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.incident import IncidentUpdate
from statuspage.domain.maintenance import in_order
from statuspage.domain.override import Override
from statuspage.domain.pins import Pin, maintained_at, pin_at, pins_of, spans
from statuspage.domain.plan import Plan, Window, as_read, last_window, next_window, window_at, windows
from statuspage.domain.words import Fault, Status

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
START_MS = 1_795_000_000_000
SAID = IncidentUpdate(id="u", status="scheduled", body="Short work.", at_ms=START_MS - DAY_MS, author="ops")
ONCE = Plan(id="m", title="Upgrade", starts_at_ms=START_MS, ends_at_ms=START_MS + HOUR_MS, models=("a/x",), updates=(SAID,))
DAILY = msgspec.structs.replace(ONCE, rrule="FREQ=DAILY;COUNT=3")


def scheduled(*plans: Plan) -> list[tuple[Plan, list[Window]]]:
    return [(plan, list(windows(plan, START_MS - DAY_MS, START_MS + DAY_MS))) for plan in plans]


@pytest.mark.parametrize(
    ("at_ms", "status", "told"),
    [
        (START_MS - 1, "scheduled", ["scheduled"]),
        (START_MS, "in_progress", ["in_progress", "scheduled"]),
        (START_MS + HOUR_MS - 1, "in_progress", ["in_progress", "scheduled"]),
        (START_MS + HOUR_MS, "completed", ["completed", "in_progress", "scheduled"]),
        (START_MS + 400 * DAY_MS, "completed", ["completed", "in_progress", "scheduled"]),
    ],
)
def test_readers_meet_it_before_during_and_after(at_ms: int, status: str, told: list[str]) -> None:
    read = as_read(ONCE, ["a/x"], at_ms)
    assert (read.status, read.starts_at_ms, read.ends_at_ms) == (status, START_MS, START_MS + HOUR_MS)
    assert [update.status for update in read.updates] == told
    assert len({update.id for update in read.updates}) == len(told)


def test_of_a_recurring_one_they_meet_the_window_of_now_or_the_next() -> None:
    assert [as_read(DAILY, [], START_MS + step * HOUR_MS).starts_at_ms - START_MS for step in (-9, 0, 2, 30, 47)] == [
        0,
        0,
        DAY_MS,
        2 * DAY_MS,
        2 * DAY_MS,
    ]
    over = as_read(DAILY, [], START_MS + 60 * DAY_MS)
    assert (over.status, over.starts_at_ms) == ("completed", START_MS + 2 * DAY_MS)


def test_an_early_end_cuts_one_window_and_a_cancellation_all_that_follow() -> None:
    cut = msgspec.structs.replace(DAILY, cut={START_MS: START_MS + 5})
    assert list(windows(cut, START_MS, START_MS + 9 * DAY_MS))[:2] == [
        Window(START_MS, START_MS + 5),
        Window(START_MS + DAY_MS, START_MS + DAY_MS + HOUR_MS),
    ]
    assert window_at(cut, START_MS + 5) is None
    cancelled = msgspec.structs.replace(DAILY, cancelled_at_ms=START_MS + DAY_MS + 7)
    assert list(windows(cancelled, START_MS, START_MS + 9 * DAY_MS)) == [
        Window(START_MS, START_MS + HOUR_MS),
        Window(START_MS + DAY_MS, START_MS + DAY_MS + 7),
    ]
    assert next_window(cancelled, START_MS + DAY_MS + 7) is None
    assert last_window(cancelled, START_MS + DAY_MS + 7) == Window(START_MS + DAY_MS, START_MS + DAY_MS + 7)
    assert as_read(cancelled, [], START_MS + DAY_MS + 8).status == "cancelled"


def test_what_begins_in_a_hundred_years_is_announced() -> None:
    far = msgspec.structs.replace(ONCE, starts_at_ms=START_MS + 40_000 * DAY_MS, ends_at_ms=START_MS + 40_001 * DAY_MS)
    for plan in (far, msgspec.structs.replace(far, rrule="FREQ=YEARLY")):
        assert as_read(plan, [], START_MS).status == "scheduled"


def test_one_cancelled_before_it_began_keeps_its_times() -> None:
    never = as_read(msgspec.structs.replace(ONCE, cancelled_at_ms=START_MS - 5), [], START_MS + 1)
    assert (never.status, never.starts_at_ms, never.ends_at_ms) == ("cancelled", START_MS, START_MS + HOUR_MS)
    assert [update.status for update in never.updates] == ["scheduled"]


def test_it_covers_models_providers_or_everything() -> None:
    by_provider = msgspec.structs.replace(ONCE, models=(), providers=("a",))
    everything = msgspec.structs.replace(ONCE, models=())
    models = (("a/x", "a"), ("a/y", "a"), ("b/x", "b"))
    covered = [[plan.covers(*model) for model in models] for plan in (ONCE, by_provider, everything)]
    assert covered == [[True, False, False], [True, True, False], [True, True, True]]


def test_a_window_over_midnight_and_long_ago_is_found_from_within() -> None:
    long = msgspec.structs.replace(ONCE, ends_at_ms=START_MS + 40 * DAY_MS)
    assert window_at(long, START_MS + 39 * DAY_MS) == Window(START_MS, START_MS + 40 * DAY_MS)
    assert last_window(ONCE, START_MS + 300 * DAY_MS) == Window(START_MS, START_MS + HOUR_MS)


def test_those_under_way_come_first_then_those_to_come_then_those_that_are_over() -> None:
    now_ms = START_MS + 10
    later = msgspec.structs.replace(ONCE, id="later", starts_at_ms=now_ms + 9, ends_at_ms=now_ms + 10)
    next_one = msgspec.structs.replace(ONCE, id="next", starts_at_ms=now_ms + 5, ends_at_ms=now_ms + 10)
    old = msgspec.structs.replace(ONCE, id="old", starts_at_ms=START_MS - DAY_MS, ends_at_ms=START_MS - DAY_MS + 1)
    gone = msgspec.structs.replace(ONCE, id="gone", starts_at_ms=START_MS - 9, ends_at_ms=START_MS + 5)
    told = in_order(as_read(plan, [], now_ms) for plan in (old, later, gone, ONCE, next_one))
    assert [each.id for each in told] == ["m", "next", "later", "gone", "old"]


def test_an_operators_word_wins_over_a_maintenance_and_the_longer_window_over_the_shorter() -> None:
    short = msgspec.structs.replace(ONCE, id="short", ends_at_ms=START_MS + 5)
    word = Override(key="a/x", status=Status.MAJOR_OUTAGE, reason="Seen by hand", set_at_ms=START_MS + 2, until_ms=START_MS + 4)
    pins = pins_of("a/x", "a", scheduled(short, ONCE), word, START_MS - DAY_MS)
    said = [pin_at(pins, START_MS + step) for step in (-1, 1, 2, 4, HOUR_MS)]
    assert [None if pin is None else (pin.status, pin.maintenance, pin.fault) for pin in said] == [
        None,
        (Status.UNDER_MAINTENANCE, "m", Fault.PROVIDER),
        (Status.MAJOR_OUTAGE, None, Fault.PROVIDER),
        (Status.UNDER_MAINTENANCE, "m", Fault.PROVIDER),
        None,
    ]
    maintained = maintained_at(pins, START_MS + 2)
    assert maintained is not None
    assert maintained.maintenance == "m"
    cut = spans(pins, START_MS - 3, START_MS + HOUR_MS + 3)
    assert [(each.from_ms - START_MS, each.to_ms - START_MS, each.pin and each.pin.status) for each in cut] == [
        (-3, 0, None),
        (0, 2, Status.UNDER_MAINTENANCE),
        (2, 4, Status.MAJOR_OUTAGE),
        (4, 5, Status.UNDER_MAINTENANCE),
        (5, HOUR_MS, Status.UNDER_MAINTENANCE),
        (HOUR_MS, HOUR_MS + 3, None),
    ]


def test_another_model_is_left_alone() -> None:
    assert pins_of("a/y", "a", scheduled(ONCE), None, START_MS - DAY_MS) == ()


EDGES = st.integers(0, 40)


@given(st.lists(st.tuples(EDGES, EDGES, st.sampled_from([None, "m1", "m2"])), max_size=6), EDGES, EDGES)
def test_spans_cover_a_time_once_and_each_is_under_one_pin(
    given_pins: list[tuple[int, int, str | None]], one: int, other: int
) -> None:
    pins = [
        Pin(status=Status.UNDER_MAINTENANCE, text="x", from_ms=min(edges), until_ms=max(edges), maintenance=plan)
        for *edges, plan in given_pins
    ]
    from_ms, to_ms = min(one, other), max(one, other)
    cut = list(spans(pins, from_ms, to_ms))
    assert [moment for span in cut for moment in range(span.from_ms, span.to_ms)] == list(range(from_ms, to_ms))
    assert all(pin_at(pins, moment) == span.pin for span in cut for moment in range(span.from_ms, span.to_ms))
