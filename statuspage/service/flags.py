"""The feature flags of a running server: as the file says, the last good one while it says nonsense."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import WrongInputError
from statuspage.domain.flagfile import percent_of
from statuspage.domain.flags import Evaluation
from statuspage.domain.selection import Rollout
from statuspage.service.flagset import EMPTY, FlagSet, flag_set
from statuspage.service.routing import Steered

_LOOK_EVERY_S: Final = 0.5
_REMEMBERED: Final = 1_000
_ROUTE: Final = "route"

log = structlog.get_logger()


class File(Protocol):
    """Where the flags are kept."""

    def stamp(self) -> tuple[int, ...] | None:
        """Differs whenever it was written; None while there is none."""
        ...

    def read(self) -> bytes:
        """Its bytes. Raises `WrongInputError`."""
        ...

    def write(self, document: Mapping[str, Any], before: bytes | None) -> None:
        """Replaces it. Raises `WrongInputError`."""
        ...


class Flags:
    """`now` is what is evaluated; `changed` are told whenever that is another set than before."""

    def __init__(self, file: File | None, clock: Clock, changed: Sequence[Callable[[FlagSet], None]] = ()) -> None:
        self.file: Final = file
        self.now: FlagSet = EMPTY
        self.error: str | None = None
        self.changed_at_ms = clock.now_ms()
        self.changed: list[Callable[[FlagSet], None]] = list(changed)
        self._clock = clock
        self._stamp: tuple[int, ...] | None = None
        self.in_force: bytes | None = None
        """The file as it was last taken over, None while it never was."""
        self._held: dict[str, int] = {}
        self._steered: dict[str | None, Steered] = {}

    async def run(self) -> None:
        """Looks at the file for ever."""
        while True:
            self.look()
            await self._clock.sleep(_LOOK_EVERY_S)

    def look(self) -> None:
        """Takes the file over if it was written since; what cannot be used is said and changes nothing."""
        if self.file is None:
            return
        stamp = self.file.stamp()
        if stamp is not None and stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            raw = self.file.read()
            self._take(flag_set(raw, self._held))
        except WrongInputError as error:
            self._complain(str(error))
            return
        self.in_force = raw
        self.error = None

    def hold(self, held: Mapping[str, int]) -> None:
        """Has these percentages stand for those of the file, by flag."""
        if dict(held) != self._held:
            self._held = dict(held)
            if self.in_force is not None:
                self._take(flag_set(self.in_force, self._held))

    def notes(self) -> tuple[str, ...]:
        """What is wrong with the file, for whoever looks after the monitor."""
        return () if self.error is None else (self.error,)

    def shares(self) -> dict[str, float]:
        """The share of all users who are given true, of flags that deal by percentage; 0 while one is switched off."""
        found = {}
        for key in self.now.keys:
            flag = self.now.flag(key)
            percent = percent_of(flag)
            if percent is not None:
                found[key] = percent / 100 if flag["state"] == "ENABLED" else 0.0
        return found

    def steered(self, user: str | None) -> Steered:
        """What the flags say to the selector for one user."""
        found = self._steered.get(user)
        if found is None:
            found = self._evaluated(user)
            if len(self._steered) >= _REMEMBERED:
                self._steered.clear()
            self._steered[user] = found
        return found

    def _evaluated(self, user: str | None) -> Steered:
        values: dict[str, Any] = {}
        rollouts = {}
        for each in self.now.evaluate_all({} if user is None else {"targetingKey": user}):
            value = each.value if isinstance(each, Evaluation) and each.reason != "DISABLED" else None
            values[each.key] = None if not isinstance(value, bool | int | float | str | list | dict) else value
            model = (self.now.flag(each.key).get("metadata") or {}).get(_ROUTE)
            if isinstance(model, str):
                rollouts[model] = Rollout(flag=each.key, on=value is True)
        return Steered(values=values, rollouts=rollouts)

    def _take(self, found: FlagSet) -> None:
        if found.tag == self.now.tag:
            return
        self.now = found
        self.changed_at_ms = self._clock.now_ms()
        self._steered.clear()
        for tell in self.changed:
            tell(found)

    def _complain(self, reason: str) -> None:
        said = f"the file of flags cannot be used, and the flags stay as they were: {reason}"
        if said != self.error:
            self.error = said
            log.warning("the file of flags cannot be used", reason=reason)
