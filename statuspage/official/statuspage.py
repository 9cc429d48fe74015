"""Atlassian Statuspage, `/api/v2/summary.json`; incident.io's shim speaks the same and is told apart by `is_shim`.

The indicator has a fifth word, `maintenance`, and may say `none` while an incident is open: the headline is the worst of both.
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
)
from statuspage.official import words
from statuspage.official.json import Json, first_text, link, mapping, mappings, text
from statuspage.official.reader import Engine, Page, listed, reading
from statuspage.official.times import at_ms

NAME: Final = "statuspage"
_ULID: Final = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def claims(document: Json) -> bool:
    """A summary: an indicator, or a page with components."""
    source = mapping(document)
    status = mapping(source.get("status"))
    return "indicator" in status or ("page" in source and isinstance(source.get("components"), list) and "data" not in source)


def is_shim(document: Json) -> bool:
    """Whether a summary comes from incident.io: no lists where nothing is, or its kind of ids (formats of both, 2026)."""
    source = mapping(document)
    ids = [text(each.get("id")) for each in (mapping(source.get("page")), *mappings(source.get("components")))]
    unlisted = "components" in source and source.get("incidents") is None
    return unlisted or any(each is not None and _ULID.fullmatch(each) for each in ids)


def read(page: Page) -> OfficialReading:
    """A summary as Statuspage itself serves it: a list that is missing says nothing."""
    return read_summary(page, NAME, absent=Availability.UNSUPPORTED)


def read_summary(
    page: Page, engine: str, *, absent: Availability, incidents: Detail[OfficialIncident] | None = None
) -> OfficialReading:
    """A summary; `absent` is what a missing list means here, `incidents` replaces what it says of them."""
    source = mapping(page.document)
    status = mapping(source.get("status"))
    indicator = words.severity(status.get("indicator"))
    if indicator is None:
        indicator = words.sentence_severity(status.get("description"))
    return reading(
        engine,
        indicator,
        incidents=incidents or listed(source, "incidents", open_incidents(source.get("incidents")), absent=absent),
        maintenances=listed(source, "scheduled_maintenances", _maintenances(source), absent=absent),
        components=listed(source, "components", _components(source), absent=Availability.UNSUPPORTED),
    )


def open_incidents(value: Json) -> list[OfficialIncident]:
    """The incidents of a list that are not over."""
    return [_incident(each) for each in mappings(value) if not _over(each)]


def _over(source: dict[str, Json]) -> bool:
    phase = words.bare(source.get("status"))
    return phase in words.OVER or (not phase and source.get("resolved_at") is not None)


def _incident(source: dict[str, Json]) -> OfficialIncident:
    return OfficialIncident(
        name=first_text(source, "name", "title") or "An incident without a name",
        phase=text(source.get("status")),
        severity=words.severity(source.get("impact_override") or source.get("impact")),
        started_ms=at_ms(source.get("started_at")) or at_ms(source.get("created_at")),
        published_ms=at_ms(source.get("created_at")),
        url=link(source.get("shortlink")),
        components=_named(source),
    )


def _maintenances(source: dict[str, Json]) -> list[OfficialMaintenance]:
    return [
        OfficialMaintenance(
            name=first_text(each, "name", "title") or "A maintenance without a name",
            in_progress=words.bare(each.get("status")) in words.RUNNING,
            starts_ms=at_ms(each.get("scheduled_for")),
            ends_ms=at_ms(each.get("scheduled_until")),
            url=link(each.get("shortlink")),
            components=_named(each),
        )
        for each in mappings(source.get("scheduled_maintenances"))
        if not _over(each)
    ]


def _named(source: dict[str, Json]) -> tuple[str, ...]:
    return tuple(name for each in mappings(source.get("components")) if (name := text(each.get("name"))) is not None)


def _components(source: dict[str, Json]) -> list[OfficialComponent]:
    listed_components = mappings(source.get("components"))
    groups = {text(each.get("id")): text(each.get("name")) for each in listed_components if each.get("group") is True}
    return [
        OfficialComponent(name=name, status=words.status(each.get("status")), group=groups.get(text(each.get("group_id"))))
        for each in listed_components
        if each.get("group") is not True and (name := text(each.get("name"))) is not None
    ]


ENGINE: Final = Engine(
    name=NAME,
    title="Statuspage",
    claims=claims,
    read=read,
    paths=("/api/v2/summary.json",),
    hosts=("statuspage.io", "status.moonshot.cn", "status.claude.com", "githubstatus.com", "cloudflarestatus.com",
           "vercel-status.com", "status.cerebras.ai", "status.cursor.com", "status.ngc.nvidia.com"),
    marks=("statuspage.io",),
)  # fmt: skip
