"""Groq: rate headers on every answer, 498 when its flexible tier is full, its own word for retired models."""

from typing import Final

from statuspage.zoo.refusal import Refusal, openai_error
from statuspage.zoo.species import Rule, Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor

_WORDS: Final[dict[str, Refusal]] = {
    "flex": openai_error(
        498, "Flex tier capacity exceeded. Please try again later.", "capacity_exceeded", "flex_tier_capacity_exceeded"
    ),
    "overloaded": openai_error(
        503,
        "The model {model} is over capacity. Please try again and back off exponentially.",
        "internal_server_error",
        "service_unavailable",
    ),
    "rate": openai_error(
        429,
        "Rate limit reached for model `{model}` in organization `org_01jzoozoozoo` service tier `on_demand` on requests per "
        "minute "
        "(RPM): Limit 30, Used 30, Requested 1. Please try again in 2s.",
        "requests",
        "rate_limit_exceeded",
        headers=(("retry-after", "2"),),
    ),
    "daily": openai_error(
        429,
        "Rate limit reached for model `{model}` in organization `org_01jzoozoozoo` service tier `on_demand` on tokens per day "
        "(TPD): Limit 500000, Used 499990, Requested 120. Please try again in 7h12m.",
        "tokens",
        "rate_limit_exceeded",
        headers=(("retry-after", "25920"),),
    ),
    "bad_key": openai_error(401, "Invalid API Key", "invalid_request_error", "invalid_api_key"),
    "unknown_model": openai_error(
        404, "The model `{model}` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"
    ),
    "retired": openai_error(
        400,
        "The model `{model}` has been decommissioned and is no longer supported. Please refer to the documentation for a "
        "recommendation on which model to use instead.",
        "invalid_request_error",
        "model_decommissioned",
    ),
    "parameter": openai_error(400, "{detail}", "invalid_request_error"),
    "suspended": openai_error(
        400,
        "Organization has been restricted. Please reach out to support if you believe this was in error.",
        "invalid_request_error",
        "organization_restricted",
    ),
    "server_error": openai_error(500, "Internal Server Error", "internal_server_error"),
}

_KNOWN_WORDS: Final = (
    "model messages stream stream_options max_tokens max_completion_tokens temperature top_p n stop seed user tools "
    "tool_choice parallel_tool_calls response_format reasoning_effort reasoning_format include_reasoning service_tier "
    "presence_penalty frequency_penalty logprobs top_logprobs logit_bias metadata "
)
_KNOWN: Final = frozenset(_KNOWN_WORDS.split())


def _entry(species: Species) -> dict[str, object]:
    return {
        "id": species.id,
        "object": "model",
        "created": species.created,
        "owned_by": species.owner,
        "active": True,
        "context_window": species.context,
        "public_apps": None,
        "max_completion_tokens": 16_384,
    }


GROQ: Final = SimulatedVendor(
    prefix="groq",
    title="Groq",
    bases=("openai/v1",),
    species=(
        Species(
            id="moonshotai/kimi-k2-instruct-0905",
            name="Kimi K2 0905",
            owner="Moonshot AI",
            first_content_s=0.18,
            tokens_per_s=300,
            rules=(Rule(parameter="reasoning_effort", says="`reasoning_effort` is not supported with this model"),),
        ),
        Species(
            id="openai/gpt-oss-120b",
            name="GPT-OSS 120B",
            owner="OpenAI",
            thinking=Thinking.ALWAYS,
            first_content_s=0.15,
            tokens_per_s=500,
            context=131_072,
        ),
        Species(
            id="llama-3.3-70b-versatile",
            name="Llama 3.3 70B",
            owner="Meta",
            first_content_s=0.12,
            tokens_per_s=280,
            context=131_072,
        ),
        Species(id="moonshotai/kimi-k2-instruct", name="Kimi K2", owner="Moonshot AI", retired=True),
    ),
    refusals=_WORDS,
    entry=_entry,
    reasoning_field="reasoning",
    headers=(
        ("x-ratelimit-limit-requests", "14400"),
        ("x-ratelimit-remaining-requests", "14370"),
        ("x-ratelimit-reset-requests", "2m59s"),
        ("x-ratelimit-limit-tokens", "18000"),
        ("x-ratelimit-remaining-tokens", "17900"),
        ("x-ratelimit-reset-tokens", "330ms"),
    ),
    parameter_words="property '{parameter}' is unsupported",
    known_parameters=_KNOWN,
)
