"""Every public document beside the pages: one line each says its address, its headers and who makes its bytes."""

from collections.abc import Callable
from typing import Final

import msgspec

from statuspage.domain.view import ModelView, PageView
from statuspage.render.badge_svg import badge_svg, dot_svg
from statuspage.render.badge_text import model_badge, page_badge
from statuspage.render.encoded import Headers
from statuspage.render.headers import BADGE, SHORT, headers_for
from statuspage.render.model_documents import model_document
from statuspage.render.openai_models import model_card, models_list
from statuspage.render.shields import shields_endpoint

_JSON: Final = headers_for(b"application/json", SHORT)
_BADGE_SVG: Final = headers_for(b"image/svg+xml", BADGE)
_BADGE_JSON: Final = headers_for(b"application/json", BADGE)


class PageSurface(msgspec.Struct, frozen=True):
    """A document about the whole page."""

    path: str
    headers: Headers
    body: Callable[[PageView], bytes]
    takes_query: bool = False
    """Whether a query string changes the answer."""


class ModelSurface(msgspec.Struct, frozen=True):
    """A document about one model; `path` has places for `{slug}` and `{key}`."""

    path: str
    headers: Headers
    body: Callable[[ModelView], bytes]
    takes_query: bool = False
    """Whether a query string changes the answer."""


PAGE_SURFACES: Final = (
    PageSurface("/v1/models", _JSON, lambda page: models_list(page.models)),
    PageSurface("/badge/all.svg", _BADGE_SVG, lambda page: badge_svg(page_badge(page)), takes_query=True),
    PageSurface("/badge/all.json", _BADGE_JSON, lambda page: shields_endpoint(page_badge(page)), takes_query=True),
)

MODEL_SURFACES: Final = (
    ModelSurface("/api/v1/models/{slug}", _JSON, model_document),
    ModelSurface("/v1/models/{key}", _JSON, model_card),
    ModelSurface("/badge/{slug}.svg", _BADGE_SVG, lambda model: badge_svg(model_badge(model)), takes_query=True),
    ModelSurface("/badge/{slug}.json", _BADGE_JSON, lambda model: shields_endpoint(model_badge(model)), takes_query=True),
    ModelSurface("/badge/{slug}.dot.svg", _BADGE_SVG, lambda model: dot_svg(model.status, model.name)),
)
