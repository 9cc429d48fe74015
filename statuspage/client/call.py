"""What is kept of one request to a vendor: figures and words of ours, never what was asked or answered."""

from collections.abc import Callable

import msgspec

from statuspage.domain.classes import CLASSES, judge
from statuspage.domain.sample import Tokens
from statuspage.domain.words import Fault, Judgement


class CallRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One request of a call: `attempt` 1 is its first, each retry, fallback and hedge is another with the same `call`.

    `model` is a key (`provider/model-id`), `at_ms` UTC milliseconds; the other times are milliseconds since the request's
    start. What is not known is None.
    """

    id: str
    call: str
    attempt: int
    model: str
    at_ms: int
    class_name: str
    fault: Fault
    http_status: int | None = None
    first_content_ms: float | None = None
    total_ms: float | None = None
    tokens: Tokens = Tokens()
    cost_usd: float | None = None
    streamed: bool = False
    request_id: str | None = None

    @property
    def judgement(self) -> Judgement:
        """How a probe with this outcome would count."""
        return judge(self.class_name, self.fault)

    @property
    def ok(self) -> bool:
        """Whether it brought an answer."""
        return self.fault is Fault.NONE

    @property
    def label(self) -> str:
        """The outcome in at most 24 characters."""
        return CLASSES[self.class_name].label


OnCall = Callable[[CallRecord], None]
"""Hears of every request once it is over; must not block."""
