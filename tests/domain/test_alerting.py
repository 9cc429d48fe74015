"""Who hears what: grey never reaches the public, and both directions are told once."""

import pytest

from statuspage.domain.alerting import Told, event_notice, hears, incident_notice, public_after, told_of
from statuspage.domain.event import Event
from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.notice import INCIDENT_CREATED, INCIDENT_RESOLVED, INCIDENT_UPDATED, OPERATOR_EVENT, Audience, Severity
from statuspage.domain.words import Level, Status

UP, DOWN, GREY = Status.OPERATIONAL, Status.MAJOR_OUTAGE, Status.NO_DATA


def public(old: Status, new: Status) -> Told:
    return Told(audience=Audience.PUBLIC, old=old, new=new)


def operator(old: Status, new: Status) -> Told:
    return Told(audience=Audience.OPERATOR, old=old, new=new)


@pytest.mark.parametrize(
    ("known", "old", "new", "told"),
    [
        pytest.param(UP, UP, DOWN, public(UP, DOWN), id="it stops"),
        pytest.param(DOWN, DOWN, UP, public(DOWN, UP), id="it works again"),
        pytest.param(None, GREY, UP, None, id="a first look at what works"),
        pytest.param(None, GREY, DOWN, public(GREY, DOWN), id="a first look at what does not"),
        pytest.param(UP, UP, GREY, operator(UP, GREY), id="grey is the operator's"),
        pytest.param(UP, GREY, UP, operator(GREY, UP), id="and its end"),
        pytest.param(DOWN, DOWN, GREY, operator(DOWN, GREY), id="red turns grey"),
        pytest.param(DOWN, GREY, UP, public(DOWN, UP), id="to the public red became green"),
        pytest.param(DOWN, GREY, DOWN, operator(GREY, DOWN), id="to the public red stayed red"),
        pytest.param(UP, UP, UP, None, id="nothing changed"),
    ],
)
def test_who_hears_of_a_change(known: Status | None, old: Status, new: Status, told: Told | None) -> None:
    assert told_of(known, old, new) == told


@pytest.mark.parametrize("old", list(Status))
@pytest.mark.parametrize("new", [status for status in Status if status.level is Level.GREY])
@pytest.mark.parametrize("known", [None, UP, DOWN])
def test_grey_never_reaches_the_public(known: Status | None, old: Status, new: Status) -> None:
    told = told_of(known, old, new)
    assert told is None or told.audience is Audience.OPERATOR
    assert public_after(known, new) is known


def incident(*updates: str, resolved_at_ms: int | None = None) -> Incident:
    made = tuple(IncidentUpdate(id=str(at), status="investigating", body=body, at_ms=at) for at, body in enumerate(updates))
    return Incident(
        id="i1",
        title="Kimi is down",
        status="investigating",
        impact="critical",
        models=("zoo/a",),
        started_at_ms=0,
        detected_at_ms=10,
        resolved_at_ms=resolved_at_ms,
        updates=made[::-1],
    )


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, incident("a"), INCIDENT_CREATED),
        (incident("a"), incident("a", "b"), INCIDENT_UPDATED),
        (incident("a"), incident("a", "b", resolved_at_ms=5), INCIDENT_RESOLVED),
        (incident("a"), incident("a"), None),
    ],
)
def test_what_became_of_an_incident(before: Incident | None, after: Incident, kind: str | None) -> None:
    made = incident_notice(before, after, url="http://x/incidents/i1", group="zoo", data=b"{}")
    assert (None if made is None else made.kind) == kind


def test_the_same_change_has_the_same_id_and_another_one_has_not() -> None:
    ids = {
        made.id
        for after in (incident("a"), incident("a"), incident("a", "b"))
        if (made := incident_notice(None, after, url="", group="", data=b"{}")) is not None
    }
    assert len(ids) == 2


def test_an_event_is_for_the_operator_and_says_the_fix() -> None:
    event = Event(at_ms=5, kind="account", subject="zoo", sentence="zoo has no money. Top it up.", facts={"state": "opened"})
    made = event_notice(event, url="http://x/")
    assert (made.kind, made.audience, made.severity) == (OPERATOR_EVENT, Audience.OPERATOR, Severity.WARNING)
    assert "Top it up" in made.title
    assert not hears(made, Audience.PUBLIC, frozenset({OPERATOR_EVENT}), auto_incidents=True)
    assert hears(made, Audience.OPERATOR, frozenset({OPERATOR_EVENT}), auto_incidents=False)


def test_a_channel_of_sentences_hears_of_a_change_once() -> None:
    made = incident_notice(None, incident("a"), url="", group="", data=b"{}")
    assert made is not None
    kinds = frozenset({INCIDENT_CREATED})
    assert hears(made, Audience.PUBLIC, kinds, auto_incidents=True)
    assert not hears(made, Audience.PUBLIC, kinds, auto_incidents=False)
