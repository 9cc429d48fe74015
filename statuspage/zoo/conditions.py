"""Refusals in the words of no vendor in particular, by condition; a vendor's own table goes before these."""

from typing import Final

from statuspage.zoo.refusal import Refusal, anthropic_error, openai_error, web_page

_ROUTER_ACCOUNT: Final = (
    '{"error":{"message":"Your account org-7c1f0e2d9ab34c55 <ak-f3k9x0zoo1111> is suspended due to insufficient balance, please '
    'recharge your account or check your plan and billing details","type":"exceeded_current_quota_error"}}'
)

THROUGH_A_ROUTER: Final[dict[str, Refusal]] = {
    "router_dry": Refusal(
        429,
        {
            "error": {
                "message": "Provider returned error",
                "code": 429,
                "metadata": {"raw": _ROUTER_ACCOUNT, "provider_name": "Moonshot AI", "is_byok": False},
            }
        },
    ),
    "upstream_rate": Refusal(
        429,
        {
            "error": {
                "message": "Provider returned error",
                "code": 429,
                "metadata": {
                    "raw": "{model} is temporarily rate-limited upstream. Please retry shortly, or add your own key to "
                    "accumulate your rate limits",
                    "provider_name": "Novita",
                    "error_type": "rate_limit_exceeded",
                    "limit_source": "upstream",
                },
            }
        },
    ),
    "in_flight": Refusal(
        402,
        {
            "error": {
                "message": "Insufficient budget for the requests that are in flight. Retry when they have finished.",
                "code": 402,
                "metadata": {"reason": "in_flight_budget_exhausted"},
            }
        },
        (("Retry-After", "5"),),
    ),
    "free_daily": Refusal(
        429,
        {
            "error": {
                "message": "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day",
                "code": 429,
                "metadata": {
                    "headers": {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0"},
                    "free_model_daily_requests": {"limit": 50, "remaining": 0, "used": 50},
                },
            }
        },
        (("X-RateLimit-Limit", "50"), ("X-RateLimit-Remaining", "0")),
    ),
}
"""Conditions only a router knows; other prefixes play them as if a router stood in between."""

GATEWAY: Final[dict[str, Refusal]] = {
    "bad_gateway": web_page(502, "502 Bad Gateway", "<hr><center>nginx</center>"),
    "unavailable_page": web_page(503, "503 Service Temporarily Unavailable", "<hr><center>nginx</center>"),
    "gateway_timeout": web_page(504, "504 Gateway Time-out", "<hr><center>nginx</center>"),
    "edge_timeout": web_page(524, "524: A timeout occurred", "<p>cloudflare</p>", (("CF-RAY", "8f00ba4zoo-FRA"),)),
    "waf": web_page(
        403,
        "Just a moment...",
        "<p>Checking your browser before accessing. Enable JavaScript and cookies to continue.</p>",
        (("Server", "cloudflare"), ("cf-mitigated", "challenge"), ("CF-RAY", "8f00ba4zoo-FRA")),
    ),
    "no_route": Refusal(404, {"detail": "Not Found"}),
    "no_route_page": web_page(404, "404 Not Found", "<hr><center>nginx</center>"),
    "proxy": web_page(407, "407 Proxy Authentication Required", "", (("Proxy-Authenticate", 'Basic realm="proxy"'),)),
    "maintenance": Refusal(
        503,
        {"error": {"message": "The service is down for scheduled maintenance. Please try again later.", "type": "maintenance"}},
        (("Retry-After", "600"),),
    ),
}
"""What stands in front of a vendor says the same everywhere."""

GENERIC_OPENAI: Final[dict[str, Refusal]] = {
    "overloaded": openai_error(503, "The model is currently overloaded. Please try again later.", "overloaded_error"),
    "quota": openai_error(
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota",
    ),
    "rate": openai_error(
        429,
        "Rate limit reached for {model}. Please try again in 2s.",
        "rate_limit_error",
        "rate_limit_exceeded",
        headers=(("Retry-After", "2"),),
    ),
    "daily": openai_error(
        429,
        "Rate limit reached for {model} on tokens per day (TPD): limit 1500000, used 1500000. Please try again tomorrow.",
        "tokens",
        "rate_limit_exceeded",
    ),
    "payment": openai_error(402, "Payment required: your account has insufficient credits.", "payment_required"),
    "suspended": openai_error(
        412, "Account is suspended, possibly due to reaching the monthly spending limit.", "account_suspended"
    ),
    "bad_key": openai_error(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key"),
    "revoked_key": openai_error(401, "This API key has been revoked or has expired.", "invalid_request_error", "invalid_api_key"),
    "auth_outage": openai_error(401, "Authentication could not be verified at this time.", "authentication_error"),
    "forbidden": openai_error(403, "You do not have permission to access this resource.", "permission_denied_error"),
    "region_blocked": openai_error(
        403, "Country, region, or territory not supported", "request_forbidden", "unsupported_country_region_territory"
    ),
    "unknown_model": openai_error(404, "The model `{model}` does not exist.", "invalid_request_error", "model_not_found"),
    "retired_in_words": openai_error(
        404, "The model `{model}` has been deprecated and is no longer available.", "invalid_request_error", "model_deprecated"
    ),
    "not_entitled": openai_error(
        404, "The model `{model}` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"
    ),
    "parameter": openai_error(
        400,
        "{detail}",
        "invalid_request_error",
        "unsupported_parameter",
        param="{parameter}",
    ),
    "invalid_request": openai_error(400, "{detail}", "invalid_request_error"),
    "contract_changed": openai_error(
        400, "This endpoint no longer accepts this request format. See the migration guide.", "invalid_request_error"
    ),
    "content_filter": openai_error(
        400, "The request was rejected because it was considered high risk", "content_filter", "content_filter"
    ),
    "context_length": openai_error(
        400,
        "This model's maximum context length is 8 tokens. However, your messages resulted in 15 tokens. Please reduce the length "
        "of the messages.",
        "invalid_request_error",
        "context_length_exceeded",
    ),
    "server_error": openai_error(500, "The server had an error while processing your request. Sorry about that!", "server_error"),
    "unavailable": openai_error(503, "The service is temporarily unavailable.", "service_unavailable"),
    "quota_text_in_500": openai_error(
        500, "You exceeded your current quota, please check your plan and billing details.", "internal_server_error"
    ),
    "closed": openai_error(499, "client closed request", "client_closed_request"),
    "status": openai_error(418, "The zoo answers with this status as it was asked to.", "zoo_error"),
}

GENERIC_ANTHROPIC: Final[dict[str, Refusal]] = {
    "overloaded": anthropic_error(529, "overloaded_error", "Overloaded"),
    "slow_down": anthropic_error(529, "overloaded_error", "Overloaded"),
    "quota": anthropic_error(
        429,
        "rate_limit_error",
        "You have reached your organization's spend limit.",
        details={"error_code": "enforced_spend_limit_reached"},
    ),
    "spend_limit": anthropic_error(
        429,
        "rate_limit_error",
        "You have reached the spend limit enforced for your workspace. It resets on the first of the month.",
        details={"error_code": "enforced_spend_limit_reached"},
    ),
    "credit_too_low": anthropic_error(
        400,
        "invalid_request_error",
        "Your credit balance is too low to access the Anthropic API. "
        "Please go to Plans & Billing to upgrade or purchase credits.",
    ),
    "rate": anthropic_error(
        429,
        "rate_limit_error",
        "This request would exceed your organization's rate limit of 50 requests per minute.",
        headers=(
            ("retry-after", "2"),
            ("anthropic-ratelimit-requests-limit", "50"),
            ("anthropic-ratelimit-requests-remaining", "0"),
        ),
    ),
    "daily": anthropic_error(
        429,
        "rate_limit_error",
        "This request would exceed your organization's daily token limit. The limit resets at midnight UTC.",
    ),
    "payment": anthropic_error(402, "billing_error", "There is an issue with your billing or payment information."),
    "suspended": anthropic_error(403, "permission_error", "This organization has been disabled."),
    "bad_key": anthropic_error(401, "authentication_error", "invalid x-api-key"),
    "revoked_key": anthropic_error(401, "authentication_error", "This API key has been revoked."),
    "auth_outage": anthropic_error(401, "authentication_error", "Authentication is temporarily unavailable."),
    "forbidden": anthropic_error(403, "permission_error", "Your API key does not have permission to use the specified resource."),
    "region_blocked": anthropic_error(403, "permission_error", "Access from your country or region is not supported."),
    "unknown_model": anthropic_error(404, "not_found_error", "model: {model}"),
    "retired_in_words": anthropic_error(404, "not_found_error", "model: {model} has been retired"),
    "parameter": anthropic_error(400, "invalid_request_error", "{detail}"),
    "invalid_request": anthropic_error(400, "invalid_request_error", "{detail}"),
    "contract_changed": anthropic_error(
        400, "invalid_request_error", "This version of the Messages API is no longer supported. See the migration guide."
    ),
    "content_filter": anthropic_error(400, "invalid_request_error", "Output blocked by content filtering policy"),
    "context_length": anthropic_error(400, "invalid_request_error", "prompt is too long: 15 tokens > 8 maximum"),
    "server_error": anthropic_error(500, "api_error", "Internal server error"),
    "unavailable": anthropic_error(503, "api_error", "The service is temporarily unavailable."),
    "quota_text_in_500": anthropic_error(500, "api_error", "Your credit balance is too low to access the Anthropic API."),
    "closed": anthropic_error(499, "api_error", "Client disconnected."),
    "status": anthropic_error(418, "api_error", "The zoo answers with this status as it was asked to."),
}

GENERIC: Final = {"openai": GENERIC_OPENAI, "anthropic": GENERIC_ANTHROPIC}
