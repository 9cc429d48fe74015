"""The month's money, for operators."""

from collections.abc import Mapping

from statuspage.domain.clock import Clock
from statuspage.domain.ledger import month_end_ms, month_start_ms
from statuspage.domain.ports import Store
from statuspage.domain.report import CostReport
from statuspage.domain.thrift import Standing
from statuspage.service.budget import Budget
from statuspage.service.costs import costs


class Purser:
    """Plain reads over the ledger and the caps."""

    def __init__(self, budget: Budget, store: Store, caps: Mapping[str, float], clock: Clock) -> None:
        self._budget = budget
        self._store = store
        self._caps = caps
        self._clock = clock

    async def month(self) -> CostReport:
        """The UTC month so far. Raises `StorageError`."""
        now_ms = self._clock.now_ms()
        return await costs(self._store, self._caps, month_start_ms(now_ms), month_end_ms(now_ms), now_ms)

    def standings(self) -> tuple[Standing, ...]:
        """How each cap stands, that over all first."""
        return self._budget.standings()
