"""Every public document beside the pages: one line each says its address, its headers and who makes its bytes."""

from collections.abc import Callable
from typing import Final

import msgspec

from statuspage.domain.view import ModelView, PageView
from statuspage.render import atom, calendar, feed_entries, json_feed, people_documents, plain_texts, rss, statuspage_v2
from statuspage.render.badge_svg import badge_svg, dot_svg
from statuspage.render.badge_text import model_badge, page_badge
from statuspage.render.encoded import Headers
from statuspage.render.headers import BADGE, FEED, HOUR, SHORT, headers_for
from statuspage.render.model_documents import model_document
from statuspage.render.openai_models import model_card, models_list
from statuspage.render.openapi.document import made_of as openapi_made_of
from statuspage.render.openapi.document import openapi_json
from statuspage.render.shields import shields_endpoint

_JSON: Final = headers_for(b"application/json", SHORT)
_ATOM: Final = headers_for(b"application/atom+xml; charset=utf-8", FEED)
_RSS: Final = headers_for(b"application/rss+xml; charset=utf-8", FEED)
_FEED_JSON: Final = headers_for(b"application/feed+json", FEED)
_CALENDAR: Final = headers_for(b"text/calendar; charset=utf-8", FEED)
_TEXT: Final = headers_for(b"text/plain; charset=utf-8", HOUR)
_BADGE_SVG: Final = headers_for(b"image/svg+xml", BADGE)
_BADGE_JSON: Final = headers_for(b"application/json", BADGE)


class PageSurface(msgspec.Struct, frozen=True):
    """A document about the whole page."""

    path: str
    headers: Headers
    body: Callable[[PageView], bytes | None]
    """None where the page has no such document."""
    takes_query: bool = False
    """Whether a query string changes the answer."""
    made_of: Callable[[PageView], object] | None = None
    """What the document is made of, where that changes seldom: while it stays, nothing is rendered."""
    dated: bool = False
    """Whether the answer says when it last changed."""


class ModelSurface(msgspec.Struct, frozen=True):
    """A document about one model; `path` has places for `{slug}` and `{key}`."""

    path: str
    headers: Headers
    body: Callable[[ModelView], bytes]
    takes_query: bool = False
    """Whether a query string changes the answer."""


class HistorySurface(msgspec.Struct, frozen=True):
    """A document about what happened to one model, which says when it last changed; `path` has a place for `{slug}`."""

    path: str
    headers: Headers
    body: Callable[[PageView, ModelView], bytes]
    made_of: Callable[[PageView], object]
    """While this stays, none of them is looked at."""
    of_model: Callable[[PageView, ModelView], object]
    """While this stays, the model's is not rendered."""


PAGE_SURFACES: Final = (
    PageSurface("/v1/models", _JSON, lambda page: models_list(page.models)),
    PageSurface("/api/v1/incidents", _JSON, people_documents.incidents_document),
    PageSurface("/api/v1/maintenance", _JSON, people_documents.maintenance_document),
    PageSurface("/api/v2/summary.json", _JSON, statuspage_v2.summary, made_of=statuspage_v2.steady),
    PageSurface("/api/v2/status.json", _JSON, statuspage_v2.status, made_of=statuspage_v2.steady),
    PageSurface("/api/v2/components.json", _JSON, statuspage_v2.components, made_of=statuspage_v2.steady),
    PageSurface("/api/v2/incidents.json", _JSON, statuspage_v2.incidents, made_of=statuspage_v2.steady),
    PageSurface("/api/v2/incidents/unresolved.json", _JSON, statuspage_v2.unresolved, made_of=statuspage_v2.steady),
    PageSurface("/api/v2/scheduled-maintenances.json", _JSON, statuspage_v2.maintenances, made_of=statuspage_v2.steady),
    PageSurface("/api/v2/scheduled-maintenances/upcoming.json", _JSON, statuspage_v2.upcoming, made_of=statuspage_v2.steady),
    PageSurface("/api/v2/scheduled-maintenances/active.json", _JSON, statuspage_v2.active, made_of=statuspage_v2.steady),
    PageSurface("/history.atom", _ATOM, atom.history_atom, made_of=feed_entries.made_of, dated=True),
    PageSurface("/history.rss", _RSS, rss.history_rss, made_of=feed_entries.made_of, dated=True),
    PageSurface("/feed.json", _FEED_JSON, json_feed.json_feed, made_of=feed_entries.made_of, dated=True),
    PageSurface("/maintenance.ics", _CALENDAR, calendar.maintenance_ics, made_of=feed_entries.made_of, dated=True),
    PageSurface("/.well-known/security.txt", _TEXT, plain_texts.security_txt),
    PageSurface("/robots.txt", _TEXT, plain_texts.robots_txt),
    PageSurface("/schema/openapi.json", _JSON, openapi_json, made_of=openapi_made_of),
    PageSurface("/badge/all.svg", _BADGE_SVG, lambda page: badge_svg(page_badge(page)), takes_query=True),
    PageSurface("/badge/all.dot.svg", _BADGE_SVG, lambda page: dot_svg(page.status, page.site.title), takes_query=True),
    PageSurface("/badge/all.json", _BADGE_JSON, lambda page: shields_endpoint(page_badge(page)), takes_query=True),
)

MODEL_SURFACES: Final = (
    ModelSurface("/api/v1/models/{slug}", _JSON, model_document, takes_query=True),
    ModelSurface("/v1/models/{key}", _JSON, model_card),
    ModelSurface("/badge/{slug}.svg", _BADGE_SVG, lambda model: badge_svg(model_badge(model)), takes_query=True),
    ModelSurface("/badge/{slug}.json", _BADGE_JSON, lambda model: shields_endpoint(model_badge(model)), takes_query=True),
    ModelSurface("/badge/{slug}.dot.svg", _BADGE_SVG, lambda model: dot_svg(model.status, model.name), takes_query=True),
)

HISTORY_SURFACES: Final = (
    HistorySurface("/models/{slug}.atom", _ATOM, atom.model_atom, feed_entries.made_of, feed_entries.of_model),
)
