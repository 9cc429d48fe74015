"""Pages that depend on a question; those without one lie ready on the shelf."""

from typing import Final

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.view import WINDOWS
from statuspage.render.compare_rows import DEFAULT_WINDOW, MOST, SORTS, usual_choice
from statuspage.render.encoded import Document, encode
from statuspage.render.headers import REVALIDATE, headers_for
from statuspage.render.language import language
from statuspage.render.pages import Renderer
from statuspage.service.almanac import Almanac
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC
from statuspage.web.problems import BadRequest, UnknownModel
from statuspage.web.query import choice, short_enough, whole_number

HTML: Final = headers_for(b"text/html; charset=utf-8", REVALIDATE)


def page_document(body: bytes) -> Document:
    """A page, revalidated at every look."""
    return encode(body, HTML, language=language())


@get("/incidents/{incident_id:str}")
async def incident(
    request: AnyRequest, incident_id: FromPath[str], questions: NamedDependency[Questions], pages: NamedDependency[Renderer]
) -> Response[bytes]:
    """An incident that is too old to lie ready; 404 where nobody knows it or none of its models is public."""
    found = await questions.incident(incident_id)
    if found is None:
        raise NotFoundException
    return answer(request, page_document(pages.incidents.incident(questions.page(), found)))


@get("/models/{slug:str}")
async def model(
    request: AnyRequest, slug: FromPath[str], questions: NamedDependency[Questions], pages: NamedDependency[Renderer]
) -> Response[bytes]:
    """A model's page with the charts of another window: `window=24h|7d|30d|90d`."""
    found = questions.model(slug)
    if found is None:
        raise UnknownModel(slug)
    window = choice(request.query_params, "window", WINDOWS, "24h")
    told = await questions.series(found, window)
    return answer(request, page_document(pages.model_page(questions.page(), found, told)))


@get("/compare")
async def compare(
    request: AnyRequest, questions: NamedDependency[Questions], pages: NamedDependency[Renderer]
) -> Response[bytes]:
    """Models beside one another: `models=KEY,KEY`, `window=`, `sort=`; keys that nobody knows are named as unknown."""
    params = request.query_params
    page = questions.page()
    short_enough(request)
    window = choice(params, "window", WINDOWS, DEFAULT_WINDOW)
    sort = choice(params, "sort", tuple(SORTS), "") if "sort" in params else None
    named = (key.strip() for some in params.getall("models", []) for key in some.split(","))
    keys = tuple(dict.fromkeys(key for key in named if key))
    if len(keys) > MOST:
        raise BadRequest(f"At most {MOST} models fit beside one another, not {len(keys)}; leave some out")
    body = pages.compare.page(page, keys or usual_choice(page.models), window, sort, asked=bool(keys))
    return answer(request, page_document(body))


@get("/history")
async def history(
    request: AnyRequest,
    questions: NamedDependency[Questions],
    almanac: NamedDependency[Almanac],
    pages: NamedDependency[Renderer],
) -> Response[bytes]:
    """A year of one model or of all: `model=slug`, `year=`; an empty parameter is none."""
    short_enough(request)
    params = {name: value for name, value in request.query_params.items() if value}
    page = questions.page()
    slug = params.get("model")
    found = None if slug is None else questions.model(slug)
    if slug is not None and found is None:
        raise UnknownModel(slug)
    year = whole_number(params, "year", almanac.this_year(), 2000, 2999)
    if found is None and year == almanac.this_year():
        days = pages.history.days(page)
    else:
        days = await almanac.year(year, page.models if found is None else (found,))
    return answer(request, page_document(pages.history.page(page, days, year, found)))


router: Final = Router(path="/", route_handlers=[incident, model, compare, history], opt=PUBLIC)
