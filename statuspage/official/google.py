"""Google Cloud's `incidents.json`: a history, in which an incident without an end is open.

It speaks of all of Google Cloud. The focus is a product's id or title; without one, only products for models count.
"""

import re
from typing import Final

from statuspage.domain.official import Availability, Detail, OfficialIncident, OfficialReading, Severity
from statuspage.official import words
from statuspage.official.json import Json, first_text, mappings, text
from statuspage.official.reader import Engine, Page, detail, reading
from statuspage.official.times import at_ms

NAME: Final = "google"
_IMPACTS: Final = {
    "serviceinformation": Severity.NONE,
    "servicedisruption": Severity.MINOR,
    "serviceoutage": Severity.MAJOR,
}
_MODELS: Final = re.compile(r"vertex|gemini|generative|\bAI platform|agent platform", re.IGNORECASE)
_SITE: Final = "https://status.cloud.google.com/"


def _claims(document: Json) -> bool:
    if not isinstance(document, list):
        return False
    found = mappings(document[:5])
    return len(found) == len(document[:5]) and all(
        ("begin" in each or "created" in each) and ("affected_products" in each or "status_impact" in each) for each in found
    )


def _read(page: Page) -> OfficialReading:
    concerning = [each for each in mappings(page.document) if _concerns(each, page.focus)]
    return reading(
        NAME,
        Severity.NONE,
        incidents=detail(_incident(each) for each in concerning if not each.get("end")),
        maintenances=Detail(availability=Availability.UNSUPPORTED),
        components=Detail(availability=Availability.UNSUPPORTED),
    )


def _concerns(source: dict[str, Json], focus: str | None) -> bool:
    products = mappings(source.get("affected_products"))
    if focus is not None:
        wanted = focus.casefold()
        return any((first_text(each, name) or "").casefold() == wanted for each in products for name in ("id", "title"))
    titles = [text(each.get("title")) or "" for each in products] or [text(source.get("service_name")) or ""]
    return any(_MODELS.search(title) for title in titles)


def _incident(source: dict[str, Json]) -> OfficialIncident:
    uri = text(source.get("uri"))
    return OfficialIncident(
        name=text(source.get("external_desc")) or "An incident without a name",
        severity=_IMPACTS.get(words.bare(source.get("status_impact")), Severity.MINOR),
        started_ms=at_ms(source.get("begin")),
        published_ms=at_ms(source.get("created")) or at_ms(source.get("begin")),
        url=None if uri is None else _SITE + uri,
        components=tuple(
            name for each in mappings(source.get("affected_products")) if (name := text(each.get("title"))) is not None
        ),
    )


ENGINE: Final = Engine(
    name=NAME,
    title="Google Cloud Service Health",
    claims=_claims,
    read=_read,
    paths=("/incidents.json",),
    hosts=("status.cloud.google.com",),
    marks=("google cloud service health",),
)
