"""The error words of Anthropic's dialect, shared by Anthropic and whoever is compatible with it."""

from typing import Final

from statuspage.vendors.rule import ErrorRule, by_text, by_type

ERRORS: Final[tuple[ErrorRule, ...]] = (
    by_text(
        "quota_exhausted", "enforced_spend_limit", "specified api usage limits", "credit balance is too low", r"\bextra usage\b"
    ),
    by_type("quota_exhausted", "enforced_spend_limit_reached"),
    by_type("engine_overloaded", "overloaded_error"),
    by_type("invalid_key", "authentication_error"),
    by_type("payment_required", "billing_error"),
    by_type("forbidden", "permission_error", broad=True),
    by_type("contract_changed", "request_too_large"),
    by_type("rate_limited", "rate_limit_error", broad=True),
    by_type("gateway_timeout", "timeout_error"),
    by_type("server_error", "api_error", broad=True),
)
