"""What answers at present, for a server that outlives it."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from statuspage.render.encoded import Document
from statuspage.web.fast import Application, Receive, Scope, Send

if TYPE_CHECKING:
    from statuspage.service.shelf import Shelf


class Answering(Protocol):
    """Something that answers HTTP."""

    @property
    def ready(self) -> "Shelf | None":
        """What is handed out to everybody unasked, None where nothing is."""
        ...

    def application(self) -> Application:
        """What answers everything."""
        ...

    def close_streams(self) -> None:
        """Ends the answers that would go on for ever."""
        ...


class Front:
    """An ASGI application, and what is ready, of whoever answers at present.

    A request that has begun is answered to its end by whom it began with.
    """

    def __init__(self, first: Answering) -> None:
        self._present, self._application, self._ready = first, first.application(), first.ready

    async def put(self, other: Answering) -> None:
        """Has another answer from some next request on; whoever listens to events comes again, and hears of it all."""
        application = await asyncio.to_thread(other.application)
        before = self._present
        self._present, self._application, self._ready = other, application, other.ready
        before.close_streams()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._application(scope, receive, send)

    @property
    def documents(self) -> Mapping[str, Document]:
        """What is ready, by path."""
        return {} if self._ready is None else self._ready.documents

    @property
    def fresh_until_s(self) -> float:
        """Until when it may be handed out (UTC seconds)."""
        return 0.0 if self._ready is None else self._ready.fresh_until_s

    def close_streams(self) -> None:
        """Ends the answers that would go on for ever."""
        self._present.close_streams()
