"""What listeners are told, and what a newcomer is told first."""

import asyncio
from collections.abc import Iterator
from typing import Any

import msgspec

from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.view import PageView
from statuspage.domain.words import Status
from statuspage.render.encoded import encode
from statuspage.service.broadcast import DROPDOWN, KEPT, Broadcast
from tests.render import world

K3 = "moonshot/kimi-k3"
K2 = "moonshot/kimi-k2.6"


class Clock:
    """Two clocks that move together, and a way to wait for those who sleep."""

    def __init__(self) -> None:
        self.elapsed_s = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now_ms(self) -> int:
        return world.NOW_MS + round(self.elapsed_s * 1000)

    def monotonic_s(self) -> float:
        return self.elapsed_s

    async def sleep(self, seconds: float) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.elapsed_s + seconds, done))
        await done

    async def pass_s(self, seconds: float) -> None:
        self.elapsed_s += seconds
        for until_s, done in self._sleepers:
            if until_s <= self.elapsed_s and not done.done():
                done.set_result(None)
        for _ in range(10):
            await asyncio.sleep(0)


class Station:
    """A broadcast over a page that a test changes; `heard` are the events told, in order."""

    def __init__(self, page: PageView | None = None) -> None:
        self.clock = Clock()
        self.broadcast = Broadcast(self.clock, 15)
        self.heard: list[tuple[str, Any]] = []
        self.ids: list[str] = []
        self.broadcast.tell = self._hear
        self.page = page or world.page(3, well=True)
        self.show()

    def _hear(self, frames: bytes) -> None:
        for told in read(frames):
            self.heard.append((told["event"], told["data"]))
            if "id" in told:
                self.ids.append(told["id"])

    def show(self, **fields: object) -> None:
        self.page = msgspec.structs.replace(self.page, **fields)
        document = msgspec.json.encode({"models": [model.key for model in self.page.models], "status": self.page.status})
        self.broadcast.shown(self.page, {DROPDOWN: encode(document, [])})

    def change(self, key: str, **fields: object) -> None:
        models = tuple(msgspec.structs.replace(each, **fields) if each.key == key else each for each in self.page.models)
        self.show(models=models)

    def since(self, last: str | None = None) -> list[dict[str, Any]]:
        return list(read(self.broadcast.since(last)))


def read(frames: bytes) -> Iterator[dict[str, Any]]:
    """Events as a client reads them."""
    for block in frames.decode().removesuffix("\n\n").split("\n\n"):
        fields: dict[str, Any] = dict(line.split(": ", 1) for line in block.split("\n"))
        fields["data"] = msgspec.json.decode(fields["data"])
        yield fields


def test_the_first_rendering_is_no_news() -> None:
    assert Station().heard == []


def test_a_newcomer_gets_the_dropdown_document_and_is_told_when_to_come_again() -> None:
    station = Station()
    [first] = station.since()
    assert (first["event"], first["retry"]) == ("snapshot", "3000")
    assert first["data"] == {"models": [each.key for each in station.page.models], "status": "operational"}


def test_a_change_of_status_is_told_with_the_whole_model() -> None:
    station = Station()
    station.change(K3, status=Status.MAJOR_OUTAGE, class_name="engine_overloaded", label="Overloaded")
    [(event, data)] = station.heard
    assert event == "status"
    assert (data["key"], data["level"], data["label"], data["class"]) == (K3, "red", "Overloaded", "engine_overloaded")
    assert {"slug", "uptime", "price", "checked_at", "max_stale_seconds", "stale"} <= data.keys()


def test_every_word_that_readers_are_told_is_news_and_a_figure_is_not() -> None:
    station = Station()
    for fields in ({"label": "Slow"}, {"reason": "It answers slowly."}, {"class_name": "slow"}):
        station.change(K3, **fields)
    assert [event for event, _ in station.heard] == ["status"] * 3
    station.change(K3, uptime={}, latency=None, use_instead=K2)
    assert len(station.heard) == 3


def test_a_model_that_joins_is_told() -> None:
    station = Station()
    station.show(models=(*station.page.models, world.model(3, well=True)))
    assert [(event, data["key"]) for event, data in station.heard] == [("status", "moonshot/kimi-latest")]


def test_a_model_that_leaves_makes_everybody_begin_anew() -> None:
    station = Station()
    station.change(K3, label="Slow")
    station.show(models=station.page.models[1:])
    assert station.heard[-1] == ("snapshot", {"models": [each.key for each in station.page.models], "status": "operational"})
    assert station.since(station.ids[0])[0]["event"] == "snapshot"
    assert station.since(station.ids[-1])[0]["event"] == "fresh"


def incident(**fields: object) -> Incident:
    made = Incident(
        id="i1",
        title="Kimi K3: overloaded",
        status="investigating",
        impact="critical",
        models=(K3,),
        started_at_ms=world.NOW_MS,
        detected_at_ms=world.NOW_MS + 60_000,
        updates=(IncidentUpdate(id="u1", status="investigating", body="We look.", at_ms=world.NOW_MS + 60_000),),
    )
    return msgspec.structs.replace(made, **fields)


def test_an_incident_is_told_when_it_begins_and_when_it_changes() -> None:
    station = Station()
    station.show(archive=(incident(),))
    station.show(archive=(incident(),))
    station.show(archive=(incident(status="resolved", resolved_at_ms=world.NOW_MS + 120_000),))
    assert [(event, data["id"], data["status"]) for event, data in station.heard] == [
        ("incident", "i1", "investigating"),
        ("incident", "i1", "resolved"),
    ]
    assert station.heard[0][1]["updates"] == [
        {"id": "u1", "status": "investigating", "body": "We look.", "at": "2026-11-20T10:01:00.000Z", "author": None}
    ]


def test_a_maintenance_is_told() -> None:
    station = Station()
    window = Maintenance(
        id="m1", title="New racks", status="scheduled", models=(K3,), starts_at_ms=world.NOW_MS, ends_at_ms=world.NOW_MS + 1
    )
    station.show(maintenances=(window,))
    station.show(maintenances=(msgspec.structs.replace(window, status="in_progress"),))
    assert [(event, data["status"]) for event, data in station.heard] == [
        ("maintenance", "scheduled"),
        ("maintenance", "in_progress"),
    ]


def test_who_was_cut_off_gets_what_it_missed_and_how_fresh_everything_is() -> None:
    station = Station()
    for label in ("one", "two", "three"):
        station.change(K3, label=label)
    missed = station.since(station.ids[0])
    assert [(told["event"], told["data"].get("label")) for told in missed] == [
        ("status", "two"),
        ("status", "three"),
        ("fresh", None),
    ]
    assert missed[-1]["data"]["checked_at"].keys() == {each.key for each in station.page.models}
    assert [told.get("id") for told in missed] == [*station.ids[1:], None]
    assert missed[0]["retry"] == "3000"


def test_who_missed_nothing_is_told_only_how_fresh_everything_is() -> None:
    station = Station()
    newest = station.since()[0]["id"]
    assert [told["event"] for told in station.since(newest)] == ["fresh"]


def test_who_has_the_document_is_told_how_fresh_everything_is() -> None:
    station = Station()
    [first] = list(read(station.broadcast.from_now_on()))
    assert (first["event"], first["retry"]) == ("fresh", "3000")
    assert first["data"]["checked_at"].keys() == {each.key for each in station.page.models}


def test_an_id_of_nobodys_or_of_another_process_gets_everything() -> None:
    station, other = Station(), Station()
    other.clock.elapsed_s = 5
    other.broadcast = Broadcast(other.clock, 15)
    other.show()
    known = station.since()[0]["id"]
    for unknown in ("", "nonsense", known.split("-")[0], f"{known}0", f"{known}x", "-1", other.since()[0]["id"]):
        assert [told["event"] for told in station.since(unknown)] == ["snapshot"], unknown


def test_who_was_away_too_long_gets_everything() -> None:
    station = Station()
    first = station.since()[0]["id"]
    for count in range(KEPT):
        station.change(K3, label=str(count))
    assert len(station.since(first)) == KEPT + 1
    station.change(K3, label="one more")
    assert [told["event"] for told in station.since(first)] == ["snapshot"]


async def test_fresh_times_are_told_together_and_no_oftener_than_readers_would_ask() -> None:
    station = Station()
    running = asyncio.create_task(station.broadcast.run())
    try:
        station.change(K3, checked_at_ms=world.NOW_MS + 1000)
        await station.clock.pass_s(0)
        assert station.heard == [("fresh", {"checked_at": {K3: "2026-11-20T10:00:01.000Z"}})]
        station.change(K3, checked_at_ms=world.NOW_MS + 2000)
        station.change(K2, checked_at_ms=world.NOW_MS + 3000)
        await station.clock.pass_s(14)
        assert len(station.heard) == 1
        await station.clock.pass_s(1)
        assert station.heard[1:] == [
            ("fresh", {"checked_at": {K3: "2026-11-20T10:00:02.000Z", K2: "2026-11-20T10:00:03.000Z"}}),
        ]
        assert station.ids == []
    finally:
        running.cancel()


async def test_what_was_told_with_its_status_is_not_told_again_as_fresh() -> None:
    station = Station()
    running = asyncio.create_task(station.broadcast.run())
    try:
        station.change(K3, checked_at_ms=world.NOW_MS + 1000)
        station.change(K3, checked_at_ms=world.NOW_MS + 2000, label="Slow")
        await station.clock.pass_s(30)
        assert [event for event, _ in station.heard] == ["status"]
    finally:
        running.cancel()
