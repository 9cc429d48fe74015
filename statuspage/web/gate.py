"""Who may come in: every route declares whom it lets in, and what changes something asks the gate."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from statuspage.domain.access import Principal, Scope, same
from statuspage.service.access import Access
from statuspage.web.answer import AnyRequest

__all__ = ["ADMITS", "COOKIE", "PUBLIC", "Gate", "OpenGate", "Scope", "admits"]

ADMITS: Final = "admits"
"""The key under which a route's `opt` declares whom it lets in."""
PUBLIC: Final[Mapping[str, object]] = {ADMITS: "everybody"}
COOKIE: Final = "statuspage_session"
CSRF_FIELD: Final = "csrf"
_CSRF_HEADER: Final = "x-csrf-token"
_SAFE: Final = ("GET", "HEAD", "OPTIONS")


def admits(scope: Scope) -> Mapping[str, object]:
    """Declares that a route lets in whoever has this scope; its handler asks the gate."""
    return {ADMITS: scope.value}


class Gate(ABC):
    """Lets people in."""

    @abstractmethod
    async def admit(self, request: AnyRequest, scope: Scope, *, booked: bool = True) -> Principal:
        """Whoever asks; a write is `booked` in the audit book where it is not kept with its author anyway.

        Raises 401 where nobody is named, 403 where that is not enough.
        """

    @abstractmethod
    async def principal(self, request: AnyRequest) -> Principal | None:
        """Whoever asks, by token or by session; None for nobody."""


class OpenGate(Gate):
    """Lets in tokens and sessions; a form of a session must prove that it is ours; every write is in the audit book."""

    def __init__(self, access: Access) -> None:
        self._access = access

    async def admit(self, request: AnyRequest, scope: Scope, *, booked: bool = True) -> Principal:
        principal = await self.principal(request)
        if principal is None:
            raise NotAuthorizedException("This address needs a session, or a token with a scope.")
        if not principal.scope.covers(scope):
            raise PermissionDeniedException(f"This needs the scope {scope.value}; {principal.name} has {principal.scope.value}.")
        if request.method not in _SAFE:
            if principal.csrf is not None:
                await _prove_ours(request, principal.csrf)
            if booked:
                await self._access.audit(principal.name, request.method, request.url.path, place_of(request))
        return principal

    async def principal(self, request: AnyRequest) -> Principal | None:
        token = bearer(request.headers.get("authorization"))
        if token is not None:
            return self._access.by_token(token)
        cookie = request.cookies.get(COOKIE)
        return None if cookie is None else await self._access.by_cookie(cookie)


def bearer(header: str | None) -> str | None:
    """The token of an `Authorization` header."""
    scheme, _, token = (header or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def place_of(request: AnyRequest) -> str:
    """The network address that a request came from."""
    return "" if request.client is None else request.client.host


async def _prove_ours(request: AnyRequest, csrf: str) -> None:
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise PermissionDeniedException("This was sent from another site's page.")
    given = request.headers.get(_CSRF_HEADER)
    if given is None and request.headers.get("content-type", "").startswith(("application/x-www-form", "multipart/form")):
        given = str((await request.form()).get(CSRF_FIELD, ""))
    if given is None or not same(given, csrf):
        raise PermissionDeniedException("The form is too old: load its page again and send it once more.")
