"""What each engine's page comes to: headline, open incidents, and what is known of every detail."""

import json

import pytest

from statuspage.domain.official import Availability, OfficialReading, Severity
from statuspage.domain.words import Status
from statuspage.official.reader import read
from statuspage.official.registry import ENGINES, engine_for
from tests.official import bodies
from tests.official.bodies import Body

AVAILABLE, NONE_REPORTED, UNSUPPORTED, FAILED = (
    Availability.AVAILABLE,
    Availability.NONE_REPORTED,
    Availability.UNSUPPORTED,
    Availability.FETCH_FAILED,
)
NAMES = list(ENGINES)
UPKEEP = bodies.report("maintenance", "maintenance")


def reading_of(body: Body, *, focus: str | None = None, extra: "Body | Availability" = UNSUPPORTED) -> OfficialReading:
    raw = json.dumps(body).encode()
    engine = engine_for(raw)
    assert engine is not None
    second = extra if isinstance(extra, Availability) else json.dumps(extra).encode()
    return read(engine, raw, second, focus)


PAGES: list[tuple[str, Body, str | None]] = [
    ("statuspage", bodies.statuspage(), "none"),
    ("statuspage", bodies.statuspage("maintenance"), "maintenance"),
    ("statuspage", bodies.statuspage("minor"), "minor"),
    ("statuspage", bodies.statuspage("major"), "major"),
    ("statuspage", bodies.statuspage("critical"), "critical"),
    ("statuspage", bodies.statuspage("none", incidents=[bodies.incident("critical")]), "critical"),
    ("statuspage", bodies.statuspage("major", incidents=[bodies.incident("minor")]), "major"),
    ("statuspage", bodies.statuspage("none", incidents=[bodies.incident("critical", "resolved")]), "none"),
    ("statuspage", bodies.statuspage("none", incidents=[bodies.incident("critical", "postmortem")]), "none"),
    ("statuspage", bodies.statuspage("none", incidents=[bodies.incident("none")]), "none"),
    ("statuspage", bodies.statuspage(scheduled_maintenances=[{"name": "Move", "status": "in_progress"}]), "maintenance"),
    ("statuspage", bodies.statuspage(scheduled_maintenances=[{"name": "Move", "status": "scheduled"}]), "none"),
    ("statuspage", bodies.statuspage(status={"description": "Partial System Outage"}), "major"),
    ("statuspage", bodies.statuspage(status={"description": "All Systems Operational"}), "none"),
    ("incidentio", bodies.shim(), "none"),
    ("incidentio", bodies.shim(incidents=None, scheduled_maintenances=None), "none"),
    ("incidentio", bodies.shim("critical"), "critical"),
    ("incidentio", bodies.shim(incidents=[{"id": "01J", "name": "Errors", "status": "monitoring", "impact": "major"}]), "major"),
    ("incidentio-widget", bodies.widget(), "none"),
    ("incidentio-widget", bodies.widget("degraded_performance"), "minor"),
    ("incidentio-widget", bodies.widget("partial_outage", "full_outage"), "critical"),
    ("incidentio-widget", bodies.widget(in_progress_maintenances=[{"name": "Move"}]), "maintenance"),
    ("betterstack", bodies.betterstack(), "none"),
    ("betterstack", bodies.betterstack("degraded"), "minor"),
    ("betterstack", bodies.betterstack("downtime"), "major"),
    ("betterstack", bodies.betterstack("maintenance"), "maintenance"),
    ("betterstack", bodies.betterstack(report=bodies.report("degraded")), "minor"),
    ("betterstack", bodies.betterstack(report=bodies.report("resolved")), "none"),
    ("betterstack", bodies.betterstack(report=UPKEEP), "none"),
    ("betterstack", bodies.betterstack(report=UPKEEP, resource="maintenance"), "maintenance"),
    ("instatus", bodies.instatus(), "none"),
    ("instatus", bodies.instatus("HASISSUES"), "minor"),
    ("instatus", bodies.instatus("UNDERMAINTENANCE"), "maintenance"),
    ("instatus", bodies.instatus("SOMEMAJOROUTAGE"), "major"),
    ("instatus", bodies.instatus("ALLMAJOROUTAGE"), "critical"),
    ("instatus", bodies.instatus("HASISSUES", activeIncidents=[{"name": "A", "impact": "ONEMAJOROUTAGE"}]), "major"),
    ("instatus", bodies.instatus("UP", activeIncidents=[{"name": "A", "impact": "MAJOROUTAGE", "status": "RESOLVED"}]), "none"),
    ("onlineornot", bodies.onlineornot(), "none"),
    ("onlineornot", bodies.onlineornot({"description": "Major Outage"}), "critical"),
    ("onlineornot", bodies.onlineornot("PARTIAL_OUTAGE"), "major"),
    ("onlineornot", bodies.onlineornot({"description": "Degraded Performance"}), "minor"),
    ("onlineornot", bodies.onlineornot(active_incidents=[{"title": "502s", "impact": "PARTIAL_OUTAGE"}]), "major"),
    ("onlineornot", bodies.onlineornot({"description": "Something nobody said before"}), "none"),
    ("flashduty", bodies.flashduty(), "none"),
    ("flashduty", bodies.flashduty("degraded"), "minor"),
    ("flashduty", bodies.flashduty("partial_outage"), "major"),
    ("flashduty", bodies.flashduty("full_outage"), "critical"),
    ("flashduty", bodies.flashduty("under_maintenance"), "maintenance"),
    ("flashduty", bodies.flashduty(ongoing_incidents=[{"title": "Slow", "phase": "identified", "impact": "degraded"}]), "minor"),
    ("google", bodies.google(("2026-11-20T12:00:00+00:00", "SERVICE_OUTAGE", "Vertex Gemini API")), "none"),
    ("google", bodies.google((None, "SERVICE_OUTAGE", "Vertex Gemini API")), "major"),
    ("google", bodies.google((None, "SERVICE_DISRUPTION", "Vertex Gemini API")), "minor"),
    ("google", bodies.google((None, "SERVICE_INFORMATION", "Vertex Gemini API")), "none"),
    ("google", bodies.google((None, "SERVICE_OUTAGE", "Cloud SQL")), "none"),
    ("google", bodies.google(("", "SERVICE_OUTAGE", "Vertex AI Search")), "major"),
]  # fmt: skip


@pytest.mark.parametrize(("engine", "body", "severity"), PAGES, ids=[f"{at}-{row[0]}-{row[2]}" for at, row in enumerate(PAGES)])
def test_its_headline(engine: str, body: Body, severity: str | None) -> None:
    found = reading_of(body)
    assert (found.engine, found.overall, found.severity) == (engine, AVAILABLE, severity)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("body", [bodies.statuspage("major"), bodies.google((None, "SERVICE_OUTAGE", "Gemini API"))])
def test_it_reads_any_unicode_encoding(body: Body, encoding: str) -> None:
    raw = json.dumps(body, ensure_ascii=False).encode(encoding)
    engine = engine_for(raw)
    assert engine is not None
    assert read(engine, raw) == reading_of(body)


def test_a_list_that_is_missing_says_nothing_and_an_empty_one_says_none() -> None:
    whole = bodies.statuspage()
    assert isinstance(whole, dict)
    partial: Body = {
        name: value for name, value in whole.items() if name not in ("incidents", "scheduled_maintenances", "components")
    }
    known = reading_of(whole)
    assert (known.incidents.availability, known.maintenances.availability) == (NONE_REPORTED, NONE_REPORTED)
    unknown = reading_of(partial)
    assert unknown.engine == "statuspage"
    assert {unknown.incidents.availability, unknown.maintenances.availability, unknown.components.availability} == {UNSUPPORTED}
    assert unknown.severity is Severity.NONE


def test_the_shim_of_incidentio_reports_none_by_leaving_lists_out() -> None:
    found = reading_of(bodies.shim(incidents=None))
    assert (found.incidents.availability, found.maintenances.availability) == (NONE_REPORTED, NONE_REPORTED)


def test_the_shim_reads_incidents_from_the_second_document() -> None:
    further: Body = {"incidents": [bodies.incident("major"), bodies.incident("critical", "resolved", name="Over")]}
    found = reading_of(bodies.shim(), extra=further)
    assert [each.name for each in found.incidents.items] == ["Slow replies"]
    assert found.severity is Severity.MAJOR
    assert reading_of(bodies.shim(), extra=FAILED).incidents.availability is FAILED


def test_a_headline_that_nobody_gives_is_unknown() -> None:
    found = reading_of({"page": {"id": "x"}, "status": {"indicator": "purple"}, "incidents": []})
    assert (found.overall, found.severity, found.status) == (UNSUPPORTED, None, None)
    assert found.reason is not None


def test_components_have_our_words_their_groups_and_no_headings() -> None:
    components = reading_of(bodies.statuspage()).components.items
    assert [(each.name, each.status, each.group) for each in components] == [
        ("Open API", Status.OPERATIONAL, "Platform"),
        ("Chat app", Status.PARTIAL_OUTAGE, "Platform"),
    ]


def test_better_stacks_names_lose_their_spaces_and_unwatched_resources_are_left_out() -> None:
    found = reading_of(bodies.betterstack("downtime", resource="downtime", report=bodies.report("downtime")))
    assert [(each.name, each.status, each.group) for each in found.components.items] == [
        ("Kimi K2.6", Status.MAJOR_OUTAGE, "Models")
    ]
    assert [(each.name, each.components) for each in found.incidents.items] == [("Timeouts", ("Kimi K2.6",))]


def test_instatus_components_come_bare_or_wrapped_and_may_fail_alone() -> None:
    listed: Body = [
        {"name": "API", "status": "MAJOROUTAGE", "group": {"name": "Core"}},
        {"name": "Site", "status": "OPERATIONAL"},
    ]
    for extra in (listed, {"components": listed}):
        found = reading_of(bodies.instatus(), extra=extra)
        assert [(each.name, each.status) for each in found.components.items] == [
            ("API", Status.MAJOR_OUTAGE),
            ("Site", Status.OPERATIONAL),
        ]
    failing = reading_of(bodies.instatus(), extra=FAILED)
    assert (failing.overall, failing.components.availability) == (AVAILABLE, FAILED)
    assert reading_of(bodies.instatus(), extra="<html>").components.availability is FAILED


def test_instatus_dates_come_in_two_forms_and_a_duration_in_minutes() -> None:
    found = reading_of(
        bodies.instatus(
            activeIncidents=[{"name": "A", "started": "Sat Jun 11 2022 18:55:50 GMT+0000 (Coordinated Universal Time)"}],
            activeMaintenances=[{"name": "B", "start": "2022-06-11T18:55:54Z", "status": "NOTSTARTEDYET", "duration": "60"}],
        )
    )
    (upkeep,) = found.maintenances.items
    assert found.incidents.items[0].started_ms == 1_654_973_750_000
    assert (upkeep.starts_ms, upkeep.ends_ms, upkeep.in_progress) == (1_654_973_754_000, 1_654_977_354_000, False)


def test_google_is_asked_about_one_product() -> None:
    body = bodies.google((None, "SERVICE_OUTAGE", "Cloud SQL"), (None, "SERVICE_DISRUPTION", "Vertex Gemini API"))
    assert reading_of(body, focus="id of Cloud SQL").severity is Severity.MAJOR
    assert reading_of(body, focus="cloud sql").severity is Severity.MAJOR
    assert reading_of(body, focus="Cloud Run").severity is Severity.NONE


def test_an_incident_keeps_when_it_began_when_it_was_published_and_where() -> None:
    (found,) = reading_of(bodies.statuspage(incidents=[bodies.incident()])).incidents.items
    assert (found.started_ms, found.published_ms) == (1_795_167_000_000, 1_795_168_800_000)
    assert (found.url, found.phase, found.components) == ("https://stspg.example/i1", "investigating", ("Open API",))


def test_a_link_that_is_no_web_address_is_none() -> None:
    (found,) = reading_of(bodies.statuspage(incidents=[bodies.incident(shortlink="javascript:alert(1)")])).incidents.items
    assert found.url is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "body", [b"", b"<!doctype html><html><body>Welcome</body></html>", b"{}", b"null", b'"ok"', b"\xff\xfe\x00", b"[" * 9000]
)
def test_what_is_no_status_page_is_a_failed_look_and_never_none(name: str, body: bytes) -> None:
    found = read(ENGINES[name], body)
    assert found.status is None
    assert {found.overall, found.incidents.availability, found.maintenances.availability, found.components.availability} == {
        FAILED
    }
    assert found.reason is not None
    assert engine_for(body) is None


def test_a_time_beyond_this_age_is_unknown() -> None:
    odd = ("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "soon", 0, -5, 1e300, True, "99999999999999999999", "2026-13-45")
    for value in odd:
        (found,) = reading_of(bodies.statuspage(incidents=[bodies.incident(started_at=value, created_at=None)])).incidents.items
        assert found.started_ms is None


def test_a_page_of_many_incidents_keeps_some_and_counts_all() -> None:
    many: list[Body] = [bodies.incident("minor", name=f"No. {index}") for index in range(200)]
    found = reading_of(bodies.statuspage(incidents=[*many, bodies.incident("critical")]))
    assert len(found.incidents.items) == 50
    assert found.severity is Severity.CRITICAL


def test_an_endless_name_is_cut() -> None:
    (found,) = reading_of(bodies.statuspage(incidents=[bodies.incident(name="a" * 100_000)])).incidents.items
    assert len(found.name) == 500
