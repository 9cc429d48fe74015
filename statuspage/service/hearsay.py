"""What programs tell of their own calls: who may, how many, of which models; kept beside what is measured."""

import math
from collections.abc import Sequence
from typing import Final

import msgspec

from statuspage.config.fleet import Passive
from statuspage.domain.access import Principal, Scope, digest_of
from statuspage.domain.clock import Clock
from statuspage.domain.passive import OLDEST_MS, Call, Received, counted, forgotten, received
from statuspage.domain.ports import Store
from statuspage.service.board import Board
from statuspage.service.check import Bulletin
from statuspage.service.entry import Entry
from statuspage.service.prices import price_of

_MARGIN_MS: Final = 3_600_000
"""How much longer than a call may be told its receipt is kept."""
_MINUTE_S: Final = 60.0


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a batch: `unknown` are the keys that no public model has, each once."""

    accepted: int
    repeated: int
    unknown: tuple[str, ...]


class TooMany(Exception):  # noqa: N818 - a state, not a fault
    """A token told of more calls than are taken in a minute; none of this batch was."""

    def __init__(self, per_minute: int, retry_after_s: int) -> None:
        super().__init__(f"At most {per_minute} calls a minute are taken from one token; send these again later.")
        self.retry_after_s = retry_after_s


class Hearsay:
    """Takes batches of calls, each call once."""

    def __init__(self, settings: Passive, board: Board, store: Store, shelf: Bulletin, clock: Clock) -> None:
        self._settings = settings
        self._board = board
        self._store = store
        self._shelf = shelf
        self._clock = clock
        self._allowance: dict[str, tuple[float, float]] = {}
        """By token: how many calls may still come, and when that was so (monotonic seconds)."""

    async def load(self) -> None:
        """Takes up what was told before, where it is still wanted. Raises `StorageError`."""
        if not self.accepts:
            return
        keys = [entry.key for entry in self._board.entries()]
        for key, hours in (await self._store.hearsay(keys, self._clock.now_ms() - OLDEST_MS)).items():
            self._board.entry(key).told = hours

    @property
    def accepts(self) -> bool:
        """Whether the configuration has calls taken at all."""
        return self._settings.accept

    def scope_of(self, principal: Principal | None) -> Scope:
        """What this token must be good for: `read` where the configuration names it, else `operate`."""
        named = principal is not None and principal.token is not None and principal.token in self._settings.tokens
        return Scope.READ if named else Scope.OPERATE

    async def take(self, who: str, calls: Sequence[Call]) -> Taken:
        """Keeps what is not known yet. Raises `TooMany`, and `StorageError`."""
        self._pace(who, len(calls))
        now_ms = self._clock.now_ms()
        known: list[Received] = []
        unknown: dict[str, None] = {}
        for call in calls:
            entry = self._public(call.model)
            if entry is None:
                unknown[call.model] = None
            else:
                known.append(received(call, entry.key, who, _cost_usd(call, entry), now_ms, digest_of(f"{who} {call.id}")))
        fresh = await self._store.receive(known, now_ms - OLDEST_MS - _MARGIN_MS) if known else ()
        self._count(fresh, now_ms)
        return Taken(accepted=len(fresh), repeated=len(known) - len(fresh), unknown=tuple(unknown))

    def _count(self, fresh: Sequence[Received], now_ms: int) -> None:
        """Has the models' own pages tell of these calls soon."""
        for each in fresh:
            entry = self._board.entry(each.sample.model)
            forgotten(entry.told, now_ms - OLDEST_MS - _MARGIN_MS)
            counted(entry.told, each.sample)
            self._shelf.changed(entry.key, at_once=False)

    def _public(self, key: str) -> Entry | None:
        """The model of that key, or of which it is an earlier key; one that is not public is like one that there is not."""
        fleet = self._board.fleet()
        found = fleet.renamed.get(key, key)
        return self._board.find(found) if found in fleet.public else None

    def _pace(self, who: str, calls: int) -> None:
        """Takes them off what the token may still tell; that grows to a minute's worth."""
        most, now_s = self._settings.per_minute, self._clock.monotonic_s()
        left, since_s = self._allowance.get(who, (float(most), now_s))
        left = min(most, left + (now_s - since_s) * most / _MINUTE_S)
        # A batch that is larger than a minute's worth is taken by a full allowance, which then is owed.
        if left < min(calls, most):
            raise TooMany(most, math.ceil((min(calls, most) - left) * _MINUTE_S / most))
        self._allowance[who] = (left - calls, now_s)


def _cost_usd(call: Call, entry: Entry) -> float | None:
    """What the program says, else its tokens at the known price; None where neither is known."""
    if call.cost_usd is not None:
        return call.cost_usd
    price = price_of(entry)
    return None if price is None else price.rate.of_tokens(call.tokens)
