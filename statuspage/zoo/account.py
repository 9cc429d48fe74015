"""The account behind a key: the zoo reads everything about it from the key's own words.

Any key is accepted, but one that holds `invalid`; `tier0` … `tier5`, `free`, `broke` and `cn-` say more.
"""

import re
from collections import deque
from collections.abc import Generator, Iterable
from typing import Final

import msgspec

from statuspage.zoo.reply import Reply, Step


class Tier(msgspec.Struct, frozen=True, kw_only=True):
    """Requests per minute, requests at a time and requests per day; None is unlimited."""

    rpm: int | None
    concurrency: int | None
    per_day: int | None = None


TIERS: Final[dict[str, Tier]] = {
    "tier0": Tier(rpm=3, concurrency=1),
    "tier1": Tier(rpm=200, concurrency=50),
    "tier2": Tier(rpm=500, concurrency=100),
    "tier3": Tier(rpm=5_000, concurrency=200),
    "tier4": Tier(rpm=5_000, concurrency=400),
    "tier5": Tier(rpm=10_000, concurrency=1_000),
    "free": Tier(rpm=20, concurrency=20, per_day=50),
}
"""Moonshot's published tiers, and the free plan of OpenRouter."""
UNLIMITED: Final = Tier(rpm=None, concurrency=None)
_TIER: Final = re.compile("|".join(TIERS))


class Account(msgspec.Struct, kw_only=True):
    """What is left of an account, and what it asked lately; times are monotonic seconds."""

    key: str
    tier: Tier
    tier_name: str | None
    broke: bool
    asked_at_s: deque[float] = msgspec.field(default_factory=deque)
    in_flight: int = 0
    today: int = 0
    refused_until_s: float = 0.0

    def refusal(self, now_s: float) -> tuple[str, dict[str, str]] | None:
        """Which limit one more request breaks: its condition and the words that fill its text."""
        while self.asked_at_s and now_s - self.asked_at_s[0] >= 60:
            self.asked_at_s.popleft()
        if self.broke:
            return "quota", {}
        tier = self.tier
        if tier.concurrency is not None and self.in_flight >= tier.concurrency:
            return "concurrency", {"limit": str(tier.concurrency), "wait": "1"}
        if tier.rpm is not None and len(self.asked_at_s) >= tier.rpm:
            wait = max(1, round(60 - (now_s - self.asked_at_s[0])))
            return "rate", {"limit": str(tier.rpm), "wait": str(wait)}
        if tier.per_day is not None and self.today >= tier.per_day:
            return "free_daily", {"limit": str(tier.per_day)}
        return None

    def seat(self, reply: Reply, now_s: float) -> Reply:
        """Counts one accepted request; it stays in flight until its reply has been played or dropped."""
        self.today += 1
        if self.tier is UNLIMITED:
            return reply
        self.asked_at_s.append(now_s)
        return self._seated(reply)

    def _seated(self, reply: Iterable[Step]) -> Generator[Step, None, None]:
        self.in_flight += 1
        try:
            yield from reply
        finally:
            self.in_flight -= 1


def account_of(key: str) -> Account:
    """The account that the words in `key` describe."""
    found = _TIER.search(key)
    name = found[0] if found else None
    return Account(key=key, tier=TIERS[name] if name else UNLIMITED, tier_name=name, broke="broke" in key)
