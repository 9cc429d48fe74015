"""OpenRouter: a router; prices as strings, comments that keep the socket warm, errors inside 200."""

from typing import Final

from statuspage.zoo.account import Account
from statuspage.zoo.conditions import THROUGH_A_ROUTER
from statuspage.zoo.refusal import Refusal
from statuspage.zoo.species import Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor


def _kimi(
    name: str, title: str, price_input: float, price_output: float, thinking: Thinking, *, retired: bool = False
) -> Species:
    return Species(
        id=f"moonshotai/{name}",
        name=f"MoonshotAI: {title}",
        owner="moonshotai",
        price_input=price_input,
        price_output=price_output,
        thinking=thinking,
        abilities=("tools", "vision"),
        first_content_s=0.55,
        retired=retired,
    )


_SPECIES: Final = (
    _kimi("kimi-k3", "Kimi K3", 3.0, 15.0, Thinking.ALWAYS),
    _kimi("kimi-k3.1-pro", "Kimi K3.1 Pro", 6.0, 30.0, Thinking.ALWAYS),
    _kimi("kimi-k2.7-code", "Kimi K2.7 Code", 0.72, 3.5, Thinking.ALWAYS),
    _kimi("kimi-k2.6", "Kimi K2.6", 0.55, 3.2, Thinking.ON_REQUEST),
    _kimi("kimi-k2.6:free", "Kimi K2.6 (free)", 0.0, 0.0, Thinking.ON_REQUEST),
    _kimi("kimi-k2-thinking", "Kimi K2 Thinking", 0.47, 2.0, Thinking.ALWAYS, retired=True),
    _kimi("kimi-k2-0905", "Kimi K2 0905", 0.4, 1.9, Thinking.ON_REQUEST, retired=True),
    Species(
        id="~moonshotai/kimi-latest",
        name="MoonshotAI: Kimi Latest",
        owner="moonshotai",
        price_input=3.0,
        price_output=15.0,
        thinking=Thinking.ALWAYS,
        alias_of="moonshotai/kimi-k3",
    ),
    Species(
        id="deepseek/deepseek-v3.2",
        name="DeepSeek: DeepSeek V3.2",
        owner="deepseek",
        price_input=0.26,
        price_output=0.38,
        first_content_s=0.7,
        context=163_840,
        retires_on="2027-03-31",
    ),
    Species(id="qwen/qwen3-max", name="Qwen: Qwen3 Max", owner="qwen", price_input=1.2, price_output=6.0, first_content_s=0.6),
)


def _error(status: int, message: str, **metadata: object) -> Refusal:
    error: dict[str, object] = {"message": message, "code": status}
    if metadata:
        error["metadata"] = metadata
    return Refusal(status, {"error": error, "user_id": "user_2zooZOOzoo"})


_WORDS: Final[dict[str, Refusal]] = THROUGH_A_ROUTER | {
    "overloaded": _error(
        529,
        "Provider returned error",
        error_type="provider_overloaded",
        provider_name="Moonshot AI",
        raw='{"error":{"message":"The engine is currently overloaded, please try again later","type":"engine_overloaded_error"}}',
    ),
    "quota": _error(
        402, "Insufficient credits. Add more using https://openrouter.example/settings/credits", error_type="payment_required"
    ),
    "payment": _error(402, "Insufficient credits. This account never purchased credits.", error_type="payment_required"),
    "suspended": _error(403, "This account is suspended. Contact support.", error_type="authentication"),
    "rate": Refusal(
        429,
        {
            "error": {
                "message": "Rate limit exceeded: limit_rpm/{model}",
                "code": 429,
                "metadata": {"limit_source": "openrouter", "error_type": "rate_limit_exceeded"},
            }
        },
        (("Retry-After", "2"), ("X-RateLimit-Limit", "20"), ("X-RateLimit-Remaining", "0")),
    ),
    "daily": THROUGH_A_ROUTER["free_daily"],
    "bad_key": _error(401, "No auth credentials found", error_type="authentication"),
    "revoked_key": _error(401, "User not found.", error_type="authentication"),
    "auth_outage": _error(401, "Clerk authentication is unavailable", error_type="authentication"),
    "forbidden": _error(403, "Your API key does not have permission to make this request"),
    "region_blocked": _error(
        403,
        "This model is not available in your region.",
        error_type="refusal",
        availability={"code": "region_restricted", "retryable": False},
    ),
    "unknown_model": _error(
        404,
        "{model} is not a valid model ID",
        error_type="not_found",
        availability={"code": "model_not_found", "retryable": False},
    ),
    "retired": _error(
        404,
        "{model} has been deprecated.",
        error_type="not_found",
        availability={"code": "model_deprecated", "retryable": False, "fallback_models": ["moonshotai/kimi-k3"]},
    ),
    "no_endpoints": _error(
        404, "No endpoints found for {model}.", error_type="not_found", availability={"code": "no_endpoints", "retryable": True}
    ),
    "not_entitled": _error(404, "Your account does not have access to {model}.", error_type="not_found"),
    "parameter": _error(
        400,
        "Provider returned error",
        provider_name="Moonshot AI",
        error_type="unmapped",
        raw='{"error":{"message":"{detail}","type":"invalid_request_error"}}',
    ),
    "content_filter": _error(403, "Input was flagged", error_type="refusal", reasons=["violence"], provider_name="Moonshot AI"),
    "context_length": _error(
        400,
        "This endpoint's maximum context length is 8 tokens. However, you requested about 15 tokens.",
        error_type="context_length_exceeded",
    ),
    "server_error": _error(500, "Internal Server Error", error_type="server"),
    "unavailable": _error(503, "Provider returned error", error_type="provider_unavailable", provider_name="Novita"),
    "bad_gateway_json": _error(502, "Provider returned error", error_type="provider_unavailable", provider_name="Novita"),
    "quota_text_in_500": _error(500, "Insufficient credits. Add more to go on."),
}


def _per_token(usd_per_million: float) -> str:
    return f"{usd_per_million / 1e6:.10f}".rstrip("0").rstrip(".")


def _entry(species: Species) -> dict[str, object]:
    thinks = species.thinking is not Thinking.NEVER
    parameters = ["max_tokens", "temperature", "top_p", "stop", "seed", "response_format"]
    if "tools" in species.abilities:
        parameters += ["tools", "tool_choice"]
    if thinks:
        parameters += ["reasoning", "include_reasoning"]
    return {
        "id": species.id,
        "canonical_slug": (species.alias_of or species.id).removesuffix(":free"),
        "name": species.title,
        "created": species.created,
        "description": "A simulated model of the zoo.",
        "context_length": species.context,
        "architecture": {
            "modality": "text->text",
            "input_modalities": ["text"],
            "output_modalities": ["text"],
            "tokenizer": "Other",
        },
        "pricing": {
            "prompt": _per_token(species.price_input),
            "completion": _per_token(species.price_output),
            "input_cache_read": _per_token(species.price_input / 10),
        },
        "top_provider": {"context_length": species.context, "max_completion_tokens": 32_768, "is_moderated": False},
        "per_request_limits": None,
        "supported_parameters": parameters,
        "expiration_date": species.retires_on,
        "alias_target": species.alias_of,
    }


def _key(account: Account) -> object:
    free = account.tier_name == "free"
    return {
        "data": {
            "label": "sk-or-v1-zoo...zoo",
            "limit": 100.0,
            "limit_remaining": 0.0 if account.broke else 57.4,
            "limit_reset": None,
            "usage": 100.0 if account.broke else 42.6,
            "usage_daily": 1.1,
            "usage_weekly": 7.9,
            "usage_monthly": 31.0,
            "is_free_tier": free,
            "is_provisioning_key": False,
            "expires_at": None,
            "budgets": [],
            "free_model_daily_requests": {"limit": 50, "remaining": max(0, 50 - account.today), "used": min(50, account.today)},
            "rate_limit": {"requests": -1, "interval": "10s"},
        }
    }


def _credits(account: Account) -> object:
    return {"data": {"total_credits": 100.0, "total_usage": 100.2 if account.broke else 42.6}}


OPENROUTER: Final = SimulatedVendor(
    prefix="openrouter",
    title="OpenRouter",
    bases=("api/v1",),
    species=_SPECIES,
    refusals=_WORDS,
    entry=_entry,
    listing=lambda entries: {"data": entries},
    balances={"key": _key, "credits": _credits},
    router=True,
    reasoning_field="reasoning",
    keep_alive=b": OPENROUTER PROCESSING\n\n",
    request_id_header="X-Generation-Id",
    served_by="Moonshot AI",
)
