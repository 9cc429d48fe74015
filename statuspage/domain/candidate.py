"""A model as the selector sees it: what is proven of it, and what a call that succeeds costs."""

import math
from typing import Final

import msgspec

from statuspage.domain.callcost import typical_call_usd, usd_per_success
from statuspage.domain.view import ModelView, ToolsView, UptimeView
from statuspage.domain.words import Status

EVIDENCE_WINDOW: Final = "7d"
PROVEN_TOOLS: Final = ("verified", "likely")
"""States of the light of tool calling that prove something, the better first (`toollight`)."""
_NOTHING: Final = UptimeView(ratio=None, low=None, high=None, samples=0, coverage=0.0)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence of the last seven days; latencies in milliseconds, prices in US dollars, None is not known."""

    key: str
    status: Status
    reason: str
    """Why it has this status, in words."""
    success: UptimeView = _NOTHING
    tools: ToolsView | None = None
    call_usd: float | None = None
    """Of a typical call, whether it succeeds or not."""
    first_ms: int | None = None
    """The median until the first word, over 24 hours."""
    good_until_ms: int | None = None
    """When its evidence goes stale unless it is probed again."""
    sent_to: str | None = None
    """What an operator names to use instead of it."""
    sent_until_ms: int | None = None
    """When the operator's word ends."""

    @property
    def success_usd(self) -> float | None:
        """What a call costs until one succeeds: the price ÷ the lower bound of success."""
        return None if self.call_usd is None else usd_per_success(self.call_usd, self.success.low)


def candidate_of(model: ModelView) -> Candidate:
    """The selector's view of a public model. A price that is no price is not known."""
    price = model.price
    usable = price is not None and all(math.isfinite(each) and each >= 0 for each in (price.input, price.output))
    checked_ms = model.checked_at_ms
    return Candidate(
        key=model.key,
        status=model.status,
        reason=model.reason,
        success=model.uptime.get(EVIDENCE_WINDOW, _NOTHING),
        tools=model.tools,
        call_usd=typical_call_usd(price.input, price.output) if price is not None and usable else None,
        first_ms=None if model.latency is None else model.latency.first_content_p50,
        good_until_ms=None if checked_ms is None else checked_ms + model.max_stale_seconds * 1000,
        sent_to=None if model.detour is None else model.detour.key,
        sent_until_ms=None if model.detour is None else model.detour.until_ms,
    )
