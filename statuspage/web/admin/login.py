"""Signing in and out, and the first admin."""

from typing import Final

from litestar import Request, Router, get, post
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.response import Response

from statuspage.domain.errors import WrongInputError
from statuspage.render.pages import Renderer
from statuspage.service.access import Access, TooManyAttempts
from statuspage.service.questions import Questions
from statuspage.web.admin.answers import led_to, page
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import COOKIE, PUBLIC, Gate, Scope, admits, place_of


@get("/admin/login", opt=PUBLIC)
async def login(request: AnyRequest, questions: NamedDependency[Questions], pages: NamedDependency[Renderer]) -> Response[bytes]:
    """The form."""
    return page(request, pages.admin.login(questions.page()))


@post("/admin/login", status_code=200, opt=PUBLIC)
async def sign_in(
    request: Request[object, object, State],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    access: NamedDependency[Access],
) -> Response[bytes]:
    """Opens a session and leads to `/admin`; a wrong name and a wrong password look alike."""
    form = await request.form()
    name = str(form.get("name", ""))
    try:
        cookie = await access.sign_in(name, str(form.get("password", "")), place_of(request))
    except TooManyAttempts as error:
        refused = page(request, pages.admin.login(questions.page(), name=name, wrong=str(error)), 429)
        refused.headers["retry-after"] = str(error.retry_after_s)
        return refused
    if cookie is None:
        return page(request, pages.admin.login(questions.page(), name=name, wrong="The name or the password is wrong."), 401)
    return entered(questions, cookie)


@get("/admin/setup", opt=PUBLIC)
async def setup(request: AnyRequest, questions: NamedDependency[Questions], pages: NamedDependency[Renderer]) -> Response[bytes]:
    """The form for the first admin, whose token stands in the log."""
    return page(request, pages.admin.setup(questions.page(), token=request.query_params.get("token", "")[:200]))


@post("/admin/setup", status_code=200, opt=PUBLIC)
async def begin(
    request: Request[object, object, State],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    access: NamedDependency[Access],
) -> Response[bytes]:
    """Makes the first admin, once."""
    form = await request.form()
    token, name, password = (str(form.get(field, "")) for field in ("token", "name", "password"))
    try:
        cookie = await access.begin(token, name, password, place_of(request))
    except TooManyAttempts as error:
        return page(request, pages.admin.setup(questions.page(), token=token, name=name, wrong=str(error)), 429)
    except WrongInputError as error:
        return page(request, pages.admin.setup(questions.page(), token=token, name=name, wrong=str(error)), 400)
    return entered(questions, cookie)


@post("/admin/logout", status_code=303, opt=admits(Scope.READ))
async def sign_out(request: AnyRequest, access: NamedDependency[Access], gate: NamedDependency[Gate]) -> Response[bytes]:
    """Ends the session."""
    await gate.admit(request, Scope.READ)
    await access.sign_out(request.cookies.get(COOKIE, ""))
    left = led_to("/admin/login")
    left.delete_cookie(COOKIE)
    return left


def entered(questions: Questions, cookie: str) -> Response[bytes]:
    """The way into `/admin`, with the session's cookie."""
    inside = led_to("/admin")
    secure = questions.page().site.url.startswith("https:")
    inside.set_cookie(Cookie(key=COOKIE, value=cookie, path="/", httponly=True, secure=secure, samesite="lax"))
    return inside


router: Final = Router(path="/", route_handlers=[login, sign_in, setup, begin, sign_out])
