"""OnlineOrNot, served from its own API host; `result.status` is a text or `{description}`."""

from typing import Final

from statuspage.domain.official import Availability, OfficialComponent, OfficialIncident, OfficialMaintenance, OfficialReading
from statuspage.official import words
from statuspage.official.json import Json, first_text, link, mapping, mappings, text
from statuspage.official.reader import Engine, Page, listed, reading
from statuspage.official.times import at_ms

NAME: Final = "onlineornot"
_API: Final = "https://api.onlineornot.com/v1/status_pages/{}/summary"
_OWN: Final = ".onlineornot.com"
_PAGES: Final = {"status.openrouter.ai": "openrouter"}


def _locate(host: str) -> str | None:
    """The summary of a page by its host: below onlineornot.com by its first label, a known custom domain by its name there."""
    label = host.removesuffix(_OWN)
    name = _PAGES.get(host) or (label if host.endswith(_OWN) and label not in ("api", "www") and "." not in label else None)
    return None if name is None else _API.format(name)


def _claims(document: Json) -> bool:
    result = mapping(mapping(document).get("result"))
    return len({"status", "components", "active_incidents"} & result.keys()) > 1


def _read(page: Page) -> OfficialReading:
    source = mapping(mapping(page.document).get("result"))
    said = source.get("status")
    if isinstance(said, dict):
        said = first_text(said, "description", "status", "indicator")
    absent = Availability.UNSUPPORTED
    open_ones = [each for each in mappings(source.get("active_incidents")) if words.bare(each.get("status")) not in words.OVER]
    return reading(
        NAME,
        words.sentence_severity(said),
        incidents=listed(source, "active_incidents", [_incident(each) for each in open_ones], absent=absent),
        maintenances=listed(
            source,
            "scheduled_maintenance",
            [_maintenance(each) for each in mappings(source.get("scheduled_maintenance"))],
            absent=absent,
        ),
        components=listed(
            source,
            "components",
            [
                OfficialComponent(name=name, status=words.status(each.get("status")))
                for each in mappings(source.get("components"))
                if (name := text(each.get("name"))) is not None
            ],
            absent=absent,
        ),
    )


def _incident(source: dict[str, Json]) -> OfficialIncident:
    started_ms = at_ms(source.get("started")) or at_ms(source.get("started_at")) or at_ms(source.get("created_at"))
    return OfficialIncident(
        name=first_text(source, "title", "name") or "An incident without a name",
        phase=text(source.get("status")),
        severity=words.severity(source.get("impact")),
        started_ms=started_ms,
        published_ms=at_ms(source.get("created_at")) or started_ms,
        url=link(source.get("url")),
        components=tuple(name for each in mappings(source.get("components")) if (name := text(each.get("name"))) is not None),
    )


def _maintenance(source: dict[str, Json]) -> OfficialMaintenance:
    return OfficialMaintenance(
        name=first_text(source, "title", "name") or "A maintenance without a name",
        in_progress=words.bare(source.get("status")) in words.RUNNING,
        starts_ms=at_ms(source.get("scheduled_for")) or at_ms(source.get("starts_at")) or at_ms(source.get("start_date")),
        ends_ms=at_ms(source.get("scheduled_until")) or at_ms(source.get("ends_at")),
    )


ENGINE: Final = Engine(
    name=NAME,
    title="OnlineOrNot",
    claims=_claims,
    read=_read,
    hosts=("onlineornot.com", "status.openrouter.ai"),
    marks=("onlineornot",),
    locate=_locate,
)
