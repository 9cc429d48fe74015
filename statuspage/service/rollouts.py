"""Evidence-gated rollouts at work: looks at the evidence, takes steps, tells of each, and knows them after a restart."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.event import Event
from statuspage.domain.ports import Store
from statuspage.domain.rollout import Bar, Climb, bar_of, evidence_of, stepped
from statuspage.domain.view import PageView
from statuspage.service.flags import Flags
from statuspage.service.flagset import FlagSet

TOPIC: Final = "rollouts"
"""Of the notes that keep where each flag stands."""
KIND: Final = "rollout"
_EVERY_S: Final = 1.0
_BY: Final = "evidence"

log = structlog.get_logger()

Audit = Callable[[str, str, str], Awaitable[None]]
"""Who did what to what, for the audit book."""


class Rollouts:
    """Every flag with a gate, by key. A flag without one is dealt as the file says."""

    def __init__(self, flags: Flags, page: Callable[[], PageView], store: Store, clock: Clock, audit: Audit) -> None:
        self._flags = flags
        self._page = page
        self._store = store
        self._clock = clock
        self._audit = audit
        self._climbs: dict[str, Climb] = {}
        self._bars: dict[str, Bar] = {}
        self._seen: FlagSet | None = None

    async def load(self) -> None:
        """Takes over where the flags stood."""
        self._climbs = climbs(await self._store.noted(TOPIC))
        self._hold()

    async def run(self) -> None:
        """Looks for ever."""
        while True:
            await self.look()
            await self._clock.sleep(_EVERY_S)

    async def look(self) -> None:
        """Takes every step that is due; what cannot be stored is not taken."""
        now_ms = self._clock.now_ms()
        if self._seen is not self._flags.now:
            self._seen = self._flags.now
            self._bars = _bars(self._seen)
        models = {model.key: model for model in self._page().models}
        for key, bar in self._bars.items():
            before, model = self._climbs.get(key), models.get(bar.model)
            on = self._seen.flag(key)["state"] == "ENABLED"
            after = stepped(bar, before, None if model is None else evidence_of(model), now_ms, on=on)
            if before is None or _lasting(after) != _lasting(before):
                await self._keep(key, before or Climb(), after, bar, now_ms)
            else:
                self._climbs[key] = after
        await self._forget(now_ms)
        self._hold()

    def of(self, key: str) -> Climb | None:
        """Where the gate of a flag stands, None where it has none."""
        return self._climbs.get(key) if key in self._bars else None

    def _hold(self) -> None:
        self._flags.hold({key: climb.percent for key, climb in self._climbs.items()})

    async def _forget(self, now_ms: int) -> None:
        """A flag that is gone, or has no gate any more, begins anew if it comes back; a file in error takes nothing away."""
        if self._flags.error is None:
            for key in self._climbs.keys() - self._bars.keys():
                await self._keep(key, Climb(), Climb(since_ms=now_ms), None, now_ms)
                del self._climbs[key]

    async def _keep(self, key: str, before: Climb, after: Climb, bar: Bar | None, now_ms: int) -> None:
        step = bar is not None and before.percent != after.percent
        sentence = f"The flag {key} goes from {before.percent} % to {after.percent} % of users: {after.why}."
        state = "ok" if after.percent > before.percent else "falling"
        facts = {"state": state, "flag": key, "from": str(before.percent), "to": str(after.percent), "why": after.why}
        try:
            await self._store.note(TOPIC, key, msgspec.json.encode(after))
            if bar is not None and step:
                await self._store.tell([Event(at_ms=now_ms, kind=KIND, subject=bar.model, sentence=sentence, facts=facts)])
        except StorageError as error:
            log.warning("a step of a rollout could not be stored", flag=key, error=str(error))
            return
        self._climbs[key] = after
        if step:
            log.info("a rollout takes a step", flag=key, percent=after.percent, why=after.why)
            await self._audit(_BY, f"{before.percent} % → {after.percent} %: {after.why}", key)


def climbs(noted: Mapping[str, bytes]) -> dict[str, Climb]:
    """Where flags stand, from what was stored of them; what cannot be read begins anew."""
    found = {}
    for key, body in noted.items():
        try:
            found[key] = msgspec.json.decode(body, type=Climb)
        except msgspec.MsgspecError:
            log.warning("a rollout begins anew: what was stored of it cannot be read", flag=key)
    return found


def _lasting(climb: Climb) -> tuple[object, ...]:
    """What must be known after a restart; the words change with every probe."""
    return climb.percent, climb.finding, climb.since_ms


def _bars(flags: FlagSet) -> dict[str, Bar]:
    found = {key: bar_of(flags.flag(key).get("metadata") or {}) for key in flags.keys}
    return {key: bar for key, bar in found.items() if bar is not None}
