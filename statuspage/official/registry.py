"""The engines we read: to add one, write its file and a line here."""

from typing import Final

from statuspage.official import betterstack, feed, flashduty, google, incidentio, instatus, onlineornot, statuspage
from statuspage.official.json import UnreadableError, parsed
from statuspage.official.reader import Engine

ENGINES: Final[dict[str, Engine]] = {
    engine.name: engine
    for engine in (
        statuspage.ENGINE,
        incidentio.ENGINE,
        incidentio.WIDGET_ENGINE,
        betterstack.ENGINE,
        instatus.ENGINE,
        onlineornot.ENGINE,
        flashduty.ENGINE,
        google.ENGINE,
        feed.ENGINE,
    )
}
"""By name; where two may claim a document, the first one gets it."""


def engine_for(body: bytes, likely: Engine | None = None) -> Engine | None:
    """The engine whose shape a body has; `likely` is asked first. Looks at the data alone, never at the HTTP status."""
    try:
        document = parsed(body)
    except UnreadableError:
        return feed.ENGINE if feed.is_feed(body) else None
    first = (likely,) if likely is not None and likely.plain else ()
    if not document:
        return next((each for each in first if each.claims(document)), None)
    found = next((each for each in (*first, *ENGINES.values()) if each.plain and each.claims(document)), None)
    if found is statuspage.ENGINE and likely is not found and statuspage.is_shim(document):
        return incidentio.ENGINE
    return found
