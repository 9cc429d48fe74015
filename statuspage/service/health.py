"""Whether the monitor itself is fit to be asked."""

from collections.abc import Callable

from statuspage.domain.errors import StorageError
from statuspage.domain.ports import Store


class Health:
    """What `/readyz` answers: one sentence for each thing that is wrong, none when all is well."""

    def __init__(self, store: Store, overdue: Callable[[], bool]) -> None:
        self._store = store
        self._overdue = overdue

    async def reasons(self) -> list[str]:
        """Asks the database for a write and the scheduler for its newest round."""
        found = []
        if self._overdue():
            found.append("the newest scheduled round of checks is overdue")
        try:
            await self._store.ping()
        except StorageError as error:
            found.append(f"the database cannot be written: {error}")
        return found
