"""`/api/v1/compare`: models beside one another, and whether they differ."""

from typing import Final

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.domain.view import WINDOWS
from statuspage.render.compare_document import compare_document
from statuspage.render.compare_rows import MOST, usual_choice
from statuspage.render.encoded import encode
from statuspage.render.headers import SHORT, headers_for
from statuspage.service.questions import Questions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC
from statuspage.web.problems import BadRequest
from statuspage.web.query import choice, names, short_enough

_HEADERS: Final = headers_for(b"application/json", SHORT)
_DEFAULT_WINDOW: Final = "7d"


@get("/api/v1/compare")
async def compare(request: AnyRequest, questions: NamedDependency[Questions]) -> Response[bytes]:
    """Figures of each model, and the first against each of the others; keys that nobody knows are named."""
    short_enough(request)
    params = request.query_params
    window = choice(params, "window", WINDOWS, _DEFAULT_WINDOW)
    keys = names(params, "models")
    if keys is not None and len(keys) > MOST:
        raise BadRequest(f"models names {len(keys)} models; at most {MOST} are compared")
    page = questions.page()
    return answer(request, encode(compare_document(page, keys or usual_choice(page.models), window), _HEADERS))


router: Final = Router(path="/", route_handlers=[compare], opt=PUBLIC)
