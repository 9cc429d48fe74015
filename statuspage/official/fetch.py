"""One document of somebody else's page, asked for politely: conditional, bounded, at most once a minute per host."""

import asyncio
from typing import Final
from urllib.parse import urljoin, urlsplit

import msgspec

from statuspage import __version__
from statuspage.domain.clock import Clock
from statuspage.domain.official import Validators
from statuspage.outbound.client import Call, Outbound, Reply
from statuspage.outbound.failures import TransportFailure
from statuspage.outbound.phases import Phases

DEADLINE_S: Final = 10.0
MAX_BYTES: Final = 2 * 1024 * 1024
MAX_REDIRECTS: Final = 3
EVERY_S: Final = 60.0
"""The shortest time between two requests to one host."""
UNCONDITIONAL: Final = Validators()
OK: Final = 200
NOT_MODIFIED: Final = 304
_MAX_VALIDATOR_CHARS: Final = 1000
_AWAY: Final = frozenset({429, 502, 503, 504})
"""Said by whoever stands before the page: nothing about what it is."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class FetchError(Exception):
    """No answer was had; the text says why in a few words."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """An answer; `url` is where it came from in the end, `body` is empty for a 304."""

    status: int
    url: str
    body: bytes = b""
    validators: Validators = Validators()


class HostPace:
    """Turns at a host, at least `EVERY_S` apart; whoever comes too early waits."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._taken_s: dict[str, float] = {}

    async def turn(self, url: str) -> None:
        """Returns when the host of this address may be asked."""
        host = urlsplit(url).netloc.lower()
        now_s = self._clock.monotonic_s()
        turn_s = max(now_s, self._taken_s.get(host, now_s - EVERY_S) + EVERY_S)
        self._taken_s[host] = turn_s
        if turn_s > now_s:
            await self._clock.sleep(turn_s - now_s)


class Fetcher:
    """Asks pages under an honest name; every redirect is one more request with its own turn, guard and deadline."""

    def __init__(self, outbound: Outbound, clock: Clock, *, site_url: str, allow_private: bool) -> None:
        self._outbound = outbound
        self._pace = HostPace(clock)
        self._user_agent = f"statuspage/{__version__} (+{site_url})"
        self._allow_private = allow_private

    async def get(self, url: str, validators: Validators = UNCONDITIONAL) -> Fetched:
        """The document, or a 304 where the validators still hold. Raises `FetchError`."""
        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            await self._pace.turn(url)
            answer = await self._once(url, validators if url == asked else UNCONDITIONAL)
            if isinstance(answer, Fetched):
                return answer
            if urlsplit(url).scheme == "https" and urlsplit(answer).scheme != "https":
                raise FetchError("the page redirects from https to an unencrypted address")
            url = answer
        raise FetchError(f"the page redirects more than {MAX_REDIRECTS} times")

    async def _once(self, url: str, validators: Validators) -> Fetched | str:
        """The answer, or where it redirects to."""
        headers = {"User-Agent": self._user_agent, "Accept": "application/json, application/xml;q=0.9, */*;q=0.5"}
        if validators.etag is not None:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified is not None:
            headers["If-Modified-Since"] = validators.last_modified
        call = Call(method="GET", url=url, headers=headers, allow_private=self._allow_private, max_body_bytes=MAX_BYTES)
        try:
            async with asyncio.timeout(DEADLINE_S), self._outbound.ask(call, Phases(self._outbound.monotonic_s)) as reply:
                if reply.status in _REDIRECTS:
                    return _target(url, reply)
                body = b"" if reply.status == NOT_MODIFIED else await _whole(reply)
        except TransportFailure as failure:
            raise FetchError(failure.detail) from None
        except TimeoutError:
            raise FetchError(f"no answer within {DEADLINE_S:g} s") from None
        if reply.status in _AWAY:
            raise FetchError(f"the page answers HTTP {reply.status}")
        found = Validators(etag=_repeatable(reply, "etag"), last_modified=_repeatable(reply, "last-modified"))
        return Fetched(status=reply.status, url=url, body=body, validators=found)


def _target(url: str, reply: Reply) -> str:
    try:
        target = urljoin(url, reply.headers["location"])
        host = urlsplit(target).hostname
    except (KeyError, ValueError):
        host = target = None
    if not host or target is None:
        raise FetchError("the page redirects to no address")
    return target


def _repeatable(reply: Reply, name: str) -> str | None:
    """A header that can be sent back as it is."""
    value = reply.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= _MAX_VALIDATOR_CHARS else None


async def _whole(reply: Reply) -> bytes:
    chunks = []
    while (chunk := await reply.chunk()) is not None:
        chunks.append(chunk)
    if reply.ended_early:
        raise FetchError("the answer was cut off")
    return b"".join(chunks)
