"""Flashduty's widget summary, which DeepSeek's page serves since July 2026."""

from typing import Final

from statuspage.domain.official import Availability, Detail, OfficialComponent, OfficialIncident, OfficialReading
from statuspage.official import words
from statuspage.official.incidentio import maintenances_of
from statuspage.official.json import Json, first_text, link, mapping, mappings, text
from statuspage.official.reader import Engine, Page, listed, reading
from statuspage.official.times import at_ms

NAME: Final = "flashduty"


def _claims(document: Json) -> bool:
    source = mapping(document)
    return "status" in mapping(source.get("overall")) and ("ongoing_incidents" in source or "page" in source)


def _read(page: Page) -> OfficialReading:
    source = mapping(page.document)
    open_ones = [each for each in mappings(source.get("ongoing_incidents")) if words.bare(each.get("phase")) not in words.OVER]
    return reading(
        NAME,
        words.severity(mapping(source.get("overall")).get("status")),
        incidents=listed(
            source,
            "ongoing_incidents",
            [_incident(each) for each in open_ones],
            absent=Availability.UNSUPPORTED,
        ),
        maintenances=maintenances_of(source),
        components=_components(source),
    )


def _incident(source: dict[str, Json]) -> OfficialIncident:
    started_ms = at_ms(source.get("started_at"))
    return OfficialIncident(
        name=first_text(source, "title", "name") or "An incident without a name",
        phase=first_text(source, "phase", "status"),
        severity=words.severity(source.get("impact")),
        started_ms=started_ms,
        published_ms=at_ms(source.get("created_at")) or started_ms,
        url=link(source.get("url")),
        components=_names(source),
    )


def _names(source: dict[str, Json]) -> tuple[str, ...]:
    return tuple(name for each in mappings(source.get("affected_components")) if (name := text(each.get("name"))) is not None)


def _components(source: dict[str, Json]) -> Detail[OfficialComponent]:
    return listed(
        source,
        "components",
        [
            OfficialComponent(name=name, status=words.status(each.get("status")))
            for each in mappings(source.get("components"))
            if (name := text(each.get("name"))) is not None
        ],
        absent=Availability.UNSUPPORTED,
    )


ENGINE: Final = Engine(
    name=NAME,
    title="Flashduty",
    claims=_claims,
    read=_read,
    paths=("/api/v1/summary",),
    hosts=("status.deepseek.com",),
    marks=("flashduty", "flashcat"),
)
