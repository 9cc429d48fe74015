"""What the surfaces of Moonshot AI have in common: error words, probe profiles, retired ids.

Source: platform documentation and issues collected in the project's reference notes, 20 November 2026.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from statuspage.vendors.pricelist import PriceList
from statuspage.vendors.profile import Profile, profile
from statuspage.vendors.rule import ErrorRule, by_text, by_type

ERRORS: Final[tuple[ErrorRule, ...]] = (
    by_text("wrong_base_url", r"url\.not_found", "没找到对象", statuses=(404,)),
    by_type("wrong_base_url", "url.not_found"),
    by_type("engine_overloaded", "engine_overloaded_error", "engine_overloaded"),
    by_type("quota_exhausted", "exceeded_current_quota_error", "exceeded_current_quota"),
    by_type("rate_limited", "rate_limit_reached_error", "rate_limit_reached"),
    by_type("invalid_key", "incorrect_api_key_error", "invalid_authentication_error"),
    by_type("forbidden", "permission_denied_error", statuses=(401, 403), broad=True),
    by_type("model_unknown", "resource_not_found_error", broad=True),
    by_type("server_error", "unexpected_output"),
    by_type("bad_gateway", "server_unavailable", broad=True),
)

PROFILES: Final[tuple[Profile, ...]] = (
    profile(r"kimi-k2\.6", thinking={"type": "disabled"}),
    profile(r"kimi-k3|^k3", reasoning_effort="low"),
)

_MAY: Final = date(2026, 5, 25)
_AUGUST: Final = date(2026, 8, 31)
ENDS: Final[Mapping[str, date]] = {
    "kimi-k2.5": _AUGUST,
    "kimi-latest": _MAY,
    "kimi-k2-0711-preview": _MAY,
    "kimi-k2-0905-preview": _MAY,
    "kimi-k2-turbo-preview": _MAY,
    "kimi-k2-thinking": _MAY,
    "kimi-k2-thinking-turbo": _MAY,
    "moonshot-v1-auto": _AUGUST,
    "moonshot-v1-8k": _AUGUST,
    "moonshot-v1-32k": _AUGUST,
    "moonshot-v1-128k": _AUGUST,
    "moonshot-v1-8k-vision-preview": _AUGUST,
    "moonshot-v1-32k-vision-preview": _AUGUST,
    "moonshot-v1-128k-vision-preview": _AUGUST,
}
"""The day on which each of these was retired."""
PRICES: Final = PriceList(
    as_of=date(2026, 11, 20),
    source="LiteLLM 1.109.1, model_prices_and_context_window.json",
    usd={
        "kimi-k3.1-pro": (2.00, 10.00),
        "kimi-k3": (3.00, 15.00),
        "kimi-k2.7-code": (0.95, 4.00),
        "kimi-k2.6": (0.95, 4.00),
    },
)
"""Of the global surface, whose accounts are in US dollars."""
LOWEST_TIER: Final = (3, 1)
"""Tier 0: three requests a minute, one at a time."""

RETIRED: Final = frozenset(ENDS)
