"""One cause is one incident: models join and leave it, and a relapse continues it."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.incident import Incident
from statuspage.domain.incident_words import JOINED
from statuspage.domain.incidents import still_affected
from statuspage.domain.reading import Reading
from statuspage.domain.rootcause import GROUP_MS, QUIET_MS
from statuspage.domain.timeline import also
from statuspage.domain.verdict import Transition
from statuspage.domain.words import Fault, Status
from statuspage.service.casebook import Casebook
from tests.service.world import START_MS, World, config, model, provider

MINUTE_MS = 60_000
A, B, C = "moonshot/kimi-k3", "moonshot/kimi-k2.6", "openrouter/kimi-k9"
RED, GREEN = Status.MAJOR_OUTAGE, Status.OPERATIONAL


class Book:
    """A casebook that is told of outages minute by minute, and stores at once."""

    def __init__(self) -> None:
        settings = config(
            models=(model(), model("kimi-k2.6"), model("kimi-k9", "openrouter"), model("secret", public=False)),
            providers=(provider(), provider("openrouter", "openrouter")),
        )
        self.world = World(settings)
        self.cases: Casebook = self.world.board.cases
        self.minute = 0
        self._status: dict[str, Status] = {}

    async def begin(self) -> "Book":
        await self.world.begin()
        return self

    def turn(self, key: str, new: Status = RED, class_name: str = "server_error") -> Incident | None:
        at_ms = START_MS + self.minute * MINUTE_MS
        old = self._status.get(key, GREEN)
        self._status[key] = new
        fault = Fault.NONE if new is GREEN else Fault.PROVIDER
        reading = Reading(status=new, class_name="ok" if new is GREEN else class_name, fault=fault, failed=3, of=3)
        change = Transition(old=old, new=new, at_ms=at_ms, started_at_ms=at_ms)
        case = self.cases.follow(self.world.board.entry(key), [change], reading, f"{key} {at_ms}")
        if case is not None:
            self.cases.note(case.after)
        return None if case is None else case.after

    def open(self) -> list[Incident]:
        return [each for each in self.cases.all() if each.resolved_at_ms is None]


async def test_models_of_one_vendor_that_fail_together_are_one_incident() -> None:
    book = await Book().begin()
    book.turn(A)
    book.minute = 4
    joined = book.turn(B, class_name="bad_gateway")
    assert joined is not None
    assert (joined.models, joined.title) == ((A, B), "2 models of moonshot: server errors")
    assert (joined.started_at_ms, joined.impact) == (START_MS, "critical")
    assert joined.updates[0].body == "Also affected: kimi-k2.6."
    assert [book.world.board.entry(key).incident for key in (A, B)] == [joined, joined]


async def test_whatever_a_broken_vendor_answers_is_one_kind() -> None:
    book = await Book().begin()
    book.turn(A, class_name="connection_reset")
    book.turn(B, class_name="header_timeout")
    assert [each.models for each in book.open()] == [(A, B)]


async def test_another_vendor_another_kind_or_another_time_is_another_incident() -> None:
    book = await Book().begin()
    book.turn(A)
    book.turn(C)
    book.turn(B, class_name="wrong_model")
    assert len(book.open()) == 3
    later = await Book().begin()
    later.turn(A)
    later.minute = GROUP_MS // MINUTE_MS + 1
    later.turn(B)
    assert len(later.open()) == 2


async def test_a_model_that_readers_may_not_see_has_an_incident_of_its_own() -> None:
    book = await Book().begin()
    book.turn(A)
    hidden = book.turn("moonshot/secret")
    assert hidden is not None
    assert hidden.models == ("moonshot/secret",)
    assert len(book.open()) == 2


async def test_it_is_updated_as_models_recover_and_closed_with_the_last() -> None:
    book = await Book().begin()
    book.turn(A)
    book.turn(B)
    book.minute = 20
    half = book.turn(A, GREEN)
    assert half is not None
    assert (half.status, half.resolved_at_ms, still_affected(half)) == ("monitoring", None, (B,))
    assert half.updates[0].body == "Works again: kimi-k3."
    assert [book.world.board.entry(key).incident for key in (A, B)] == [None, half]
    book.minute = 31
    whole = book.turn(B, GREEN)
    assert whole is not None
    assert (whole.status, whole.resolved_at_ms) == ("resolved", START_MS + 31 * MINUTE_MS)
    assert whole.updates[0].body == "kimi-k2.6 works again, and with it all 2 models. The incident lasted 31 minutes."
    assert [each.until_ms for each in whole.affected] == [START_MS + 20 * MINUTE_MS, START_MS + 31 * MINUTE_MS]


async def test_many_that_join_at_once_are_one_entry() -> None:
    book = await Book().begin()
    book.turn(A)
    book.turn(B)
    book.minute = 1
    book.turn(B, GREEN)
    book.turn(A, Status.PARTIAL_OUTAGE)
    bodies = [update.body for update in book.open()[0].updates]
    assert bodies[1:] == [
        "Works again: kimi-k2.6.",
        "Also affected: kimi-k2.6.",
        "kimi-k3 answers with server errors: 3 of the last 3 requests failed.",
    ]


async def test_a_relapse_within_the_quiet_period_continues_the_incident() -> None:
    book = await Book().begin()
    first = book.turn(A)
    book.minute = 10
    book.turn(A, GREEN)
    book.minute = 10 + QUIET_MS // MINUTE_MS
    back = book.turn(A, class_name="engine_overloaded")
    assert first is not None
    assert back is not None
    assert (back.id, back.status, back.resolved_at_ms, back.started_at_ms) == (first.id, "investigating", None, START_MS)
    assert back.updates[0].body.startswith("It is back after 15 minutes. kimi-k3 is overloaded")
    book.minute += 5
    over = book.turn(A, GREEN)
    assert over is not None
    assert over.updates[0].body == "kimi-k3 works again. The incident lasted 30 minutes."
    assert len(book.cases.all()) == 1


async def test_a_relapse_after_it_is_another_incident() -> None:
    book = await Book().begin()
    book.turn(A)
    book.turn(A, GREEN)
    book.minute = QUIET_MS // MINUTE_MS + 1
    book.turn(A)
    assert len(book.cases.all()) == 2


async def test_another_model_that_fails_in_the_quiet_period_continues_it_too() -> None:
    book = await Book().begin()
    book.turn(A)
    book.turn(A, GREEN)
    book.minute = 5
    back = book.turn(B)
    assert back is not None
    assert (back.models, still_affected(back)) == ((A, B), (B,))


async def test_what_comes_and_goes_for_days_keeps_a_timeline_that_people_can_read() -> None:
    book = await Book().begin()
    for round_ in range(50):
        book.minute = round_ * 10
        book.turn(A)
        book.minute += 4
        book.turn(A, GREEN)
    (incident,) = book.cases.all()
    assert len(incident.updates) <= 8
    assert incident.updates[0].body == "kimi-k3 works again. The incident lasted 8 hours and 14 minutes."
    assert incident.updates[1].body.startswith("It is back after 6 minutes. kimi-k3 answers with server errors")
    assert incident.updates[-1].status == "investigating"


async def test_what_another_process_wrote_while_a_change_was_on_its_way_is_not_lost() -> None:
    book = await Book().begin()
    opened = book.turn(A)
    assert opened is not None
    reading = Reading(status=RED, class_name="server_error", fault=Fault.PROVIDER)
    change = Transition(old=GREEN, new=RED, at_ms=START_MS, started_at_ms=START_MS)
    case = book.cases.follow(book.world.board.entry(B), [change], reading, "x")
    assert case is not None
    word = msgspec.structs.replace(opened.updates[0], id="word", body="The vendor knows.", author="ada")
    written = msgspec.structs.replace(opened, updates=(word, *opened.updates), status="identified", version=1)
    book.cases.note_newer([written])
    book.cases.kept(case)
    (kept,) = book.open()
    assert (kept.status, kept.models) == ("identified", (A, B))
    assert {"word", case.after.updates[0].id} <= {update.id for update in kept.updates}


def test_of_many_that_join_the_first_are_named_and_the_rest_counted() -> None:
    incident = Incident(id="i", title="t", status="investigating", impact="major", models=(), started_at_ms=0, detected_at_ms=0)
    for number in range(300):
        incident = also(incident, "investigating", JOINED, f"model {number}", number)
    names = ", ".join(f"model {number}" for number in range(8))
    assert [update.body for update in incident.updates] == [f"Also affected: {names} and 292 more."]


async def test_a_title_that_a_person_gave_stays() -> None:
    book = await Book().begin()
    opened = book.turn(A)
    assert opened is not None
    word = msgspec.structs.replace(opened.updates[0], id="word", author="ada")
    titled = msgspec.structs.replace(opened, title="Cache trouble", updates=(word, *opened.updates), version=1)
    book.cases.note(titled)
    joined = book.turn(B)
    assert joined is not None
    assert (joined.title, joined.models) == ("Cache trouble", (A, B))


async def test_what_a_person_closed_stays_closed_while_the_outage_goes_on() -> None:
    book = await Book().begin()
    opened = book.turn(A)
    assert opened is not None
    closed = msgspec.structs.replace(opened, status="resolved", resolved_at_ms=START_MS, version=1)
    book.cases.note(closed)
    book.minute = 3
    assert book.turn(A, GREEN) is None
    assert book.open() == []


async def test_what_could_not_be_stored_did_not_happen() -> None:
    book = await Book().begin()
    book.turn(A)
    entry = book.world.board.entry(B)
    change = Transition(old=GREEN, new=RED, at_ms=START_MS, started_at_ms=START_MS)
    reading = Reading(status=RED, class_name="server_error", fault=Fault.PROVIDER)
    case = book.cases.follow(entry, [change], reading, "x")
    assert case is not None
    assert book.open()[0].models == (A,)
    book.cases.undo(case)
    again = book.cases.follow(entry, [change], reading, "x")
    assert again == case


async def test_two_changes_on_their_way_to_storage_do_not_lose_each_other() -> None:
    book = await Book().begin()
    reading = Reading(status=RED, class_name="server_error", fault=Fault.PROVIDER)
    change = Transition(old=GREEN, new=RED, at_ms=START_MS, started_at_ms=START_MS)
    first, second = (book.cases.follow(book.world.board.entry(key), [change], reading, key) for key in (A, B))
    assert first is not None
    assert second is not None
    assert second.before == first.after
    assert book.open() == []
    book.cases.note(first.after)
    book.cases.note(second.after)
    assert [each.models for each in book.open()] == [(A, B)]


@given(
    st.lists(
        st.tuples(st.sampled_from([A, B, C]), st.sampled_from([RED, GREEN, Status.PARTIAL_OUTAGE]), st.integers(0, 20)),
        max_size=40,
    )
)
async def test_whatever_happens_every_outage_is_in_one_open_incident_and_no_other_is_open(
    story: list[tuple[str, Status, int]],
) -> None:
    book = await Book().begin()
    for key, status, minutes in story:
        book.minute += minutes
        if book._status.get(key, GREEN) is not status:
            book.turn(key, status)
        down = {key for key, now in book._status.items() if now is not GREEN}
        affected = [key for incident in book.open() for key in still_affected(incident)]
        assert sorted(affected) == sorted(down)
        assert all(still_affected(incident) for incident in book.open())
        for incident in book.cases.all():
            assert len({update.id for update in incident.updates}) == len(incident.updates)
            assert incident.started_at_ms <= incident.detected_at_ms
            assert len({key.partition("/")[0] for key in incident.models}) == 1
