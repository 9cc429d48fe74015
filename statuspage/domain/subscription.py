"""Subscriptions: who of the public hears what, and the tokens of their letters."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final, Protocol

import msgspec

from statuspage.domain.notice import Notice

EMAIL: Final = "email"
WEBHOOK: Final = "webhook"
CONFIRM: Final = "confirm"
MANAGE: Final = "manage"
CONFIRM_WITHIN_MS: Final = 48 * 3_600_000
MAX_ADDRESS_CHARS: Final = 320
_SIGNATURE_CHARS: Final = 27


class Subscriber(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An address that asked to hear; of `models` (keys), or of all when there are none.

    It hears nothing before `confirmed_ms`. `secret` signs a webhook's deliveries.
    """

    id: str
    kind: str
    address: str
    created_ms: int
    models: tuple[str, ...] = ()
    language: str = "en"
    confirmed_ms: int | None = None
    consent_hash: str | None = None
    """Of the network address that confirmed, so that consent can be proven without keeping it."""
    secret: str | None = None

    @property
    def channel(self) -> str:
        """What it is called among channels."""
        return f"subscriber:{self.id}"

    def __repr__(self) -> str:
        return f"Subscriber({self.kind} {self.id})"


class Subscribers(Protocol):
    """Subscribers as they are stored. Raises `StorageError`."""

    async def all(self) -> tuple[Subscriber, ...]:
        """Everybody, oldest first."""
        ...

    async def keep(self, subscriber: Subscriber) -> None:
        """Stores one, replacing the one with its id."""
        ...

    async def remove(self, subscriber_id: str) -> bool:
        """Forgets one; whether there was one."""
        ...


def concerns(models: Sequence[str], notice: Notice) -> bool:
    """Whether a notice is about any of these models; a notice about none is about the whole page."""
    return not models or not notice.models or any(key in models for key in notice.models)


def token(key: bytes, purpose: str, subscriber_id: str, until_ms: int = 0) -> str:
    """`id.time.signature`: opens one door for one subscriber, until a time (0: for good)."""
    return f"{subscriber_id}.{until_ms}.{_signature(key, purpose, subscriber_id, until_ms)}"


def opened(key: bytes, purpose: str, given: str, now_ms: int) -> str | None:
    """The subscriber whose door the token opens now; None for a forged or an old one."""
    subscriber_id, _, rest = given.partition(".")
    time, _, signature = rest.partition(".")
    if not (time.isascii() and time.isdigit() and len(time) < 20):
        return None
    until_ms = int(time)
    if not hmac.compare_digest(_signature(key, purpose, subscriber_id, until_ms).encode(), signature.encode()):
        return None
    return subscriber_id if until_ms == 0 or now_ms < until_ms else None


def _signature(key: bytes, purpose: str, subscriber_id: str, until_ms: int) -> str:
    digest = hmac.digest(key, f"{purpose} {subscriber_id} {until_ms}".encode(), sha256)
    return urlsafe_b64encode(digest).decode()[:_SIGNATURE_CHARS]


class Attempts:
    """How often something was tried lately, by name; `allowed` notes the attempt too."""

    def __init__(self, most: int, within_ms: int) -> None:
        self._most = most
        self._within_ms = within_ms
        self._tried: dict[str, list[int]] = {}

    def allowed(self, name: str, now_ms: int) -> bool:
        """Whether another attempt is one too many."""
        self._forget(now_ms)
        tried = self._tried.setdefault(name, [])
        if len(tried) >= self._most:
            return False
        tried.append(now_ms)
        return True

    def _forget(self, now_ms: int) -> None:
        since_ms = now_ms - self._within_ms
        kept: Mapping[str, list[int]] = {
            name: left for name, tried in self._tried.items() if (left := [at_ms for at_ms in tried if at_ms > since_ms])
        }
        self._tried = dict(kept)
