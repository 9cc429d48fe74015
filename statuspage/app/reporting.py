"""Reports from the database: what probing cost, how models did."""

from collections import Counter
from typing import Final

import msgspec

from statuspage.app.product import Product
from statuspage.app.running import loaded
from statuspage.config.fleet import Config
from statuspage.domain.alerting import notice_id
from statuspage.domain.notice import OPERATOR_EVENT, Audience, Notice, Severity
from statuspage.domain.report import CostReport, Uptime, UptimeReport, cost_report
from statuspage.domain.uptime import window_uptime
from statuspage.service.clock import SystemClock
from statuspage.service.costs import caps_of, costs
from statuspage.service.entry import Entry
from statuspage.storage.store import SqlStore

_WORST: Final = 3
_FINE: Final = ("ok", "reasoning_only", "not_streamed")


async def read_cost(config: Config, from_ms: int, to_ms: int) -> CostReport:
    """The costs of the UTC days that begin in `[from_ms, to_ms)`, and of the month so far."""
    async with loaded(config) as product:
        return await costs(product.store, caps_of(config), from_ms, to_ms, product.clock.now_ms())


async def read_uptime(config: Config, from_ms: int, to_ms: int) -> UptimeReport:
    """How every watched model did in the hours that began in `[from_ms, to_ms)`, private ones among them."""
    async with loaded(config) as product:
        models = [await _uptime(product, entry, from_ms, min(to_ms, product.clock.now_ms())) for entry in product.board.entries()]
        lines = await product.store.spendings(from_ms, to_ms)
    costs = {each.subject: each.spent.cost_usd for each in cost_report(lines, from_ms, to_ms).costs}
    return UptimeReport(
        from_ms=from_ms,
        to_ms=to_ms,
        models=tuple(msgspec.structs.replace(each, cost_usd=costs.get(each.key)) for each in models),
    )


async def send(config: Config, title: str, body: str) -> None:
    """Has the running server tell its operator channels; without one they hear it at its next start."""
    store = SqlStore(config.database_url)
    await store.open()
    try:
        now_ms = SystemClock().now_ms()
        notice = Notice(
            id=notice_id("report", now_ms, title),
            kind=OPERATOR_EVENT,
            at_ms=now_ms,
            audience=Audience.OPERATOR,
            severity=Severity.INFO,
            subject="report",
            title=title,
            body=body,
            url=f"{config.site.url}/",
            data=msgspec.Raw(msgspec.json.encode({"kind": "report", "subject": "report", "sentence": title, "facts": {}})),
        )
        await store.outbox.post([notice])
        await store.steer()
    finally:
        await store.close()


async def _uptime(product: Product, entry: Entry, from_ms: int, to_ms: int) -> Uptime:
    past = (await product.store.past([entry.key], from_ms, to_ms))[entry.key]
    hours = [hour for hour in past.hours if hour.start_ms < to_ms]
    met: Counter[str] = Counter()
    for hour in hours:
        met.update(hour.classes)
    return Uptime(
        key=entry.key,
        uptime=window_uptime(hours, from_ms, to_ms, entry.cadences, entry.first_seen_ms),
        failed=sum(hour.failed for hour in hours),
        worst_classes=tuple((name, count) for name, count in met.most_common() if name not in _FINE)[:_WORST],
    )
