"""Groq: 498 says that the flexible tier has no capacity, `retry-after` comes only with 429."""

from typing import Final

from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.profile import profile
from statuspage.vendors.rule import by_status, by_text, by_type
from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(
    name="groq",
    title="Groq",
    dialect="openai",
    base_url="https://api.groq.com/openai/v1",
    bound_parameter="max_completion_tokens",
    errors=(
        by_text("wrong_base_url", "unknown request url"),
        by_text("quota_exhausted", r"\bspend\b.{0,40}\b(?:alert|limit|threshold)\b"),
        by_text("rate_limited", r"tokens per minute \(TPM\)", statuses=(413,)),
        by_type("wrong_base_url", "unknown_url"),
        by_type("account_suspended", "organization_restricted"),
        by_type("engine_overloaded", "capacity_exceeded", "over_capacity"),
        by_type("model_retired", "model_decommissioned"),
        by_type("invalid_key", "invalid_api_key"),
        by_type("not_entitled", "model_terms_required", "model_permission_blocked_org", "model_permission_blocked_project"),
        by_status("engine_overloaded", 498),
    ),
    profiles=(profile(r"gpt-oss", reasoning_effort="low"),),
    official_page=OfficialPage("https://groqstatus.com", "incidentio"),
    console="https://console.groq.com",
)
