"""A way out that lets a call be asked in somebody else's words, and keeps what came back as it came."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec

from statuspage.outbound.client import Call, Outbound, Reply
from statuspage.outbound.phases import Phases


class Overheard(Reply):
    """A reply whose bytes can be taken a second time."""

    def __init__(self, reply: Reply) -> None:
        self.status = reply.status
        self.headers = reply.headers
        self._reply = reply
        self._kept = bytearray()

    @property
    def ended_early(self) -> bool:
        return self._reply.ended_early

    async def chunk(self) -> bytes | None:
        data = await self._reply.chunk()
        if data is not None:
            self._kept += data
        return data

    def take(self) -> bytes:
        """What came since the last time."""
        taken = bytes(self._kept)
        self._kept.clear()
        return taken


class Tee(Outbound):
    """`worded` makes the body that is sent of the one that would be; `heard` is the newest reply, None before the first."""

    def __init__(self, outbound: Outbound, worded: Callable[[bytes], bytes]) -> None:
        self.monotonic_s = outbound.monotonic_s
        self.heard: Overheard | None = None
        self._outbound = outbound
        self._worded = worded

    @asynccontextmanager
    async def ask(self, call: Call, phases: Phases) -> AsyncIterator[Reply]:
        self.heard = None
        sent = msgspec.structs.replace(call, body=self._worded(call.body))
        async with self._outbound.ask(sent, phases) as reply:
            self.heard = Overheard(reply)
            yield self.heard
