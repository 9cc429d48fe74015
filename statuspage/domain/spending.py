"""What a probe may cost before it is sent, and what is counted of it where its cost stays unknown. Pure."""

from typing import Final

import msgspec

from statuspage.domain.sample import Sample, Tokens

_MILLION: Final = 1_000_000
_NEVER_REACHED: Final = frozenset({"dns_failure", "connection_refused", "connect_timeout", "tls_invalid", "tls_failure"})
NEVER_SENT: Final = frozenset({"not_configured", "budget_exhausted", "paused"})
"""Classes of samples for which nothing was asked at all."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """US dollars per million tokens; `known` is False for what stands in for a price that nobody knows."""

    input_usd: float
    output_usd: float
    known: bool = True

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """US dollars for so many tokens."""
        return (input_tokens * self.input_usd + output_tokens * self.output_usd) / _MILLION

    def of_tokens(self, tokens: Tokens) -> float | None:
        """US dollars for these tokens, None where they are not known."""
        return None if tokens.input is None or tokens.output is None else self.of(tokens.input, tokens.output)


UNKNOWN_RATE: Final = Rate(input_usd=15.0, output_usd=75.0, known=False)
"""Dearer than common models (Claude Opus 4 in 2025): a model without a price is never taken for a free one."""


class Most(msgspec.Struct, frozen=True, kw_only=True):
    """The most tokens that one probe is expected to use."""

    input_tokens: int
    output_tokens: int

    def at_least(self, sample: Sample) -> "Most":
        """The same, or what a probe was seen to use, where that was more."""
        used = sample.tokens
        return Most(input_tokens=max(self.input_tokens, used.input or 0), output_tokens=max(self.output_tokens, used.output or 0))


def counted_usd(sample: Sample, rate: Rate, worst_usd: float) -> float:
    """What the budget counts for a probe: its cost, else its tokens at that rate, else the worst.

    A refusal is not billed by any vendor we know, and neither is what was never reached.
    """
    if sample.cost_usd is not None:
        return sample.cost_usd
    if sample.class_name in NEVER_SENT or sample.class_name in _NEVER_REACHED or (sample.http_status or 0) >= 300:
        return 0.0
    cost_usd = rate.of_tokens(sample.tokens)
    return worst_usd if cost_usd is None else cost_usd
