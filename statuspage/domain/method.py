"""How models are watched, as readers may know it: the running configuration without addresses, keys and private models."""

from typing import Final

import msgspec

from statuspage.domain.policy import DEFAULT_POLICY, Policy
from statuspage.domain.words import ProbeKind

QUESTION: Final = "Reply with one short word."
"""What a `chat` probe asks, besides a number against caches."""
PROMPT_TOKENS: Final = 30
"""A generous count of what that question and a chat's frame come to."""
_MONTH_S: Final = 30 * 86_400


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """How some models are asked; durations are seconds, `models` are keys."""

    probes: tuple[ProbeKind, ...]
    interval_s: float
    timeout_s: float
    max_output_tokens: int
    confirm_probes: int
    confirm_spacing_s: float
    max_stale_s: float
    models: tuple[str, ...] = ()

    @property
    def requests_a_month(self) -> int:
        """Scheduled requests to one model in 30 days; bursts and suites of tools come on top."""
        return round(_MONTH_S / self.interval_s)

    def usd_a_month(self, input_usd: float, output_usd: float) -> float:
        """What the scheduled chat probes of one model cost in 30 days, at most: every answer as long as it may be.

        Prices are US dollars per million tokens.
        """
        if ProbeKind.CHAT not in self.probes:
            return 0.0
        a_request = (PROMPT_TOKENS * input_usd + self.max_output_tokens * output_usd) / 1e6
        return self.requests_a_month * a_request


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page of methods is made of. None is for ever, or without a limit."""

    profiles: tuple[Profile, ...] = ()
    policy: Policy = DEFAULT_POLICY
    canaries: int = 0
    """How many neutral hosts are asked whether it is us."""
    concurrency: int = 50
    timezone: str = "UTC"
    budget_usd: float | None = None
    samples_kept_s: float | None = None
    hours_kept_s: float | None = None
    days_kept_s: float | None = None

    def profile_of(self, key: str) -> Profile | None:
        """How that model is asked; None where it is not public or not watched."""
        return next((profile for profile in self.profiles if key in profile.models), None)
