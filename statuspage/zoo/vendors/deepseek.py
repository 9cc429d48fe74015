"""DeepSeek: served with and without `/v1`; 402 when the balance is gone."""

from typing import Final

from statuspage.zoo.account import Account
from statuspage.zoo.refusal import Refusal, openai_error
from statuspage.zoo.species import Rule, Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor

_WORDS: Final[dict[str, Refusal]] = {
    "overloaded": openai_error(
        503,
        "Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.",
        "service_unavailable_error",
    ),
    "payment": openai_error(402, "Insufficient Balance", "unknown_error", "invalid_request_error", whole_shape=True),
    "quota": openai_error(402, "Insufficient Balance", "unknown_error", "invalid_request_error", whole_shape=True),
    "rate": openai_error(429, "Rate limit reached: you are sending requests too quickly.", "rate_limit_error"),
    "bad_key": openai_error(
        401,
        "Authentication Fails, Your api key: ****zoo0 is invalid",
        "authentication_error",
        "invalid_request_error",
        whole_shape=True,
    ),
    "unknown_model": openai_error(400, "Model Not Exist", "invalid_request_error", "invalid_request_error", whole_shape=True),
    "parameter": openai_error(422, "{detail}", "invalid_request_error", "invalid_request_error", whole_shape=True),
    "server_error": openai_error(500, "Internal Server Error", "internal_server_error"),
}


def _entry(species: Species) -> dict[str, object]:
    return {"id": species.id, "object": "model", "owned_by": species.owner}


def _balance(account: Account) -> object:
    total = "0.00" if account.broke else "21.37"
    info = {"currency": "USD", "total_balance": total, "granted_balance": "0.00", "topped_up_balance": total}
    return {"is_available": not account.broke, "balance_infos": [info]}


DEEPSEEK: Final = SimulatedVendor(
    prefix="deepseek",
    title="DeepSeek",
    bases=("v1", ""),
    species=(
        Species(
            id="deepseek-chat",
            name="DeepSeek Chat",
            owner="deepseek",
            price_input=0.28,
            price_output=0.42,
            first_content_s=0.6,
            context=131_072,
        ),
        Species(
            id="deepseek-reasoner",
            name="DeepSeek Reasoner",
            owner="deepseek",
            price_input=0.28,
            price_output=0.42,
            thinking=Thinking.ALWAYS,
            first_content_s=0.8,
            context=131_072,
            rules=(Rule(parameter="logprobs", says="deepseek-reasoner does not support logprobs"),),
        ),
    ),
    refusals=_WORDS,
    entry=_entry,
    parameter_words="Failed to deserialize the JSON body into the target type: unknown field `{parameter}`",
    balances={"user/balance": _balance},
)
