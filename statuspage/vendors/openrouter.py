"""OpenRouter: a router, so its errors tell of itself, of our account or of an upstream."""

from typing import Final

from statuspage.domain.words import Fault, Retry
from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.openrouter_balance import BALANCE
from statuspage.vendors.profile import profile
from statuspage.vendors.rule import by_text, by_type
from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(
    name="openrouter",
    title="OpenRouter",
    dialect="openai",
    base_url="https://openrouter.ai/api/v1",
    router=True,
    errors=(
        by_text("payment_required", "in_flight_budget_exhausted", retry=Retry.AFTER),
        by_text("daily_limit", "free-models-per-day", "free_model_daily_requests", "limit_rpd", r"key limit exceeded \(daily"),
        by_text("rate_limited", r"limit_[rt]p[ms]\b", "free-models-per-min"),
        by_text("model_unknown", "is not a valid model id"),
        by_text("quota_exhausted", "key limit exceeded"),
        by_text("forbidden", "data policy", "guardrail restrictions", "provider preferences"),
        by_text("parameter_rejected", "requested parameters", "support tool use", statuses=(404,)),
        by_text("forbidden", "no allowed providers", broad=True),
        by_text("server_error", "no endpoints found", "no available model provider", fault=Fault.ROUTER, broad=True),
        by_type("payment_required", "in_flight_budget_exhausted", retry=Retry.AFTER),
        by_type("model_retired", "model_deprecated", "free_variant_ended"),
        by_type("model_unknown", "model_not_found"),
        by_type("server_error", "no_endpoints", fault=Fault.ROUTER),
        by_type("engine_overloaded", "provider_overloaded", "capacity_exhausted"),
        by_type("bad_gateway", "provider_unavailable", "model_unavailable_upstream", "temporarily_unavailable"),
        by_type("region_blocked", "region_restricted"),
        by_type("forbidden", "privacy_restricted", "constraint_filtered"),
        by_type("content_filtered", "refusal"),
        by_type("contract_changed", "context_length_exceeded"),
        by_type("invalid_key", "authentication"),
        by_type("payment_required", "payment_required", broad=True),
        by_type("rate_limited", "rate_limit_exceeded", broad=True),
        by_type("gateway_timeout", "timeout", statuses=(200, 500, 502, 503, 504, 524), broad=True),
        by_type("server_error", "server", broad=True),
    ),
    profiles=(
        profile(r"kimi-k2\.6", reasoning={"enabled": False}),
        profile(r"kimi-k3", reasoning={"effort": "low"}),
    ),
    balance=BALANCE,
    official_page=OfficialPage("https://status.openrouter.ai", "onlineornot"),
    console="https://openrouter.ai/settings/credits",
)  # fmt: skip
