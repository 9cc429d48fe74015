"""What the page and the documents tell of the vendor's own status page."""

import json

import msgspec

from statuspage.domain.official import (
    Availability,
    Detail,
    OfficialIncident,
    OfficialMaintenance,
    OfficialReading,
    Severity,
    failed,
)
from statuspage.domain.view import ModelView, OfficialView
from statuspage.domain.words import Status
from statuspage.render.documents import model_object
from statuspage.render.model_documents import model_document
from statuspage.render.pages import Renderer
from tests.render import world
from tests.render.html import read

URL = "https://status.acme.example"
NOTE = "The vendor says operational, we measure 12 % failures, for 23 minutes."
READING = OfficialReading(
    engine="statuspage",
    overall=Availability.AVAILABLE,
    severity=Severity.NONE,
    incidents=Detail(
        availability=Availability.AVAILABLE,
        items=(
            OfficialIncident(name="<b>Errors</b>", phase="identified", severity=Severity.MINOR, started_ms=world.NOW_MS, url=URL),
        ),
    ),
    maintenances=Detail(availability=Availability.NONE_REPORTED),
    components=Detail(availability=Availability.UNSUPPORTED),
)
VIEW = OfficialView(
    url=URL,
    status=Status.OPERATIONAL,
    checked_at_ms=world.NOW_MS,
    component="Open API",
    reading=READING,
    note=NOTE,
    leads="Of 1 outage …",
)
FAILED = OfficialView(url=URL, reading=failed("the page answers HTTP 503"), reason="the page answers HTTP 503")


def _model(official: OfficialView | None) -> ModelView:
    return msgspec.structs.replace(world.model(1), official=official)


def _section(renderer: Renderer, official: OfficialView | None) -> str:
    page = read(renderer.model_page(world.page(3), _model(official)))
    found = [each.words for each in page.find("section") if each.attributes.get("aria-labelledby") == "official"]
    return found[0] if found else ""


def test_the_dropdown_document_has_the_claim_with_its_time_and_address() -> None:
    official = model_object(_model(VIEW))["official"]
    assert official == {"status": "operational", "checked_at": "2026-11-20T10:00:00.000Z", "url": URL}


def test_it_is_null_without_a_page_and_while_a_page_gives_no_answer() -> None:
    assert model_object(_model(None))["official"] is None
    assert model_object(_model(FAILED))["official"] is None


def test_a_models_document_has_the_line_and_what_is_known_of_every_detail() -> None:
    document = json.loads(model_document(_model(VIEW)))
    assert document["official_note"] == NOTE
    page = document["official_page"]
    assert (page["engine"], page["overall"], page["component"], page["reason"]) == ("statuspage", "available", "Open API", None)
    assert page["incidents"]["availability"] == "available"
    assert page["incidents"]["items"][0]["name"] == "<b>Errors</b>"
    assert page["maintenances"] == {"availability": "none_reported", "items": []}
    assert page["components"] == {"availability": "unsupported", "count": 0}


def test_a_failed_look_is_told_as_such_in_every_detail() -> None:
    page = json.loads(model_document(_model(FAILED)))["official_page"]
    details = (page["incidents"], page["maintenances"], page["components"])
    assert {page["overall"], *(each["availability"] for each in details)} == {"fetch_failed"}
    assert page["reason"] == "the page answers HTTP 503"


def test_a_document_without_a_page_says_null() -> None:
    document = json.loads(model_document(_model(None)))
    assert document["official_note"] is document["official_page"] is None


def test_the_page_shows_both_and_that_it_is_a_second_opinion(renderer: Renderer) -> None:
    words = _section(renderer, VIEW)
    assert NOTE in words
    assert "says operational (Open API), read 20 Nov, 10:00:00 UTC." in words
    assert "never part of our figures" in words
    assert "<b>Errors</b>incidentidentified20 Nov 2026" in words
    assert "Maintenance: none reported." in words
    assert "Of 1 outage …" in words


def test_the_page_says_why_there_is_no_answer(renderer: Renderer) -> None:
    words = _section(renderer, FAILED)
    assert "gives no answer: the page answers HTTP 503." in words
    assert "none reported" not in words


def test_the_page_shows_maintenances_with_and_without_times(renderer: Renderer) -> None:
    upkeep = (OfficialMaintenance(name="Move", in_progress=True), OfficialMaintenance(name="Later", starts_ms=world.NOW_MS))
    reading = msgspec.structs.replace(READING, maintenances=Detail(availability=Availability.AVAILABLE, items=upkeep))
    words = _section(renderer, msgspec.structs.replace(VIEW, reading=reading))
    assert "Movemaintenancein progress–" in words
    assert "Latermaintenanceplanned20 Nov 2026, 10:00 UTC" in words


def test_a_model_without_a_page_has_no_such_section(renderer: Renderer) -> None:
    assert _section(renderer, None) == ""
