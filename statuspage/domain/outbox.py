"""The outbox as the service asks it: notices that are written, and their deliveries."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from statuspage.domain.notice import Delivery, Notice
from statuspage.domain.words import Status


class Outbox(Protocol):
    """What people are told, at least once each. Raises `StorageError` when the database cannot answer."""

    async def post(self, notices: Sequence[Notice]) -> None:
        """Writes notices that no other change carries; one whose id is known already is left as it is."""
        ...

    async def unaddressed(self, limit: int) -> tuple[tuple[int, Notice], ...]:
        """Notices without deliveries, with their numbers, oldest first."""
        ...

    async def address(self, notices: Sequence[Notice], deliveries: Sequence[Delivery]) -> None:
        """Writes the deliveries of these notices, in one transaction with the fact that they are addressed."""
        ...

    async def waiting(self, channel: str, limit: int) -> tuple[Delivery, ...]:
        """What a channel is still to get, oldest first."""
        ...

    async def backlog(self) -> Mapping[str, tuple[int, int]]:
        """By channel with anything waiting: how many, and when the first is due (UTC milliseconds)."""
        ...

    async def settle(self, deliveries: Sequence[Delivery]) -> None:
        """Stores how far deliveries got."""
        ...

    async def log(self, limit: int, channel: str | None = None) -> tuple[Delivery, ...]:
        """The newest deliveries in any state, newest first."""
        ...

    async def known(self, kind: str, subject: str) -> Notice | None:
        """The newest notice of that kind about that subject."""
        ...

    async def remote(self, channel: str, incident: str) -> str | None:
        """What the channel calls its newest message about that incident, where it can be edited."""
        ...

    async def public_statuses(self) -> Mapping[str, Status]:
        """By model: the status that the public was told last."""
        ...

    async def prune(self, before_ms: int) -> int:
        """Deletes one slice of what was settled before that time; returns how many deliveries went."""
        ...
