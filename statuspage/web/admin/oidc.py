"""Signing in through another party: there and back."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

import msgspec
from litestar import Router, get
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.response import Response

from statuspage.render.pages import Renderer
from statuspage.service.access import Access
from statuspage.service.oidc import WITHIN_MS, Begun, OidcError, SignIn
from statuspage.service.questions import Questions
from statuspage.web.admin.answers import led_to, page
from statuspage.web.admin.login import entered
from statuspage.web.answer import AnyRequest
from statuspage.web.gate import PUBLIC, place_of

_COOKIE: Final = "statuspage_oidc"
_PATH: Final = "/admin/oidc"


class OtherParty(msgspec.Struct, frozen=True):
    """The party that is configured, None where there is none."""

    sign_in: SignIn | None = None


@get(_PATH)
async def there(
    request: AnyRequest,
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    other: NamedDependency[OtherParty],
) -> Response[bytes]:
    """Sends the browser to the other party."""
    if other.sign_in is None:
        raise NotFoundException
    try:
        url, begun = await other.sign_in.begin()
    except OidcError as error:
        return page(request, pages.admin.login(questions.page(), wrong=str(error)), 503)
    kept = urlsafe_b64encode(msgspec.json.encode(begun)).decode()
    leaving = led_to(url)
    secure = questions.page().site.url.startswith("https:")
    leaving.set_cookie(
        Cookie(key=_COOKIE, value=kept, path=_PATH, httponly=True, secure=secure, samesite="lax", max_age=WITHIN_MS // 1000)
    )
    return leaving


@get(f"{_PATH}/callback")
async def back(
    request: AnyRequest,
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    access: NamedDependency[Access],
    other: NamedDependency[OtherParty],
) -> Response[bytes]:
    """Takes whoever comes back, and opens a session."""
    if other.sign_in is None:
        raise NotFoundException
    params = request.query_params
    try:
        name, role = await other.sign_in.finish(
            _begun(request.cookies.get(_COOKIE, "")), params.get("state", ""), params.get("code", "")
        )
    except OidcError as error:
        return page(request, pages.admin.login(questions.page(), wrong=str(error)), 401)
    inside = entered(questions, await access.sign_in_trusted(name, role, place_of(request)))
    inside.delete_cookie(_COOKIE, path=_PATH)
    return inside


def _begun(kept: str) -> Begun | None:
    try:
        return msgspec.json.decode(urlsafe_b64decode(kept), type=Begun)
    except (ValueError, msgspec.MsgspecError):
        return None


router: Final = Router(path="/", route_handlers=[there, back], opt=PUBLIC)
