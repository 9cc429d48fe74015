"""Fireworks: long model paths, and 412 for a suspended account."""

from typing import Final

from statuspage.zoo.refusal import Refusal, openai_error
from statuspage.zoo.species import Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor

_SUSPENDED: Final = openai_error(
    412,
    "Account zoo-zoo1 is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.",
    "error",
    "PRECONDITION_FAILED",
)
_WORDS: Final[dict[str, Refusal]] = {
    "overloaded": openai_error(
        503, "The service is currently overloaded, please try again later", "error", "SERVICE_UNAVAILABLE"
    ),
    "suspended": _SUSPENDED,
    "quota": _SUSPENDED,
    "payment": openai_error(402, "Payment required: add a payment method to go on", "error", "PAYMENT_REQUIRED"),
    "rate": openai_error(
        429,
        "Request didn't generate first token before the given deadline: rate limit exceeded, please try again later",
        "error",
        "RATE_LIMIT_EXCEEDED",
        headers=(("x-ratelimit-limit-requests", "600"), ("Retry-After", "2")),
    ),
    "bad_key": openai_error(401, "The API key you provided is invalid.", "error", "UNAUTHORIZED"),
    "unknown_model": openai_error(404, "Model not found, inaccessible, and/or not deployed", "error", "NOT_FOUND"),
    "server_error": openai_error(500, "Internal server error", "error", "INTERNAL_SERVER_ERROR"),
}


def _entry(species: Species) -> dict[str, object]:
    return {
        "id": species.id,
        "object": "model",
        "owned_by": species.owner,
        "created": species.created,
        "kind": "HF_BASE_MODEL",
        "supports_chat": True,
        "supports_image_input": "vision" in species.abilities,
        "supports_tools": "tools" in species.abilities,
        "context_length": species.context,
    }


def _path(name: str) -> str:
    return f"accounts/fireworks/models/{name}"


FIREWORKS: Final = SimulatedVendor(
    prefix="fireworks",
    title="Fireworks",
    bases=("inference/v1",),
    species=(
        Species(
            id=_path("kimi-k3"), name="Kimi K3", owner="fireworks", price_input=3.0, price_output=15.0, thinking=Thinking.ALWAYS
        ),
        Species(id=_path("kimi-k2p6"), name="Kimi K2.6", owner="fireworks", price_input=0.95, price_output=4.0),
        Species(id=_path("deepseek-v3p2"), name="DeepSeek V3.2", owner="fireworks", price_input=0.56, price_output=1.68),
        Species(id=_path("kimi-k2-thinking"), name="Kimi K2 Thinking", owner="fireworks", retired=True),
    ),
    refusals=_WORDS,
    entry=_entry,
)
