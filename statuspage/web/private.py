"""The door of a private site: nothing but health and the login without a session or a token (contract §2)."""

from http.cookies import CookieError, SimpleCookie
from typing import Final

from statuspage.domain.access import Principal
from statuspage.render.encoded import IDENTITY
from statuspage.service.access import Access
from statuspage.web.fast import Application, Message, Receive, Scope, Send
from statuspage.web.gate import COOKIE, bearer
from statuspage.web.problems import problem

_OPEN: Final = frozenset({"/livez", "/readyz", "/admin/login", "/admin/setup", "/admin/oidc", "/admin/oidc/callback"})
_ASSETS: Final = "/static/"
_KEPT: Final = (b"cache-control", b"private, no-cache")
_LOGIN: Final = (
    b'<!doctype html><html lang="en"><meta charset="utf-8"><title>Private</title>'
    b'<p>This status page is private. <a href="/admin/login">Sign in</a></p>'
)


class ClosedDoor:
    """Answers 401 to whoever is not signed in; what the others get, no cache may hand on."""

    def __init__(self, behind: Application, access: Access) -> None:
        self._behind = behind
        self._access = access
        refusal = problem(401, "This status page is private: send a token, or sign in at /admin/login.").variants[IDENTITY]
        self._problem = refusal.body
        self._headers = [*refusal.headers, (b"www-authenticate", b"Bearer")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _OPEN or scope["path"].startswith(_ASSETS):
            await self._behind(scope, receive, send)
        elif await self._principal(scope) is None:
            await self._refuse(scope, send)
        else:
            await self._behind(scope, receive, _kept_private(send))

    async def _principal(self, scope: Scope) -> Principal | None:
        headers = dict(scope["headers"])
        token = bearer(headers.get(b"authorization", b"").decode("latin-1"))
        if token is not None:
            return self._access.by_token(token)
        cookie = _cookie(headers.get(b"cookie", b"").decode("latin-1"))
        return None if cookie is None else await self._access.by_cookie(cookie)

    async def _refuse(self, scope: Scope, send: Send) -> None:
        """A problem for programs, a link to the login for browsers."""
        accepts = dict(scope["headers"]).get(b"accept", b"")
        body, headers = self._problem, self._headers
        if b"text/html" in accepts:
            other = [header for header in headers if header[0] not in (b"content-type", b"content-length")]
            body = _LOGIN
            headers = [*other, (b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 401, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _cookie(header: str) -> str | None:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return None if found is None else found.value


def _kept_private(send: Send) -> Send:
    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            others = [header for header in message["headers"] if header[0] != b"cache-control"]
            message = {**message, "headers": [*others, _KEPT]}
        await send(message)

    return send_with
