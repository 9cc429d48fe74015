"""Together: its list is a bare array, and 503 is its word for overload at or below your rate."""

from typing import Final

from statuspage.zoo.refusal import Refusal, openai_error
from statuspage.zoo.species import Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor

_WORDS: Final[dict[str, Refusal]] = {
    "overloaded": openai_error(
        503,
        "The server is currently overloaded with requests for {model}. Please try again later.",
        "service_unavailable",
        "engine_overloaded",
    ),
    "rate": openai_error(
        429,
        "You have reached the dynamic rate limit of this model. Please slow down.",
        "rate_limit",
        "rate_limit_exceeded",
        headers=(("x-ratelimit-limit", "10"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "2"), ("Retry-After", "2")),
    ),
    "payment": openai_error(
        402, "Credit limit exceeded, please navigate to your billing settings to add credits.", "credit_limit"
    ),
    "quota": openai_error(402, "You have reached the monthly spending limit of your account.", "credit_limit"),
    "bad_key": openai_error(
        401, "Invalid API key provided. You can find your API key in your settings.", "invalid_request_error", "invalid_api_key"
    ),
    "context_length": openai_error(
        403, "The input token count plus max_tokens exceeds the context length of this model.", "invalid_request_error"
    ),
    "unknown_model": openai_error(
        404,
        "Unable to access model {model}. Please visit our model list to see what is available.",
        "invalid_request_error",
        "model_not_available",
    ),
    "retired": openai_error(
        404, "The model {model} has been deprecated. Please choose another model.", "invalid_request_error", "model_deprecated"
    ),
}


def _entry(species: Species) -> dict[str, object]:
    return {
        "id": species.id,
        "object": "model",
        "created": species.created,
        "type": "chat",
        "running": False,
        "display_name": species.title,
        "organization": species.owner,
        "context_length": species.context,
        "pricing": {"hourly": 0, "input": species.price_input, "output": species.price_output, "base": 0, "finetune": 0},
    }


def _bare(entries: list[dict[str, object]]) -> object:
    return entries


TOGETHER: Final = SimulatedVendor(
    prefix="together",
    title="Together",
    bases=("v1",),
    species=(
        Species(
            id="moonshotai/Kimi-K3",
            name="Kimi K3",
            owner="Moonshot AI",
            price_input=3.0,
            price_output=15.0,
            thinking=Thinking.ALWAYS,
            first_content_s=0.5,
        ),
        Species(id="deepseek-ai/DeepSeek-V3.1", name="DeepSeek V3.1", owner="DeepSeek", price_input=0.6, price_output=1.7),
        Species(
            id="meta-llama/Llama-3.3-70B-Instruct-Turbo",
            name="Llama 3.3 70B",
            owner="Meta",
            price_input=0.88,
            price_output=0.88,
            first_content_s=0.25,
            context=131_072,
        ),
        Species(id="moonshotai/Kimi-K2.6", name="Kimi K2.6", owner="Moonshot AI", retired=True),
    ),
    refusals=_WORDS,
    entry=_entry,
    listing=_bare,
    reasoning_field="reasoning",
    headers=(("x-ratelimit-limit", "10"), ("x-ratelimit-remaining", "9"), ("x-tokenlimit-limit", "3000")),
)
