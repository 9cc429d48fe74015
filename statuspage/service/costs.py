"""What probing cost, read from the ledger: the same for commands and the operator's room."""

from collections.abc import Mapping

import msgspec

from statuspage.config.fleet import Config
from statuspage.domain.ledger import month_end_ms, month_start_ms, projected_usd, spent
from statuspage.domain.ports import Store
from statuspage.domain.report import CostReport, by_provider, cost_report
from statuspage.domain.words import Kind


def caps_of(config: Config) -> Mapping[str, float]:
    """The monthly caps in US dollars by provider; that over all is under ""."""
    caps = {each.name: each.monthly_usd for each in config.providers if each.monthly_usd is not None}
    return caps if config.monthly_usd is None else {"": config.monthly_usd, **caps}


async def costs(store: Store, caps: Mapping[str, float], from_ms: int, to_ms: int, now_ms: int) -> CostReport:
    """The costs of the UTC days that begin in `[from_ms, to_ms)`, and of the month so far. Raises `StorageError`."""
    month_ms = month_start_ms(now_ms)
    report = cost_report(await store.spendings(from_ms, to_ms), from_ms, to_ms)
    month = [line for line in await store.spendings(month_ms, now_ms + 1) if line.kind is not Kind.PASSIVE]
    first_ms = min((line.day_ms for line in month), default=month_ms)
    so_far = spent(month)
    # Days of this month before the first probe were no pace at all.
    pace = None if so_far.cost_usd is None else projected_usd(so_far.cost_usd, first_ms, now_ms, month_end_ms(now_ms))
    return msgspec.structs.replace(report, month=by_provider(month), projected_usd=pace, caps=caps)
