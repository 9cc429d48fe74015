"""`/embed/{slug}` for iframes and `/oembed` for those who make one of a link."""

from typing import Final

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from statuspage.render.embed import THEMES, oembed_fields, oembed_json, oembed_xml, slug_of_url
from statuspage.render.encoded import encode
from statuspage.render.headers import EMBED, SHORT, headers_for
from statuspage.render.language import language
from statuspage.render.pages import Renderer
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC
from statuspage.web.problems import BadRequest, UnknownModel, problem
from statuspage.web.query import choice, whole_number

_LARGEST_PX: Final = 100_000
_MOST_CHARS: Final = 2000
_FORMATS: Final = {"json": (b"application/json", oembed_json), "xml": (b"text/xml; charset=utf-8", oembed_xml)}


@get("/embed/{slug:str}")
async def frame(
    request: AnyRequest, slug: FromPath[str], questions: NamedDependency[Questions], pages: NamedDependency[Renderer]
) -> Response[bytes]:
    """The small page of one model, which any page may frame; 404 as such a page too."""
    theme = choice(request.query_params, "theme", THEMES, "auto")
    model = questions.model(slug)
    body = pages.frame.of(questions.page().site, model, theme)
    return answer(request, encode(body, EMBED, status=200 if model else 404, language=language()))


@get("/oembed")
async def oembed(request: AnyRequest, questions: NamedDependency[Questions]) -> Response[bytes]:
    """OEmbed's answer for the address of a model's page; 404 for any other, 501 for a format that nobody knows."""
    params = request.query_params
    url = params.get("url")
    if not url or len(url) > _MOST_CHARS:
        raise BadRequest(
            "url must be the address of a model's page here, such as /models/moonshot-kimi-k3 with the site before it"
        )
    sizes = [whole_number(params, name, 0, 1, _LARGEST_PX) or None for name in ("maxwidth", "maxheight")]
    asked = params.get("format", "json")
    if asked not in _FORMATS:
        return answer(request, problem(501, f"There is no format {asked[:20]!r} here; choose one of {', '.join(_FORMATS)}."))
    site = questions.page().site
    slug = slug_of_url(url, site.url)
    model = None if slug is None else questions.model(slug)
    if model is None:
        raise UnknownModel(url)
    content_type, written = _FORMATS[asked]
    return answer(request, encode(written(oembed_fields(model, site, *sizes)), headers_for(content_type, SHORT)))


router: Final = Router(path="/", route_handlers=[frame, oembed], opt=PUBLIC)
