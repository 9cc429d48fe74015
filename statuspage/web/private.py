"""The closed door of a private site: nothing but health without a session or a token (contract §2)."""

from typing import Final

from statuspage.render.encoded import IDENTITY
from statuspage.web.fast import Application, Receive, Scope, Send
from statuspage.web.problems import problem

_OPEN: Final = frozenset({"/livez", "/readyz"})


class ClosedDoor:
    """Answers 401 to whoever is not signed in; nobody can sign in until there are sessions."""

    def __init__(self, behind: Application) -> None:
        self._behind = behind
        refusal = problem(401, "This status page is private.").variants[IDENTITY]
        self._body = refusal.body
        self._headers = [*refusal.headers, (b"www-authenticate", b"Bearer")]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in _OPEN:
            await send({"type": "http.response.start", "status": 401, "headers": self._headers})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else self._body})
            return
        await self._behind(scope, receive, send)
