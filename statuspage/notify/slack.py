"""Slack by a bot's token: one message an incident, edited in place as it moves (`chat.postMessage`, `chat.update`).

An incoming webhook cannot edit, so `slack://` addresses without a bot's token go through apprise.
"""

from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from statuspage.domain.delivering import Outcome
from statuspage.domain.notice import Severity
from statuspage.notify.message import Endpoint, Message
from statuspage.notify.post import post
from statuspage.outbound.client import Outbound

BASE: Final = "https://slack.com/api"
BOT_TOKEN: Final = "xoxb-"  # noqa: S105 - how Slack's bot tokens begin, no token
_SHAPES: Final = {Severity.FAILURE: "■", Severity.WARNING: "▲", Severity.SUCCESS: "●", Severity.INFO: "○"}
_MAX_SECTION_CHARS: Final = 3000
_MAX_HEADER_CHARS: Final = 150
_FOR_GOOD: Final = frozenset({"channel_not_found", "is_archived", "invalid_auth", "account_inactive", "token_revoked"})


class _Answered(msgspec.Struct):
    ok: bool = False
    error: str = "unreadable answer"
    ts: str = ""
    channel: str = ""


class Slack:
    """One channel of one workspace, `slack://xoxb-…/#channel`."""

    def __init__(self, endpoint: Endpoint, outbound: Outbound, base: str = BASE) -> None:
        self._endpoint = endpoint
        self._outbound = outbound
        self._base = base

    async def send(self, message: Message) -> Outcome:
        token, channel = place(self._endpoint)
        if message.remote is None:
            return await self._ask("chat.postMessage", token, {"channel": channel, **content(message)})
        channel_id, _, stamp = message.remote.partition(" ")
        return await self._ask("chat.update", token, {"channel": channel_id, "ts": stamp, **content(message)})

    async def _ask(self, method: str, token: str, body: dict[str, object]) -> Outcome:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json; charset=utf-8"}
        url = f"{self._base}/{method}"
        answer = await post(self._outbound, url, msgspec.json.encode(body), headers, allow_private=self._endpoint.allow_private)
        if answer.outcome.error is not None:
            return answer.outcome
        try:
            said = msgspec.json.decode(answer.body, type=_Answered)
        except msgspec.DecodeError:
            said = _Answered()
        if not said.ok:
            return Outcome(error=f"Slack says {said.error}", gone=said.error in _FOR_GOOD)
        return Outcome(remote=f"{said.channel} {said.ts}")


def place(endpoint: Endpoint) -> tuple[str, str]:
    """The bot's token and the channel of a `slack://` address."""
    parts = urlsplit("" if endpoint.url is None else endpoint.url.reveal())
    token = parts.netloc.rpartition("@")[2]
    channel = unquote(parts.path.strip("/")) or f"#{unquote(parts.fragment)}"
    return token, channel


def content(message: Message) -> dict[str, object]:
    """Text for notifications and blocks for eyes, within Slack's limits."""
    title = f"{_SHAPES[message.severity]} {message.title}"
    blocks: list[dict[str, object]] = [
        {"type": "header", "text": {"type": "plain_text", "text": title[:_MAX_HEADER_CHARS]}},
    ]
    if message.body:
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": _escaped(message.body)[:_MAX_SECTION_CHARS]}})
    if message.url:
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": f"<{message.url}>"}]})
    return {"text": _escaped(title), "blocks": blocks}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
