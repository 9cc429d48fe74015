"""OpenAI: tells a rate limit from a quota by code; reasoning models refuse old parameters."""

from typing import Final

from statuspage.zoo.refusal import Refusal, openai_error
from statuspage.zoo.species import Rule, Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor

_WORDS: Final[dict[str, Refusal]] = {
    "overloaded": openai_error(
        503,
        "The server is overloaded or not ready yet. Please try again later.",
        "server_error",
        "server_is_overloaded",
        whole_shape=True,
    ),
    "slow_down": openai_error(
        429, "We are experiencing high demand. Please slow down.", "slow_down", "slow_down", whole_shape=True
    ),
    "quota": openai_error(
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota",
        whole_shape=True,
    ),
    "spend_limit": openai_error(
        429,
        "You have reached the spend limit of this project.",
        "insufficient_quota",
        "project_spend_limit_exceeded",
        whole_shape=True,
    ),
    "credit_too_low": openai_error(
        429, "Your credit balance is exhausted.", "insufficient_quota", "credit_balance_exhausted", whole_shape=True
    ),
    "rate": openai_error(
        429,
        "Rate limit reached for {model} in organization org-zooZOOzooZOO on requests per min (RPM): Limit 500, Used 500, "
        "Requested 1. Please try again in 1.2s.",
        "requests",
        "rate_limit_exceeded",
        whole_shape=True,
        headers=(
            ("Retry-After", "2"),
            ("x-ratelimit-limit-requests", "500"),
            ("x-ratelimit-remaining-requests", "0"),
            ("x-ratelimit-reset-requests", "1.2s"),
        ),
    ),
    "daily": openai_error(
        429,
        "Rate limit reached for {model} in organization org-zooZOOzooZOO on requests per day (RPD): Limit 10000, Used 10000. "
        "Please try again tomorrow.",
        "requests",
        "rate_limit_exceeded",
        whole_shape=True,
    ),
    "bad_key": openai_error(
        401,
        "Incorrect API key provided: sk-zoo0***********************************zoo9. You can find your API key in your settings.",
        "invalid_request_error",
        "invalid_api_key",
        whole_shape=True,
    ),
    "unknown_model": openai_error(
        404,
        "The model `{model}` does not exist or you do not have access to it.",
        "invalid_request_error",
        "model_not_found",
        whole_shape=True,
    ),
    "retired": openai_error(
        404,
        "The model `{model}` has been deprecated and can no longer be used.",
        "invalid_request_error",
        "model_deprecated",
        whole_shape=True,
    ),
    "parameter": openai_error(
        400, "{detail}", "invalid_request_error", "unsupported_parameter", param="{parameter}", whole_shape=True
    ),
    "unknown_parameter": openai_error(
        400, "Unrecognized request argument supplied: {parameter}", "invalid_request_error", whole_shape=True
    ),
    "server_error": openai_error(
        500, "The server had an error while processing your request. Sorry about that!", "server_error", whole_shape=True
    ),
}

_KNOWN_WORDS: Final = (
    "model messages stream stream_options max_tokens max_completion_tokens temperature top_p n stop seed user tools "
    "tool_choice parallel_tool_calls response_format reasoning_effort verbosity service_tier store metadata "
    "presence_penalty frequency_penalty logprobs top_logprobs logit_bias safety_identifier prompt_cache_key "
)
_KNOWN: Final = frozenset(_KNOWN_WORDS.split())
_REASONING_RULES: Final = (
    Rule(
        parameter="max_tokens",
        says="Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    ),
    Rule(
        parameter="temperature",
        allowed=(1,),
        says="Unsupported value: 'temperature' does not support {value} with this model. "
        "Only the default (1) value is supported.",
    ),
)


def _entry(species: Species) -> dict[str, object]:
    return {"id": species.id, "object": "model", "created": species.created, "owned_by": species.owner}


OPENAI: Final = SimulatedVendor(
    prefix="openai",
    title="OpenAI",
    bases=("v1",),
    species=(
        Species(
            id="gpt-5.2",
            name="GPT-5.2",
            owner="openai",
            price_input=1.75,
            price_output=14.0,
            thinking=Thinking.ALWAYS,
            first_content_s=0.7,
            rules=_REASONING_RULES,
            context=400_000,
        ),
        Species(
            id="gpt-5-mini",
            name="GPT-5 mini",
            owner="openai",
            price_input=0.25,
            price_output=2.0,
            thinking=Thinking.ALWAYS,
            first_content_s=0.5,
            rules=_REASONING_RULES,
            context=400_000,
        ),
        Species(id="gpt-4.1", name="GPT-4.1", owner="openai", price_input=2.0, price_output=8.0, context=1_047_576),
        Species(
            id="gpt-4o-mini",
            name="GPT-4o mini",
            owner="openai",
            price_input=0.15,
            price_output=0.6,
            first_content_s=0.3,
            context=128_000,
        ),
        Species(id="gpt-4-32k", owner="openai", retired=True),
    ),
    refusals=_WORDS,
    entry=_entry,
    reasoning_field="",
    headers=(("openai-processing-ms", "212"), ("x-ratelimit-limit-requests", "500"), ("x-ratelimit-remaining-requests", "499")),
    known_parameters=_KNOWN,
)
