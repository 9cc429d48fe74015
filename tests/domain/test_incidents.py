"""Incidents follow the verdict."""

from statuspage.domain.incident import Incident
from statuspage.domain.incidents import Subject, follow
from tests.domain.timeline import HOUR, Timeline

KIMI = Subject(key="moonshot/kimi-k3", name="Kimi K3")


class Watched(Timeline):
    """A timeline whose incident is kept as the service keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.incident: Incident | None = None
        self.written: list[Incident] = []

    def feed(self, taken: object) -> None:
        known = len(self.transitions)
        super().feed(taken)  # type: ignore[arg-type]
        told = follow(self.incident, self.transitions[known:], self.read(), KIMI, f"id{known}")
        if told is not None:
            self.written.append(told)
            self.incident = None if told.resolved_at_ms is not None else told

    def newest(self) -> Incident:
        return self.written[-1]


def outage() -> Watched:
    model = Watched()
    model.round("ok").rounds(8, "engine_overloaded")
    return model


def test_an_outage_opens_one_back_dated_to_its_first_failure() -> None:
    model = outage()
    assert len(model.written) == 1
    opened = model.newest()
    first_failure_ms = model.transitions[-1].started_at_ms
    assert (opened.title, opened.status, opened.impact) == ("Kimi K3: overloaded", "investigating", "critical")
    assert (opened.started_at_ms, opened.detected_at_ms) == (first_failure_ms, first_failure_ms + 40_000)
    assert opened.models == ("moonshot/kimi-k3",)
    assert opened.updates[0].body == "Kimi K3 is overloaded: 3 of the last 3 requests were refused."


def test_its_proven_end_closes_it_with_its_duration() -> None:
    model = outage()
    model.rounds(2, "ok")
    closed = model.newest()
    assert closed.status == "resolved"
    assert closed.resolved_at_ms is not None
    assert closed.updates[0].body == "Kimi K3 works again. The incident lasted 45 minutes."
    assert [update.status for update in closed.updates] == ["resolved", "investigating"]
    assert len({update.id for update in closed.updates}) == 2


def test_worsening_raises_its_impact_and_easing_keeps_the_worst() -> None:
    model = Watched()
    model.round("ok").round("server_error", "server_error", "ok")
    assert model.newest().impact == "major"
    model.round("server_error")
    assert (model.newest().impact, len(model.newest().updates)) == ("critical", 2)


def test_what_works_but_not_as_it_should_is_minor() -> None:
    model = Watched()
    model.round("ok").rounds(3, "wrong_model")
    assert (model.newest().impact, model.newest().title) == ("minor", "Kimi K3: another model")


def test_grey_keeps_it_open() -> None:
    model = outage()
    model.rounds(2, "offline")
    assert model.newest().status == "monitoring"
    assert model.newest().resolved_at_ms is None
    assert "our own network is down" in model.newest().updates[0].body
    model.round("engine_overloaded")
    assert model.newest().status == "investigating"
    model.rounds(5, "ok")
    assert model.newest().resolved_at_ms is not None
    assert len({incident.id for incident in model.written}) == 1


def test_silence_keeps_it_open() -> None:
    model = outage()
    model.wait(3 * HOUR).round("ok")
    assert "has not been measured recently" in model.newest().updates[0].body
    model.round("ok")
    assert model.newest().status == "resolved"
    assert model.newest().updates[0].body.endswith("The incident lasted 3 hours and 45 minutes.")


def test_slowness_and_grey_alone_open_none() -> None:
    model = Watched()
    model.rounds(60, "ok").rounds(5, "ok", first_content_ms=9_000)
    model.rounds(3, "quota_exhausted").rounds(3, "maintenance")
    assert model.written == []


def test_an_outage_that_ends_in_slowness_is_closed() -> None:
    model = Watched()
    model.rounds(60, "ok").rounds(8, "server_error").rounds(3, "ok", first_content_ms=9_000)
    assert model.newest().status == "resolved"


def test_retirement_closes_it() -> None:
    model = outage()
    model.round("model_retired")
    assert model.newest().status == "resolved"
    assert "has been retired" in model.newest().updates[0].body


def test_a_second_outage_is_a_second_incident() -> None:
    model = outage()
    model.rounds(6, "ok").rounds(3, "server_error")
    assert len({incident.id for incident in model.written}) == 2
    assert model.newest().title == "Kimi K3: server errors"


def test_a_title_keeps_abbreviations() -> None:
    model = Watched()
    model.round("ok").rounds(3, "contract_changed")
    assert model.newest().title == "Kimi K3: API changed"


def test_returning_from_maintenance_into_doubt_says_so() -> None:
    model = outage()
    model.rounds(2, "maintenance").round("ok")
    assert "waits for proof" in model.newest().updates[0].body
    assert model.newest().status == "monitoring"
