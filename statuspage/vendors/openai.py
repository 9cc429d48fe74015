"""OpenAI: two meanings of 429, told apart by type and code."""

from typing import Final

from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.profile import profile
from statuspage.vendors.rule import by_text, by_type
from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(
    name="openai",
    title="OpenAI",
    dialect="openai",
    base_url="https://api.openai.com/v1",
    bound_parameter="max_completion_tokens",
    errors=(
        by_text("wrong_base_url", r"invalid url \("),
        by_type(
            "quota_exhausted",
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
            "billing_hard_limit_reached",
            "billing_not_active",
            "insufficient_quota",
        ),
        by_type("engine_overloaded", "server_is_overloaded", "slow_down"),
        by_type("account_suspended", "account_deactivated"),
    ),
    profiles=(
        profile(r"^gpt-5\.\d", reasoning_effort="none"),
        profile(r"^gpt-5", reasoning_effort="minimal"),
        profile(r"^o\d", reasoning_effort="low"),
    ),
    retired=frozenset({"gpt-4-32k", "gpt-4-32k-0613", "gpt-4.5-preview", "gpt-4-vision-preview", "o1-preview", "o1-mini"}),
    official_page=OfficialPage("https://status.openai.com", "incidentio", "Chat Completions"),
    console="https://platform.openai.com/settings/organization/billing",
)
