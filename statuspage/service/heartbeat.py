"""The dead man's switch: a ping every minute to somebody who notices when it stays away."""

from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from statuspage.domain.clock import Clock
from statuspage.service.health import Health
from statuspage.service.selfcheck import SelfCheck

_EVERY_S: Final = 60.0

Ping = Callable[[str], Awaitable[str | None]]
"""Asks that address once; answers None when it took the ping, else why not."""

log = structlog.get_logger()


class Heartbeat:
    """Pings `heartbeat_url` while the monitor itself is well: rounds on time, database writable, the world in reach.

    The address is a secret of a kind: it is never logged.
    """

    def __init__(self, url: str | None, ping: Ping, health: Health, selfcheck: SelfCheck, clock: Clock) -> None:
        self._url = url
        self._ping = ping
        self._health = health
        self._selfcheck = selfcheck
        self._clock = clock
        self._told: str | None = None

    async def run(self) -> None:
        """For ever, where an address is configured."""
        while self._url is not None:
            await self.beat(self._url)
            await self._clock.sleep(_EVERY_S)

    async def beat(self, url: str) -> None:
        """One minute: a ping, or the reason for its absence in the log, once as long as it lasts."""
        reasons = await self._health.reasons()
        if not await self._selfcheck.connected():
            reasons.append("no neutral host answers")
        if reasons:
            self._say("the heartbeat is withheld", "; ".join(reasons))
            return
        failure = await self._ping(url)
        if failure is not None:
            self._say("the heartbeat was not taken", failure)
        elif self._told is not None:
            self._told = None
            log.info("the heartbeat goes on")

    def _say(self, what: str, why: str) -> None:
        if what != self._told:
            self._told = what
            log.warning(what, reason=why)
