"""Forms of the public: subscribe, confirm, change, leave. None of them knows who asks, and none tells who subscribed."""

from typing import Final
from urllib.parse import urlsplit

from litestar import Request, Router, get, post
from litestar.datastructures import FormMultiDict, State
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response

from statuspage.domain.subscription import EMAIL, WEBHOOK, Subscriber
from statuspage.domain.view import PageView
from statuspage.render.encoded import encode
from statuspage.render.headers import NO_STORE, headers_for
from statuspage.render.pages import Renderer
from statuspage.service.questions import Questions
from statuspage.service.subscriptions import Refused, Subscriptions
from statuspage.web.answer import AnyRequest, answer
from statuspage.web.gate import PUBLIC

_HTML: Final = headers_for(b"text/html; charset=utf-8", NO_STORE)
_LANGUAGES: Final = ("en", "zh-CN")
_MOST_FIELDS: Final = 1000


@get("/subscribe")
async def form(
    request: AnyRequest,
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    subscriptions: NamedDependency[Subscriptions],
) -> Response[bytes]:
    """The form."""
    return _page(request, pages.subscribe.form(questions.page(), takes_email=subscriptions.takes_email))


@post("/subscribe", status_code=200)
async def ask(
    request: Request[object, object, State],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    subscriptions: NamedDependency[Subscriptions],
) -> Response[bytes]:
    """Takes the form; the answer is the same whether an address was known or not."""
    page = questions.page()
    data = await _form(request)
    chosen = _texts(data, "model")
    kind = WEBHOOK if data.get("kind") == WEBHOOK else EMAIL
    try:
        _own(request)
        secret = await subscriptions.ask(kind, str(data.get("address", "")), chosen, _language(data, page), _place(request))
    except Refused as refused:
        body = pages.subscribe.form(page, takes_email=subscriptions.takes_email, chosen=chosen, wrong=str(refused))
        return _page(request, body, 400)
    if kind == WEBHOOK:
        told = pages.subscribe.asked(
            page, "Subscribed", "The webhook took the test message and hears from now on.", secret=secret
        )
        return _page(request, told)
    text = "If that address is right, a letter is on its way to it. Confirm within 48 hours."
    return _page(request, pages.subscribe.asked(page, "Look into your mail", text))


@get("/subscribe/confirm/{token:str}")
async def confirming(
    request: AnyRequest,
    token: FromPath[str],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    subscriptions: NamedDependency[Subscriptions],
) -> Response[bytes]:
    """The page behind the letter's link: confirming takes a press, as machines follow links."""
    _there(subscriptions.invited(token))
    text = "Press the button, and you will be told what changes."
    return _page(request, pages.subscribe.asked(questions.page(), "Confirm your subscription", text, button="Confirm"))


@post("/subscribe/confirm/{token:str}", status_code=200)
async def confirm(
    request: AnyRequest,
    token: FromPath[str],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    subscriptions: NamedDependency[Subscriptions],
) -> Response[bytes]:
    """Confirms."""
    _there(await subscriptions.confirm(token, _place(request)))
    text = "You will be told what changes. Every letter has a link to change or end that."
    return _page(request, pages.subscribe.asked(questions.page(), "Subscribed", text))


@get("/subscribe/manage/{token:str}")
async def managing(
    request: AnyRequest,
    token: FromPath[str],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    subscriptions: NamedDependency[Subscriptions],
) -> Response[bytes]:
    """What a subscriber hears of."""
    found = _there(subscriptions.managed(token))
    body = pages.subscribe.form(questions.page(), takes_email=subscriptions.takes_email, subscriber=found, chosen=found.models)
    return _page(request, body)


@post("/subscribe/manage/{token:str}", status_code=200)
async def manage(
    request: Request[object, object, State],
    token: FromPath[str],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    subscriptions: NamedDependency[Subscriptions],
) -> Response[bytes]:
    """Changes what a subscriber hears of."""
    page = questions.page()
    data = await _form(request)
    try:
        _there(await subscriptions.change(token, _texts(data, "model"), _language(data, page)))
    except Refused as refused:
        found = _there(subscriptions.managed(token))
        body = pages.subscribe.form(page, takes_email=True, subscriber=found, chosen=found.models, wrong=str(refused))
        return _page(request, body, 400)
    return _page(request, pages.subscribe.asked(page, "Saved", "You will hear of what you chose."))


@get("/unsubscribe/{token:str}")
async def leaving(
    request: AnyRequest,
    token: FromPath[str],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    subscriptions: NamedDependency[Subscriptions],
) -> Response[bytes]:
    """The page behind the link: leaving takes a press, as machines follow links."""
    _there(subscriptions.managed(token))
    text = "Press the button, and you will not hear from us again."
    return _page(request, pages.subscribe.asked(questions.page(), "Unsubscribe", text, button="Unsubscribe"))


@post("/unsubscribe/{token:str}", status_code=200)
async def leave(
    request: AnyRequest,
    token: FromPath[str],
    questions: NamedDependency[Questions],
    pages: NamedDependency[Renderer],
    subscriptions: NamedDependency[Subscriptions],
) -> Response[bytes]:
    """Leaves at once, without cookie, login or redirect (RFC 8058); a second time is as good as the first."""
    await subscriptions.leave(token)
    return _page(request, pages.subscribe.asked(questions.page(), "Unsubscribed", "You will not hear from us again."))


def _page(request: AnyRequest, body: bytes, status: int = 200) -> Response[bytes]:
    return answer(request, encode(body, _HTML, status=status))


def _there(found: Subscriber | None) -> Subscriber:
    if found is None:
        raise NotFoundException
    return found


async def _form(request: Request[object, object, State]) -> FormMultiDict:
    return await request.form()


def _texts(data: FormMultiDict, name: str) -> list[str]:
    return [value for value in data.getall(name, [])[:_MOST_FIELDS] if isinstance(value, str)]


def _language(data: FormMultiDict, page: PageView) -> str:
    said = data.get("language")
    return said if said in _LANGUAGES else page.site.language


def _place(request: AnyRequest) -> str:
    """Where the request came from, for counting attempts."""
    return "" if request.client is None else request.client.host


def _own(request: AnyRequest) -> None:
    """Refuses what another site's page sent. Raises `Refused`."""
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or request.headers.get("sec-fetch-site") == "cross-site":
        raise Refused("The form was sent from another page: send it from here.")


router: Final = Router(path="/", route_handlers=[form, ask, confirming, confirm, managing, manage, leaving, leave], opt=PUBLIC)
