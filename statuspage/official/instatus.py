"""Instatus, `/summary.json` (also `/v2/…`, `/v3/…`), its components apart. Every unknown path there answers 200 with a web page.

Lists are left out where they are empty, which only a summary's `page.status` vouches for. Impacts may begin with ALL, SOME, ONE.
"""

import re
from typing import Final

from statuspage.domain.official import (
    Availability,
    Detail,
    OfficialComponent,
    OfficialIncident,
    OfficialMaintenance,
    OfficialReading,
    Severity,
)
from statuspage.official import words
from statuspage.official.json import Json, first_text, link, mapping, mappings, text
from statuspage.official.reader import Engine, Page, detail, reading
from statuspage.official.times import at_ms

NAME: Final = "instatus"
_MS_PER_MINUTE: Final = 60_000
_SEVERITIES: Final = {
    "up": Severity.NONE,
    "operational": Severity.NONE,
    "undermaintenance": Severity.MAINTENANCE,
    "hasissues": Severity.MINOR,
    "degradedperformance": Severity.MINOR,
    "minoroutage": Severity.MINOR,
    "partialoutage": Severity.MINOR,
    "majoroutage": Severity.MAJOR,
    "allmajoroutage": Severity.CRITICAL,
}
_SHARE: Final = re.compile(r"^(?:all|some|one)(?=[a-z]{4})")


def _severity(word: Json) -> Severity | None:
    said = words.bare(word)
    return _SEVERITIES.get(said) or _SEVERITIES.get(_SHARE.sub("", said))


def _claims(document: Json) -> bool:
    return _severity(mapping(mapping(document).get("page")).get("status")) is not None


def _read(page: Page) -> OfficialReading:
    source = mapping(page.document)
    said = mapping(source.get("page")).get("status")
    incidents = [_incident(each) for each in mappings(source.get("activeIncidents")) if _going_on(each)]
    maintenances = [_maintenance(each) for each in mappings(source.get("activeMaintenances")) if _going_on(each)]
    return reading(
        NAME,
        _severity(said),
        incidents=detail(incidents),
        maintenances=detail(maintenances),
        components=_components(page),
    )


def _going_on(source: dict[str, Json]) -> bool:
    return words.bare(source.get("status")) not in words.OVER


def _incident(source: dict[str, Json]) -> OfficialIncident:
    started_ms = at_ms(source.get("started"))
    return OfficialIncident(
        name=text(source.get("name")) or "An incident without a name",
        phase=(text(source.get("status")) or "").lower() or None,
        severity=_severity(source.get("impact")),
        started_ms=started_ms,
        published_ms=at_ms(source.get("createdAt")) or started_ms,
        url=link(source.get("url")),
        components=tuple(name for each in mappings(source.get("components")) if (name := text(each.get("name"))) is not None),
    )


def _maintenance(source: dict[str, Json]) -> OfficialMaintenance:
    starts_ms = at_ms(source.get("start"))
    minutes = first_text(source, "duration") or str(source.get("duration"))
    lasts_ms = int(minutes) * _MS_PER_MINUTE if minutes.isascii() and minutes.isdigit() and len(minutes) < 8 else None
    return OfficialMaintenance(
        name=text(source.get("name")) or "A maintenance without a name",
        in_progress=words.bare(source.get("status")) in words.RUNNING,
        starts_ms=starts_ms,
        ends_ms=None if starts_ms is None or lasts_ms is None else starts_ms + lasts_ms,
        url=link(source.get("url")),
    )


def _components(page: Page) -> Detail[OfficialComponent]:
    """From the second document: a bare list, or one under `components`."""
    if page.extra_state is not Availability.AVAILABLE:
        return Detail(availability=page.extra_state)
    listed = page.extra if isinstance(page.extra, list) else mapping(page.extra).get("components")
    if not isinstance(listed, list):
        return Detail(availability=Availability.FETCH_FAILED)
    return detail(
        OfficialComponent(name=name, status=words.status(each.get("status")), group=text(mapping(each.get("group")).get("name")))
        for each in mappings(listed)
        if (name := text(each.get("name"))) is not None
    )


ENGINE: Final = Engine(
    name=NAME,
    title="Instatus",
    claims=_claims,
    read=_read,
    paths=("/summary.json", "/v2/summary.json", "/v3/summary.json"),
    hosts=("instatus.com", "status.perplexity.com", "status.zed.dev"),
    marks=("instatus.com", "instatus"),
    extra_path="/v2/components.json",
)
