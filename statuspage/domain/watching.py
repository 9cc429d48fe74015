"""What watching a model costs, and what that money proves. Pure."""

from statuspage.domain.ledger import NANO, Line, month_end_ms, month_start_ms, projected_usd
from statuspage.domain.view import WatchingView
from statuspage.domain.wilson import wilson

_WEEK_S = 7 * 86_400.0


def watching(line: Line | None, interval_s: float, first_seen_ms: int, now_ms: int) -> WatchingView:
    """The month so far from its line of the ledger, and a week at this cadence; None in it is what is not known."""
    month_ms = month_start_ms(now_ms)
    rounds = round(_WEEK_S / interval_s)
    proves, _ = wilson(rounds, rounds) if rounds else (0.0, 1.0)
    if line is None:
        return WatchingView(probes=0, week_proves=proves)
    known = line.unpriced == 0
    cost_usd = line.cost_nano_usd / NANO if known else None
    projected = None
    if cost_usd is not None:
        projected = projected_usd(cost_usd, max(month_ms, first_seen_ms), now_ms, month_end_ms(now_ms))
    per_probe_usd = None if cost_usd is None or not line.probes else cost_usd / line.probes
    return WatchingView(
        probes=line.probes,
        cost_usd=cost_usd,
        projected_usd=projected,
        week_usd=None if per_probe_usd is None else per_probe_usd * rounds,
        week_proves=proves,
    )
