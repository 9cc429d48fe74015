"""Pages that depend on a question; those without one lie ready on the shelf."""

from typing import Final

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from statuspage.render.encoded import Document, encode
from statuspage.render.headers import REVALIDATE, headers_for
from statuspage.render.pages import Renderer
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer

HTML: Final = headers_for(b"text/html; charset=utf-8", REVALIDATE)


def page_document(body: bytes) -> Document:
    """A page, revalidated at every look."""
    return encode(body, HTML)


@get("/incidents/{incident_id:str}")
async def incident(
    request: AnyRequest, incident_id: FromPath[str], questions: NamedDependency[Questions], pages: NamedDependency[Renderer]
) -> Response[bytes]:
    """An incident that is too old to lie ready; 404 where nobody knows it or none of its models is public."""
    found = await questions.incident(incident_id)
    if found is None:
        raise NotFoundException
    return answer(request, page_document(pages.incidents.incident(questions.page(), found)))


router: Final = Router(path="/", route_handlers=[incident])
