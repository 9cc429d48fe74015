"""incident.io: its shim in Statuspage's shape, and its own widget `/api/v1/summary`.

The shim leaves lists null or out where nothing is, and tells incidents more reliably in `/api/v2/incidents.json`.
"""

from typing import Final

from statuspage.domain.official import (
    Availability,
    Detail,
    OfficialComponent,
    OfficialIncident,
    OfficialMaintenance,
    OfficialReading,
)
from statuspage.official import statuspage, words
from statuspage.official.json import Json, first_text, link, mapping, mappings, text
from statuspage.official.reader import Engine, Page, detail, listed, reading
from statuspage.official.times import at_ms

SHIM: Final = "incidentio"
WIDGET: Final = "incidentio-widget"


def _read_shim(page: Page) -> OfficialReading:
    return statuspage.read_summary(page, SHIM, absent=Availability.NONE_REPORTED, incidents=_incidents(page))


def _incidents(page: Page) -> Detail[OfficialIncident]:
    """Those of the summary and those of the second document, each once, by name."""
    found = {each.name: each for each in statuspage.open_incidents(mapping(page.document).get("incidents"))}
    further = mapping(page.extra).get("incidents")
    found.update({each.name: each for each in statuspage.open_incidents(further)})
    if not found and page.extra_state is Availability.FETCH_FAILED:
        return Detail(availability=Availability.FETCH_FAILED)
    return detail(found.values())


def _claims_widget(document: Json) -> bool:
    source = mapping(document)
    return "ongoing_incidents" in source and "overall" not in source


def _read_widget(page: Page) -> OfficialReading:
    source = mapping(page.document)
    incidents = listed(
        source,
        "ongoing_incidents",
        [
            _ongoing(each)
            for each in mappings(source.get("ongoing_incidents"))
            if words.bare(each.get("status")) not in words.OVER
        ],
        absent=Availability.UNSUPPORTED,
    )
    return reading(
        WIDGET,
        words.severity("none") if incidents.availability is Availability.NONE_REPORTED else None,
        incidents=incidents,
        maintenances=maintenances_of(source),
        components=_affected(source),
    )


def maintenances_of(source: dict[str, Json]) -> Detail[OfficialMaintenance]:
    """`in_progress_maintenances` and `scheduled_maintenances` as one list."""
    names = ("in_progress_maintenances", "scheduled_maintenances")
    found = [_maintenance(each, running=name == names[0]) for name in names for each in mappings(source.get(name))]
    if found:
        return detail(found)
    whole = all(name in source for name in names)
    return Detail(availability=Availability.NONE_REPORTED if whole else Availability.UNSUPPORTED)


def _maintenance(source: dict[str, Json], *, running: bool) -> OfficialMaintenance:
    return OfficialMaintenance(
        name=first_text(source, "name", "title") or "A maintenance without a name",
        in_progress=running,
        starts_ms=at_ms(source.get("started_at")) or at_ms(source.get("starts_at")),
        ends_ms=at_ms(source.get("scheduled_end_at")) or at_ms(source.get("ends_at")),
        url=link(source.get("url")),
        components=_names(source),
    )


def _ongoing(source: dict[str, Json]) -> OfficialIncident:
    return OfficialIncident(
        name=first_text(source, "name", "title") or "An incident without a name",
        phase=text(source.get("status")),
        severity=words.severity(source.get("current_worst_impact")),
        started_ms=at_ms(source.get("started_at")) or at_ms(source.get("created_at")),
        published_ms=at_ms(source.get("created_at")) or at_ms(source.get("started_at")),
        url=link(source.get("url")),
        components=_names(source),
    )


def _names(source: dict[str, Json]) -> tuple[str, ...]:
    return tuple(name for each in mappings(source.get("affected_components")) if (name := text(each.get("name"))) is not None)


def _affected(source: dict[str, Json]) -> Detail[OfficialComponent]:
    """Only what is affected is listed; of the rest the widget says nothing."""
    found = [
        OfficialComponent(name=name, status=words.status(each.get("current_status")), group=text(each.get("group_name")))
        for incident in mappings(source.get("ongoing_incidents"))
        for each in mappings(incident.get("affected_components"))
        if (name := text(each.get("name"))) is not None
    ]
    return detail(found) if found else Detail(availability=Availability.UNSUPPORTED)


ENGINE: Final = Engine(
    name=SHIM,
    title="incident.io",
    claims=statuspage.claims,
    read=_read_shim,
    paths=("/api/v2/summary.json",),
    hosts=("incident.io", "status.openai.com", "groqstatus.com", "status.cohere.com", "status.poe.com", "replicatestatus.com"),
    marks=("incident.io",),
    extra_path="/api/v2/incidents.json",
)
WIDGET_ENGINE: Final = Engine(
    name=WIDGET,
    title="incident.io (widget)",
    claims=_claims_widget,
    read=_read_widget,
    paths=("/api/v1/summary",),
    marks=("incident.io",),
)
