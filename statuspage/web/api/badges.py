"""Badges that were asked for with a metric, a window, a style or a label."""

from typing import Final

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.view import PageView
from statuspage.render.badge_query import BadgeProblem, parse_badge_query
from statuspage.render.badge_svg import badge_svg, dot_svg
from statuspage.render.badge_text import BadgeText, model_badge, page_badge, unknown_badge
from statuspage.render.encoded import Document, encode
from statuspage.render.headers import BADGE, headers_for
from statuspage.render.shields import shields_endpoint
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC
from statuspage.web.problems import BadRequest, UnknownModel

_SVG: Final = b"image/svg+xml"
_JSON: Final = b"application/json"
_ALL: Final = "all"
_DOT: Final = ".dot"


@get("/badge/{name:str}")
async def badge(request: AnyRequest, name: FromPath[str], questions: NamedDependency[Questions]) -> Response[bytes]:
    """`{slug}.svg`, `{slug}.json` or `all.…`; 200 whatever the status, 404 for an unknown model."""
    slug, _, suffix = name.rpartition(".")
    if suffix not in ("svg", "json"):
        raise UnknownModel(name)
    query = parse_badge_query(request.query_params)
    if isinstance(query, BadgeProblem):
        raise BadRequest(query.detail)
    if suffix == "svg" and slug.endswith(_DOT):
        return answer(request, _dot(questions, slug.removesuffix(_DOT)))
    text: BadgeText
    status = 200
    if slug == _ALL:
        text = page_badge(questions.page(), query)
    else:
        model = questions.model(slug)
        if model is None and suffix == "json":
            raise UnknownModel(slug)
        status = 200 if model else 404
        text = model_badge(model, query) if model else unknown_badge(query)
    return answer(request, _drawn(text, query.style, status) if suffix == "svg" else _told(shields_endpoint(text, query)))


def _dot(questions: Questions, slug: str) -> Document:
    """The dot of a model or of the page, for whom a query changes nothing but what is refused."""
    shown = questions.page() if slug == _ALL else questions.model(slug)
    if shown is None:
        raise UnknownModel(slug)
    name = shown.site.title if isinstance(shown, PageView) else shown.name
    return encode(dot_svg(shown.status, name), headers_for(_SVG, BADGE))


def _drawn(text: BadgeText, style: str, status: int) -> Document:
    return encode(badge_svg(text, style), headers_for(_SVG, BADGE), status=status)


def _told(body: bytes) -> Document:
    return encode(body, headers_for(_JSON, BADGE))


router: Final = Router(path="/", route_handlers=[badge], opt=PUBLIC)
