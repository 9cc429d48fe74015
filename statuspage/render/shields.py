"""The endpoint JSON of shields.io: its keys only, because it rejects any other."""

from typing import Final

from statuspage.render.badge_query import PLAIN, BadgeQuery
from statuspage.render.badge_text import BadgeText
from statuspage.render.documents import Json, dump

CACHE_SECONDS: Final = 300
"""shields.io caches no shorter."""


def shields_endpoint(text: BadgeText, query: BadgeQuery = PLAIN) -> bytes:
    """`{schemaVersion, label, message, color, …}`; `style` only where it was asked for."""
    document: dict[str, Json] = {
        "schemaVersion": 1,
        "label": text.label,
        "message": text.message,
        "color": text.shields,
    }
    if text.is_error:
        document["isError"] = True
    if query.style != PLAIN.style:
        document["style"] = query.style
    document["cacheSeconds"] = CACHE_SECONDS
    return dump(document)
