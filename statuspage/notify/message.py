"""What a channel is handed: one message, made of one notice or of several that belong together."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import msgspec

from statuspage.domain.delivering import Outcome
from statuspage.domain.incident_words import CHANGED
from statuspage.domain.languages import Say, plain
from statuspage.domain.notice import Notice, Severity
from statuspage.domain.secret import Secret


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One configured channel with everything its kind needs; `allow_private` opens loopback and private addresses."""

    name: str
    kind: str
    url: Secret | None = None
    secret: Secret | None = None
    routing_key: Secret | None = None
    to: tuple[str, ...] = ()
    sender: str | None = None
    format: str = "standard"
    allow_private: bool = False
    leave_url: str | None = None
    """Where a subscriber ends it with one POST (RFC 8058)."""
    manage_url: str | None = None
    language: str = "en"
    site_title: str = "Model status"
    site_url: str = ""
    first_keys: Mapping[str, str] = MappingProxyType({})
    """What models were first called, by key, where that differs: their ids outside come from it."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Title, text and loudness; `notices` are what it was made of, oldest first, `remote` what it may replace."""

    title: str
    body: str
    severity: Severity
    notices: tuple[Notice, ...]
    url: str | None = None
    remote: str | None = None

    @property
    def newest(self) -> Notice:
        """The notice that says how things are now."""
        return self.notices[-1]


class Notifier(Protocol):
    """Sends messages to one endpoint; answers with an outcome, whatever happens."""

    async def send(self, message: Message) -> Outcome:
        """One attempt."""
        ...


_LOUDEST = (Severity.FAILURE, Severity.WARNING, Severity.SUCCESS, Severity.INFO)


def compose(notices: Sequence[Notice], remote: str | None = None, say: Say = plain) -> Message:
    """One message of these notices; of several it has a line each, and the loudness of what holds now."""
    newest = {notice.subject: notice for notice in notices}
    severity = min((notice.severity for notice in newest.values()), key=_LOUDEST.index)
    if len(notices) == 1:
        title, body = notices[0].title, notices[0].body
    else:
        title = _title(notices, newest, say)
        body = "\n".join(f"• {notice.title}" + (f": {notice.body}" if notice.body else "") for notice in notices)
    return Message(title=title, body=body, severity=severity, notices=tuple(notices), url=notices[-1].url, remote=remote)


def _title(notices: Sequence[Notice], newest: dict[str, Notice], say: Say) -> str:
    if len(newest) == 1:
        return notices[-1].title
    return say(CHANGED).format(group=notices[-1].group or "Status", count=len(newest))
