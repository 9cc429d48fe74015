"""The use cases of subscribers: ask, confirm, change, leave; and their channels for the dispatcher."""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Final

import msgspec
import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.delivering import Outcome
from statuspage.domain.notice import TEST, Audience, Notice, Severity
from statuspage.domain.ports import Store
from statuspage.domain.subscription import (
    CONFIRM,
    CONFIRM_WITHIN_MS,
    MANAGE,
    MAX_ADDRESS_CHARS,
    WEBHOOK,
    Attempts,
    Subscriber,
    concerns,
    opened,
    token,
)
from statuspage.service.dispatch import Line

_TOPIC: Final = "subscriptions"
_KEY: Final = "key"
_HOUR_MS: Final = 3_600_000
_AT_MOST: Final = 10_000
"""Subscribers, confirmed or not; whoever comes on top is told to use a feed."""

log = structlog.get_logger()

Invite = Callable[[Subscriber, str], Awaitable[Outcome]]
"""Sends the letter that asks an address to confirm, with the link it holds."""
LineOf = Callable[[Subscriber, str], Line]
"""The channel of a confirmed subscriber, with the address at which it is managed."""


class Refused(Exception):  # noqa: N818 - an answer to a person, no error of ours
    """Why a subscription is not taken, in a sentence for the person who asked."""


class Subscriptions:
    """Knows every subscriber; the same answer is given whether an address was known or not."""

    def __init__(  # noqa: PLR0913 - the means, by name
        self,
        *,
        store: Store,
        clock: Clock,
        site_url: str,
        invite: Invite | None,
        line_of: LineOf,
        keys: Callable[[], Sequence[str]],
        sign_up: Callable[[str], str | None],
        renamed: Mapping[str, str],
    ) -> None:
        """Without `invite` no e-mail is taken; `sign_up` says what is wrong with a webhook's address.

        `renamed` are earlier keys of models and those of today.
        """
        self._renamed = renamed
        self.takes_email: Final = invite is not None
        self._store = store
        self._clock = clock
        self._site_url = site_url
        self._invite = invite
        self._line_of = line_of
        self._keys = keys
        self._wrong_with = sign_up
        self._known: dict[str, Subscriber] = {}
        self._signing_key = b""
        self._by_place = Attempts(10, _HOUR_MS)
        self._by_address = Attempts(3, _HOUR_MS)
        self._lines: tuple[Line, ...] = ()

    async def load(self) -> None:
        """Takes over who is stored; makes the key of the letters' tokens once."""
        key = (await self._store.noted(_TOPIC)).get(_KEY)
        if key is None:
            key = secrets.token_bytes(32)
            await self._store.note(_TOPIC, _KEY, key)
        self._signing_key = key
        self._known = {each.id: self._today(each) for each in await self._store.subscribers.all()}
        self._arrange()

    def lines(self) -> Sequence[Line]:
        """The channels of everybody who confirmed."""
        return self._lines

    async def ask(self, kind: str, address: str, models: Sequence[str], language: str, place: str) -> str | None:
        """Takes a wish to subscribe. A letter goes out, or a webhook is tried, whose secret is returned. Raises `Refused`."""
        now_ms = self._clock.now_ms()
        address = address.strip()
        unknown = [key for key in models if key not in self._keys()]
        if unknown:
            raise Refused(f"There is no model {unknown[0]} here.")
        wrong = self._wrong_with(address) if kind == WEBHOOK else _wrong_with_email(address)
        if wrong is not None:
            raise Refused(wrong)
        if not (self._by_place.allowed(place, now_ms) and self._by_address.allowed(address.lower(), now_ms)):
            raise Refused("That was tried often enough for now. Come back in an hour.")
        known = next((each for each in self._known.values() if each.kind == kind and each.address == address), None)
        if known is None and len(self._known) >= _AT_MOST:
            raise Refused("No more subscriptions are taken here; the feeds tell the same.")
        subscriber = known or Subscriber(
            id=secrets.token_urlsafe(12).replace(".", "-"), kind=kind, address=address, created_ms=now_ms
        )
        if subscriber.confirmed_ms is None:
            subscriber = msgspec.structs.replace(subscriber, models=tuple(models), language=language, created_ms=now_ms)
        return await (self._try_webhook(subscriber, place) if kind == WEBHOOK else self._write(subscriber))

    async def confirm(self, given: str, place: str) -> Subscriber | None:
        """Opens the door of a letter; None where the token is forged, old, or its subscriber gone."""
        found = self._found(CONFIRM, given)
        if found is None:
            return None
        if found.confirmed_ms is None:
            found = msgspec.structs.replace(found, confirmed_ms=self._clock.now_ms(), consent_hash=_hash(place))
            await self._keep(found)
        return found

    def invited(self, given: str) -> Subscriber | None:
        """Whom a letter's link speaks of, without confirming anything: links are followed by machines."""
        return self._found(CONFIRM, given)

    def managed(self, given: str) -> Subscriber | None:
        """Whom a manage link speaks of."""
        return self._found(MANAGE, given)

    async def change(self, given: str, models: Sequence[str], language: str) -> Subscriber | None:
        """Changes what a subscriber hears of. Raises `Refused`."""
        found = self._found(MANAGE, given)
        if found is None:
            return None
        unknown = [key for key in models if key not in self._keys()]
        if unknown:
            raise Refused(f"There is no model {unknown[0]} here.")
        changed = msgspec.structs.replace(found, models=tuple(models), language=language)
        await self._keep(changed)
        return changed

    async def leave(self, given: str) -> bool:
        """Forgets a subscriber at once; whoever has left already has left."""
        found = self._found(MANAGE, given)
        if found is None:
            return False
        await self.remove(found.id)
        return True

    async def remove(self, subscriber_id: str) -> None:
        """Forgets a subscriber."""
        await self._store.subscribers.remove(subscriber_id)
        self._known.pop(subscriber_id, None)
        self._arrange()

    def manage_url(self, subscriber: Subscriber) -> str:
        """Where a subscriber changes or ends what it hears."""
        return f"{self._site_url}/subscribe/manage/{token(self._signing_key, MANAGE, subscriber.id)}"

    def unsubscribe_url(self, subscriber: Subscriber) -> str:
        """Where one POST ends it (RFC 8058)."""
        return f"{self._site_url}/unsubscribe/{token(self._signing_key, MANAGE, subscriber.id)}"

    async def _write(self, subscriber: Subscriber) -> None:
        """The letter that asks to confirm; to whom has confirmed already, nothing is written, and nobody is told so."""
        if self._invite is None:
            raise Refused("No mail server is configured here; use a feed or a webhook.")
        if subscriber.confirmed_ms is not None:
            return
        await self._keep(subscriber)
        until_ms = self._clock.now_ms() + CONFIRM_WITHIN_MS
        link = f"{self._site_url}/subscribe/confirm/{token(self._signing_key, CONFIRM, subscriber.id, until_ms)}"
        outcome = await self._invite(subscriber, link)
        if outcome.error is not None:
            log.warning("a letter of confirmation was not sent", error=outcome.error)

    async def _try_webhook(self, subscriber: Subscriber, place: str) -> str:
        """A webhook is its own proof: it must take a signed test message."""
        secret = f"whsec_{secrets.token_urlsafe(24).replace('-', 'A').replace('_', 'B')}"
        ready = msgspec.structs.replace(subscriber, secret=secret, confirmed_ms=self._clock.now_ms(), consent_hash=_hash(place))
        outcome = await self._line_of(ready, self.manage_url(ready)).send([self._test()], None)
        if outcome.error is not None:
            raise Refused(f"The webhook did not take the test message: {outcome.error}.")
        await self._keep(ready)
        return secret

    def _test(self) -> Notice:
        now_ms = self._clock.now_ms()
        return Notice(
            id=f"msg_{secrets.token_hex(12)}",
            kind=TEST,
            at_ms=now_ms,
            audience=Audience.PUBLIC,
            severity=Severity.INFO,
            subject="test",
            title="Test message",
            url=self._site_url,
        )

    async def _keep(self, subscriber: Subscriber) -> None:
        await self._store.subscribers.keep(subscriber)
        self._known[subscriber.id] = subscriber
        self._arrange()

    def _today(self, subscriber: Subscriber) -> Subscriber:
        """The subscriber with the keys of today."""
        models = tuple(dict.fromkeys(self._renamed.get(key, key) for key in subscriber.models))
        return msgspec.structs.replace(subscriber, models=models)

    def _found(self, purpose: str, given: str) -> Subscriber | None:
        subscriber_id = opened(self._signing_key, purpose, given, self._clock.now_ms())
        return None if subscriber_id is None else self._known.get(subscriber_id)

    def _arrange(self) -> None:
        confirmed = [each for each in self._known.values() if each.confirmed_ms is not None]
        self._lines = tuple(self._line_of(each, self.manage_url(each)) for each in confirmed)


def wanting(line: Line, subscriber: Subscriber) -> Line:
    """The channel, for what its subscriber wants to hear of."""
    return msgspec.structs.replace(line, wants=lambda notice: concerns(subscriber.models, notice))


def _wrong_with_email(address: str) -> str | None:
    local, at, domain = address.rpartition("@")
    plain = address.isprintable() and not any(char.isspace() or char in "<>,;\"'" for char in address)
    if at and local and "." in domain.strip(".") and plain and len(address) <= MAX_ADDRESS_CHARS:
        return None
    return "That is no e-mail address: write one such as ada@example.com."


def _hash(place: str) -> str:
    return blake2b(place.encode(), digest_size=16).hexdigest()
