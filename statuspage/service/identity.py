"""The identity watch: tells the operator when another model, build or precision answers than before."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.identity import Known, Memory, Trait, observe
from statuspage.domain.lifecycle import ChangeKind
from statuspage.domain.ports import Store
from statuspage.domain.sample import Sample
from statuspage.domain.words import Judgement, Status
from statuspage.service.board import Board
from statuspage.service.chronicle import Chronicle
from statuspage.service.entry import Entry
from statuspage.service.seats import Seats

IDENTITY: Final = "identity"
"""Topic of the notes that keep what each model was told by."""
EVERY_S: Final = 900.0
_AFTER_PROBES_S: Final = 30.0

log = structlog.get_logger()

Endpoint = Callable[[str], Awaitable[Mapping[Trait, str | None]]]
"""Asks a router what it says of the upstream that a model, by key, is pinned to; empty when it says nothing."""


class IdentityWatch:
    """What every model was told by so far."""

    def __init__(
        self, *, board: Board, store: Store, chronicle: Chronicle, endpoint: Endpoint, seats: Seats, clock: Clock
    ) -> None:
        self._board = board
        self._store = store
        self._chronicle = chronicle
        self._endpoint = endpoint
        self._seats = seats
        self._clock = clock
        self._memories: dict[str, Memory] = {}

    async def load(self) -> None:
        """Takes over what was known before a restart."""
        for key, body in (await self._store.noted(IDENTITY)).items():
            try:
                self._memories[key] = Memory(known=msgspec.json.decode(body, type=Known))
            except msgspec.MsgspecError:
                log.warning("a noted identity is not understood", model=key)

    async def run(self) -> None:
        """For ever: asks routers for the upstreams that models are pinned to."""
        await self._clock.sleep(_AFTER_PROBES_S)
        while True:
            for entry in self._board.entries():
                if entry.provider.vendor.router and entry.model.route_only and entry.provider.not_configured is None:
                    await self.ask(entry)
            await self._clock.sleep(EVERY_S)

    async def ask(self, entry: Entry) -> None:
        """One look at the pinned upstream of a model."""
        try:
            async with self._seats.take(entry.provider.name):
                seen = await self._endpoint(entry.key)
            await self._look(entry, seen)
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("a pinned upstream could not be looked at", model=entry.key)

    async def saw(self, entry: Entry, sample: Sample, _before: Status) -> None:
        """Looks at who answered a probe. Fingerprints of an unpinned router are those of many upstreams, and say nothing."""
        if sample.judgement is Judgement.EXCLUDED:
            return
        mixed = entry.provider.vendor.router and not entry.model.route_only
        await self._look(
            entry,
            {Trait.SERVED_MODEL: sample.served_model, Trait.FINGERPRINT: None if mixed else sample.fingerprint},
        )

    async def _look(self, entry: Entry, seen: Mapping[Trait, str | None]) -> None:
        before = self._memories.get(entry.key, Memory())
        after, changes = observe(before, seen)
        self._memories[entry.key] = after
        if after.known != before.known:
            try:
                await self._store.note(IDENTITY, entry.key, msgspec.json.encode(after.known))
            except StorageError as error:
                log.warning("an identity could not be stored", model=entry.key, error=str(error))
        await self._chronicle.tell(
            [
                Event(
                    at_ms=self._clock.now_ms(),
                    kind=ChangeKind.IDENTITY_CHANGED,
                    subject=entry.key,
                    sentence=f"{entry.spoken_name} {change.says}.",
                    facts={"trait": change.trait, "old": change.old, "new": change.new},
                )
                for change in changes
            ]
        )
