"""Whether the monitor itself is fit to be asked."""

from collections.abc import Callable, Sequence
from typing import Final

import structlog

from statuspage.domain.clock import Clock
from statuspage.domain.errors import StorageError
from statuspage.domain.ports import Store
from statuspage.service.selfcheck import SelfCheck

log = structlog.get_logger()

_BELIEVED_S: Final = 1.0
"""For how long one trial write answers for everybody who asks."""


class Health:
    """What `/readyz` answers: one sentence for each thing that is wrong, none when all is well."""

    def __init__(
        self,
        store: Store,
        overdue: Callable[[], bool],
        clock: Clock,
        selfcheck: SelfCheck | None = None,
        others: Sequence[Callable[[], Sequence[str]]] = (),
        private: Sequence[Callable[[], Sequence[str]]] = (),
    ) -> None:
        """`others` are asked for what else is worth a note, `private` for what only operators may read."""
        self._private = tuple(private)
        self._selfcheck = selfcheck
        self._others = tuple(others)
        self._store = store
        self._overdue = overdue
        self._clock = clock
        self._tried_at_s = -_BELIEVED_S
        self._writable = True

    async def reasons(self) -> list[str]:
        """Asks the database for a write and the scheduler for its newest round."""
        found = []
        if self._overdue():
            found.append("the newest scheduled round of checks is overdue")
        if self._clock.monotonic_s() - self._tried_at_s >= _BELIEVED_S:
            self._writable = await self._trial()
            self._tried_at_s = self._clock.monotonic_s()
        if not self._writable:
            found.append("the database cannot be written; the log says why")
        return found

    def notes(self) -> list[str]:
        """What else the monitor doubts of itself: told on request, no reason to be unready."""
        doubts = [] if self._selfcheck is None else [concern.sentence for concern in self._selfcheck.concerns()]
        return [*doubts, *(note for other in self._others for note in other())]

    def details(self) -> list[str]:
        """What explains the notes to an operator: it may name what is not public."""
        return [detail for other in self._private for detail in other()]

    async def _trial(self) -> bool:
        """Whether a write succeeds; why not is the operator's to know, as it names places on this machine."""
        try:
            await self._store.ping()
        except StorageError as error:
            if self._writable:
                log.error("the database cannot be written", error=str(error))  # noqa: TRY400 - a state, no surprise
            return False
        return True
