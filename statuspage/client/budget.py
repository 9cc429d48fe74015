"""The retry budget: whatever a storm brings, the extra requests stay a tenth of the calls. Pure."""

import msgspec

BURST = 3.0
RATIO = 0.1


class RetryBudget(msgspec.Struct, frozen=True):
    """Tokens of which every request beyond a call's first takes one; each call brings a tenth, at most three are kept."""

    tokens: float = BURST

    def called(self) -> "RetryBudget":
        """After one more call has begun."""
        return RetryBudget(min(BURST, self.tokens + RATIO))

    @property
    def allows(self) -> bool:
        """Whether one more extra request may be sent."""
        return self.tokens >= 1 - 1e-9

    def spent(self) -> "RetryBudget":
        """After one extra request."""
        return RetryBudget(self.tokens - 1)
