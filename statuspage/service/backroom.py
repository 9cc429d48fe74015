"""What operators see and do behind the page: what the monitor doubts, channels and what became of messages."""

from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.config.fleet import Channel
from statuspage.domain.access import AuditEntry
from statuspage.domain.channel import ChannelState
from statuspage.domain.clock import Clock
from statuspage.domain.errors import UnknownNameError, WrongInputError
from statuspage.domain.model import nearest
from statuspage.domain.notice import TEST, Audience, Delivery, DeliveryState, Notice, Severity
from statuspage.domain.ports import Store
from statuspage.domain.subscription import Subscriber
from statuspage.service.board import Board
from statuspage.service.dispatch import Dispatcher, Line
from statuspage.service.health import Health
from statuspage.service.subscriptions import Subscriptions

_LOG: Final = 200


class Backroom:
    """Plain reads for people who may see everything but secrets, and the few deeds that belong to no desk."""

    def __init__(  # noqa: PLR0913 - the parts it reads, by name
        self,
        *,
        board: Board,
        store: Store,
        clock: Clock,
        health: Health,
        channels: Sequence[Channel],
        lines: Sequence[Line],
        dispatcher: Dispatcher,
        subscriptions: Subscriptions,
    ) -> None:
        self._board = board
        self._store = store
        self._clock = clock
        self._health = health
        self._channels = tuple(channels)
        self._lines = {line.name: line for line in lines}
        self._dispatcher = dispatcher
        self._subscriptions = subscriptions

    def now_ms(self) -> int:
        """UTC milliseconds."""
        return self._clock.now_ms()

    async def doubts(self) -> tuple[str, ...]:
        """Everything the monitor has to say against itself, a sentence each."""
        return (*await self._health.reasons(), *self._health.notes(), *self._health.details())

    async def channels(self) -> tuple[ChannelState, ...]:
        """The configured channels, in the file's order."""
        backlog = await self._store.outbox.backlog()
        return tuple(
            ChannelState(
                name=each.name,
                kind=each.kind,
                format=each.format if each.kind == "webhook" else "",
                audience=each.audience,
                quiet=each.quiet_hours is not None,
                remind_every_s=each.remind_every_s,
                waiting=backlog.get(each.name, (0, 0))[0],
                due_ms=backlog[each.name][1] if each.name in backlog else None,
            )
            for each in self._channels
        )

    async def deliveries(self, channel: str | None = None) -> tuple[Delivery, ...]:
        """The newest of them, newest first."""
        return await self._store.outbox.log(_LOG, channel)

    async def subscribers(self) -> tuple[Subscriber, ...]:
        """Everybody, oldest first."""
        return await self._store.subscribers.all()

    async def audited(self) -> tuple[AuditEntry, ...]:
        """The newest lines of the audit book, newest first."""
        return await self._store.access.audited(1000)

    async def forget(self, subscriber_id: str) -> None:
        """Forgets a subscriber. Raises `WrongInputError`."""
        if subscriber_id not in {each.id for each in await self.subscribers()}:
            raise WrongInputError("This subscriber is not here any more.")
        await self._subscriptions.remove(subscriber_id)

    async def try_channel(self, name: str) -> None:
        """Sends a test message through a channel at once. Raises `WrongInputError` where it was not taken."""
        line = self._lines.get(name)
        if line is None:
            raise UnknownNameError("channel", name, nearest(name, self._lines))
        site = self._board.site
        outcome = await line.send([test_message(name, site.title, site.url, self._clock.now_ms())], None)
        if outcome.error is not None:
            raise WrongInputError(f"The channel {name} did not take the test message: {outcome.error}.")

    async def deliver_again(self, notice_id: str, channel: str) -> None:
        """Has a message that was given up on tried once more. Raises `WrongInputError`."""
        found = next((each for each in await self.deliveries(channel) if each.notice.id == notice_id), None)
        if found is None or found.state is not DeliveryState.DEAD:
            raise WrongInputError("This message is not among those that were given up on.")
        waiting = msgspec.structs.replace(
            found, state=DeliveryState.WAITING, attempts=0, error=None, settled_ms=None, due_ms=self._clock.now_ms()
        )
        await self._store.outbox.settle([waiting])
        self._dispatcher.wake_line(channel)


def test_message(channel: str, title: str, url: str, now_ms: int) -> Notice:
    """What a channel is tried with."""
    return Notice(
        id=f"msg_test_{now_ms}",
        kind=TEST,
        at_ms=now_ms,
        audience=Audience.PUBLIC,
        severity=Severity.INFO,
        subject="test",
        title=f"Test message of {title}",
        body="If you can read this, the channel works.",
        url=url,
        data=msgspec.Raw(msgspec.json.encode({"channel": channel})),
    )
