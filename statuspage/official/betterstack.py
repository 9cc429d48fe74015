"""Better Stack, `/index.json` (JSON:API). `aggregate_state` tells whether a report is open, never `ends_at`.

A page that one resource is down on is `downtime` as a whole, which is no more than major: the rest may work.
"""

from typing import Final

from statuspage.domain.official import (
    Availability,
    OfficialComponent,
    OfficialIncident,
    OfficialMaintenance,
    OfficialReading,
    Severity,
)
from statuspage.official import words
from statuspage.official.json import Json, mapping, mappings, text
from statuspage.official.reader import Engine, Page, listed, reading
from statuspage.official.times import at_ms

NAME: Final = "betterstack"
_STATES: Final = {
    "operational": Severity.NONE,
    "degraded": Severity.MINOR,
    "downtime": Severity.MAJOR,
    "maintenance": Severity.MAINTENANCE,
}
_UNWATCHED: Final = "notmonitored"


def _claims(document: Json) -> bool:
    return text(mapping(mapping(document).get("data")).get("type")) == "status_page"


def _read(page: Page) -> OfficialReading:
    source = mapping(page.document)
    attributes = mapping(mapping(source.get("data")).get("attributes"))
    included = mappings(source.get("included"))
    names = {_id(each.get("id")): text(mapping(each.get("attributes")).get("public_name")) for each in _of(included, "resource")}
    reports = [mapping(each.get("attributes")) for each in _of(included, "report")]
    planned = [report for report in reports if text(report.get("report_type")) == "maintenance"]
    troubles = [report for report in reports if text(report.get("report_type")) != "maintenance"]
    absent = Availability.UNSUPPORTED
    upkeep = _upkeep(attributes, included)
    return reading(
        NAME,
        _STATES.get(words.bare(attributes.get("aggregate_state"))),
        incidents=listed(source, "included", [_incident(each, names) for each in troubles if _open(each)], absent=absent),
        maintenances=listed(
            source, "included", [_maintenance(each, names, upkeep) for each in planned if _open(each)], absent=absent
        ),
        components=listed(source, "included", _components(included), absent=absent),
    )


def _of(included: list[dict[str, Json]], kind: str) -> list[dict[str, Json]]:
    return [each for each in included if each.get("type") == f"status_page_{kind}" or each.get("type") == f"status_{kind}"]


def _id(value: Json) -> str:
    """The same section is a number here and a text there."""
    return str(value)


def _open(report: dict[str, Json]) -> bool:
    state = words.bare(report.get("aggregate_state"))
    return state not in words.OVER | {"operational"} if state else report.get("ends_at") is None


def _incident(report: dict[str, Json], names: dict[str, str | None]) -> OfficialIncident:
    return OfficialIncident(
        name=text(report.get("title")) or "An incident without a name",
        phase=text(report.get("aggregate_state")),
        severity=_STATES.get(words.bare(report.get("aggregate_state"))),
        started_ms=at_ms(report.get("starts_at")),
        published_ms=at_ms(report.get("created_at")) or at_ms(report.get("starts_at")),
        components=_affected(report, names),
    )


def _upkeep(attributes: dict[str, Json], included: list[dict[str, Json]]) -> frozenset[str]:
    """Resources under maintenance: a report's own state is the same before and during it. All of them, if the page says so."""
    whole = words.bare(attributes.get("aggregate_state")) == "maintenance"
    resources = [mapping(each.get("attributes")) for each in _of(included, "resource")]
    return frozenset(
        name
        for each in resources
        if (name := text(each.get("public_name"))) is not None and (whole or words.bare(each.get("status")) == "maintenance")
    )


def _maintenance(report: dict[str, Json], names: dict[str, str | None], upkeep: frozenset[str]) -> OfficialMaintenance:
    return OfficialMaintenance(
        name=text(report.get("title")) or "A maintenance without a name",
        in_progress=bool(upkeep.intersection(_affected(report, names))),
        starts_ms=at_ms(report.get("starts_at")),
        ends_ms=at_ms(report.get("ends_at")),
        components=_affected(report, names),
    )


def _affected(report: dict[str, Json], names: dict[str, str | None]) -> tuple[str, ...]:
    ids = [_id(each.get("status_page_resource_id")) for each in mappings(report.get("affected_resources"))]
    return tuple(name for each in ids if (name := names.get(each)) is not None)


def _components(included: list[dict[str, Json]]) -> list[OfficialComponent]:
    sections = {_id(each.get("id")): text(mapping(each.get("attributes")).get("name")) for each in _of(included, "section")}
    resources = [mapping(each.get("attributes")) for each in _of(included, "resource")]
    return [
        OfficialComponent(
            name=name, status=words.status(each.get("status")), group=sections.get(_id(each.get("status_page_section_id")))
        )
        for each in resources
        if words.bare(each.get("status")) != _UNWATCHED and (name := text(each.get("public_name"))) is not None
    ]


ENGINE: Final = Engine(
    name=NAME,
    title="Better Stack",
    claims=_claims,
    read=_read,
    paths=("/index.json",),
    hosts=("betteruptime.com", "betterstack.com", "status.together.ai", "status.huggingface.co", "status.helicone.ai",
           "status.nano-gpt.com", "status.fireworks.ai"),
    marks=("betterstack", "betteruptime", "better stack", "better uptime"),
)  # fmt: skip
