"""Where people set what is shown of a model for a time: the same for commands, the API and the admin pages."""

from collections.abc import Callable
from typing import Final

from statuspage.domain.clock import Clock, rfc3339
from statuspage.domain.errors import WrongInputError
from statuspage.domain.override import Override
from statuspage.domain.ports import Store
from statuspage.domain.words import Status
from statuspage.service.fleet import Fleet
from statuspage.service.inputs import line, one_of

_MOST_REASON_CHARS: Final = 300
_STATUSES: Final = tuple(status.value for status in Status)


class OverrideDesk:
    """Overrides by hand; each has a reason and an end."""

    def __init__(self, store: Store, clock: Clock, fleet: Callable[[], Fleet]) -> None:
        self._store = store
        self._clock = clock
        self._fleet = fleet

    async def set(
        self,
        key: str,
        *,
        reason: str,
        until_ms: int,
        status: str | None = None,
        use_instead: str | None = None,
        author: str | None = None,
    ) -> Override:
        """Has readers told `status` of a model, or to use another one; an earlier override is replaced.

        Raises `WrongInputError` and `UnknownNameError`.
        """
        fleet = self._fleet()
        fleet.check_models([key])
        if status is None and use_instead is None:
            raise WrongInputError("An override needs a status, or a model to use instead.")
        if use_instead is not None:
            fleet.check_models([use_instead])
            if use_instead == key:
                raise WrongInputError(f"{key} cannot be used instead of itself; name another model.")
        now_ms = self._clock.now_ms()
        if until_ms <= now_ms:
            raise WrongInputError(f"The end {rfc3339(until_ms)} is over already; name a later one.")
        override = Override(
            key=key,
            status=None if status is None else Status(one_of("status", status, _STATUSES)),
            use_instead=use_instead,
            reason=line("reason", reason, _MOST_REASON_CHARS),
            set_at_ms=now_ms,
            until_ms=until_ms,
            author=author,
        )
        await self._store.keep_override(override)
        return override

    async def clear(self, key: str) -> Override:
        """Takes an override back and answers what it was. Raises `WrongInputError` where there is none."""
        self._fleet().check_models([key])
        found = next((each for each in await self.known() if each.key == key), None)
        if found is None:
            raise WrongInputError(f"There is no override of {key}; `statuspage override list` shows what there is.")
        await self._store.drop_override(key)
        return found

    async def known(self) -> tuple[Override, ...]:
        """Those that have not expired, in the order of keys."""
        now_ms = self._clock.now_ms()
        return tuple(each for each in await self._store.overrides() if each.until_ms > now_ms)
