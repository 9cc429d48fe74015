"""Discord webhooks: one message an incident, edited in place as it moves."""

from typing import Final
from urllib.parse import urlsplit

import msgspec

from statuspage.domain.clock import rfc3339
from statuspage.domain.delivering import Outcome
from statuspage.domain.notice import Severity
from statuspage.notify.message import Endpoint, Message
from statuspage.notify.post import Answer, post
from statuspage.outbound.client import Outbound

BASE: Final = "https://discord.com/api/webhooks"
_COLOURS: Final = {Severity.FAILURE: 0xCF222E, Severity.WARNING: 0x9A6700, Severity.SUCCESS: 0x1A7F37, Severity.INFO: 0x0969DA}
_MAX_TITLE_CHARS: Final = 256
_MAX_TEXT_CHARS: Final = 4096
_UNKNOWN_MESSAGE: Final = 404


class _Posted(msgspec.Struct):
    id: str = ""
    retry_after: float | None = None


class Discord:
    """One webhook, `discord://id/token` or its https address."""

    def __init__(self, endpoint: Endpoint, outbound: Outbound, base: str = BASE) -> None:
        self._endpoint = endpoint
        self._outbound = outbound
        self._base = base

    async def send(self, message: Message) -> Outcome:
        url = address(self._endpoint, self._base)
        body = msgspec.json.encode({"embeds": [embed(message)], "allowed_mentions": {"parse": []}})
        if message.remote is not None:
            edited = await self._ask(f"{url}/messages/{message.remote}", body, "PATCH")
            if edited.status != _UNKNOWN_MESSAGE:  # somebody deleted the message
                return _outcome(edited, message.remote)
        return _outcome(await self._ask(f"{url}?wait=true", body, "POST"), None)

    async def _ask(self, url: str, body: bytes, method: str) -> Answer:
        return await post(self._outbound, url, body, {}, allow_private=self._endpoint.allow_private, method=method)


def address(endpoint: Endpoint, base: str = BASE) -> str:
    """Where the webhook is; its token is part of it."""
    url = "" if endpoint.url is None else endpoint.url.reveal()
    parts = urlsplit(url)
    if parts.scheme == "discord":
        return f"{base}/{parts.netloc.rpartition('@')[2]}/{parts.path.strip('/').split('/')[0]}"
    return url.partition("?")[0].rstrip("/")


def embed(message: Message) -> dict[str, object]:
    """The message as an embed, within Discord's limits."""
    made: dict[str, object] = {
        "title": message.title[:_MAX_TITLE_CHARS],
        "description": message.body[:_MAX_TEXT_CHARS],
        "color": _COLOURS[message.severity],
        "timestamp": rfc3339(message.newest.at_ms),
    }
    return made | ({"url": message.url} if message.url else {})


def _outcome(answer: Answer, remote: str | None) -> Outcome:
    try:
        posted = msgspec.json.decode(answer.body, type=_Posted)
    except msgspec.DecodeError:
        posted = _Posted()
    outcome = answer.outcome
    if outcome.error is not None:
        wait_s = posted.retry_after if outcome.retry_after_s is None else outcome.retry_after_s
        return msgspec.structs.replace(outcome, retry_after_s=wait_s, gone=outcome.gone or answer.status == _UNKNOWN_MESSAGE)
    return msgspec.structs.replace(outcome, remote=remote or posted.id or None)
