"""Moonshot's two platforms and Kimi Code: three surfaces with keys of their own."""

from typing import Final

from statuspage.zoo.account import Account
from statuspage.zoo.refusal import Refusal, openai_error
from statuspage.zoo.species import Rule, Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor


def _fixed(parameter: str, value: float, *, while_thinking: bool | None = None) -> Rule:
    return Rule(
        parameter=parameter,
        allowed=(value,),
        while_thinking=while_thinking,
        says=f"invalid {parameter}: only {value:g} is allowed for this model",
    )


_SAMPLING: Final = (_fixed("top_p", 0.95), _fixed("n", 1), _fixed("presence_penalty", 0), _fixed("frequency_penalty", 0))
_ALWAYS_THINKING: Final = (
    _fixed("temperature", 1),
    *_SAMPLING,
    Rule(parameter="reasoning_effort", allowed=("low", "high", "max"), says="invalid reasoning_effort: {value}"),
)
_TOGGLED: Final = (
    _fixed("temperature", 1, while_thinking=True),
    _fixed("temperature", 0.6, while_thinking=False),
    *_SAMPLING,
    Rule(
        parameter="tool_choice",
        allowed=("auto", "none"),
        while_thinking=True,
        says="tool_choice 'specified' is incompatible with thinking enabled",
    ),
)
_VISION: Final = ("tools", "vision")


def _kimi(
    model_id: str,
    title: str,
    price_input: float,
    price_output: float,
    thinking: Thinking,
    first_content_s: float = 0.4,
    *,
    retired: bool = False,
) -> Species:
    return Species(
        id=model_id,
        name=title,
        owner="moonshot",
        price_input=price_input,
        price_output=price_output,
        thinking=thinking,
        rules=_TOGGLED if thinking is Thinking.TOGGLE else _ALWAYS_THINKING,
        first_content_s=first_content_s,
        abilities=_VISION,
        retired=retired,
        context=1_048_576 if model_id.startswith("kimi-k3") else 262_144,
    )


KIMI: Final = (
    _kimi("kimi-k3.1-pro", "Kimi K3.1 Pro", 6.0, 30.0, Thinking.ALWAYS, 0.6),
    _kimi("kimi-k3.1-pro-highspeed", "Kimi K3.1 Pro Highspeed", 12.0, 60.0, Thinking.ALWAYS, 0.3),
    _kimi("kimi-k3", "Kimi K3", 3.0, 15.0, Thinking.ALWAYS, 0.45),
    _kimi("kimi-k2.7-code", "Kimi K2.7 Code", 0.95, 4.0, Thinking.ALWAYS, 0.4),
    _kimi("kimi-k2.7-code-highspeed", "Kimi K2.7 Code Highspeed", 1.9, 8.0, Thinking.ALWAYS, 0.25),
    _kimi("kimi-k2.6", "Kimi K2.6", 0.95, 4.0, Thinking.TOGGLE, 0.35),
    _kimi("kimi-k2.5", "Kimi K2.5", 0.6, 3.0, Thinking.TOGGLE, retired=True),
    _kimi("kimi-k2-thinking", "Kimi K2 Thinking", 0.6, 2.5, Thinking.ALWAYS, retired=True),
    _kimi("kimi-k2-0905-preview", "Kimi K2 0905", 0.6, 2.5, Thinking.TOGGLE, retired=True),
)

WORDS: Final[dict[str, Refusal]] = {
    "overloaded": openai_error(429, "The engine is currently overloaded, please try again later", "engine_overloaded_error"),
    "quota": openai_error(
        429,
        "Your account org-4f6a1c0d8e2b4f67 <ak-fc2g5zoo9r1111> is suspended due to insufficient balance, please recharge your "
        "account or check your plan and billing details",
        "exceeded_current_quota_error",
    ),
    "token_quota": openai_error(
        429,
        "You exceeded your current token quota: <org-4f6a1c0d8e2b4f67> 1500000, please check your account balance",
        "exceeded_current_quota_error",
    ),
    "rate": openai_error(
        429,
        "Your account org-4f6a1c0d8e2b4f67 <ak-fc2g5zoo9r1111> request reached organization max RPM: {limit}, please try again "
        "after {wait} seconds",
        "rate_limit_reached_error",
    ),
    "concurrency": openai_error(
        429,
        "Your account org-4f6a1c0d8e2b4f67 <ak-fc2g5zoo9r1111> request reached organization max concurrency: {limit}, please "
        "try again after {wait} seconds",
        "rate_limit_reached_error",
    ),
    "tpm": openai_error(
        429,
        "Your account org-4f6a1c0d8e2b4f67 <ak-fc2g5zoo9r1111> request reached organization TPM rate limit, current:500321, "
        "limit:500000",
        "rate_limit_reached_error",
    ),
    "daily": openai_error(
        429,
        "Your account org-4f6a1c0d8e2b4f67 <ak-fc2g5zoo9r1111> request reached organization TPD rate limit, current:1500210, "
        "limit:1500000",
        "rate_limit_reached_error",
    ),
    "bad_key": openai_error(401, "Incorrect API key provided", "incorrect_api_key_error"),
    "wrong_region": openai_error(401, "Invalid Authentication", "invalid_authentication_error"),
    "revoked_key": openai_error(401, "Invalid Authentication", "invalid_authentication_error"),
    "auth_outage": openai_error(401, "Invalid Authentication", "invalid_authentication_error"),
    "forbidden": openai_error(403, "Your IP address is not allowed to access this resource", "permission_denied_error"),
    "unknown_model": openai_error(404, "Not found the model {model} or Permission denied", "resource_not_found_error"),
    "parameter": openai_error(400, "{detail}", "invalid_request_error"),
    "content_filter": openai_error(400, "The request was rejected because it was considered high risk", "content_filter"),
    "context_length": openai_error(400, "Invalid request: Your request exceeded model token limit: 8", "invalid_request_error"),
    "server_error": openai_error(500, "invalid state transition", "unexpected_output"),
    "unavailable": openai_error(503, "The server is unavailable, please try again later", "server_unavailable"),
    "quota_text_in_500": openai_error(500, "You exceeded your current token quota, please check your balance", "server_error"),
    "closed": openai_error(499, "client closed request", "client_closed_request"),
    "suspended": openai_error(
        429,
        "Your account org-4f6a1c0d8e2b4f67 <ak-fc2g5zoo9r1111> is suspended, please check your plan and billing details",
        "exceeded_current_quota_error",
    ),
}


def _entry(species: Species) -> dict[str, object]:
    return {
        "id": species.id,
        "object": "model",
        "created": species.created,
        "owned_by": species.owner,
        "context_length": species.context,
        "supports_image_in": "vision" in species.abilities,
        "supports_video_in": "vision" in species.abilities,
        "supports_reasoning": species.thinking is not Thinking.NEVER,
    }


def _balance(account: Account) -> object:
    available, cash = (-0.42, -0.42) if account.broke else (48.63, 45.63)
    return {
        "code": 0,
        "data": {"available_balance": available, "voucher_balance": 0.0 if account.broke else 3.0, "cash_balance": cash},
        "scode": "0x0",
        "status": True,
    }


def _platform(prefix: str, title: str, foreign: tuple[str, ...], siblings: tuple[str, ...]) -> SimulatedVendor:
    return SimulatedVendor(
        prefix=prefix,
        title=title,
        bases=("v1", "anthropic/v1"),
        species=KIMI,
        refusals=WORDS,
        entry=_entry,
        balances={"users/me/balance": _balance},
        foreign_regions=foreign,
        siblings=siblings,
        choice_usage=True,
        wants_reasoning_back=True,
        request_id_header="Msh-Request-Id",
        headers=(("X-Msh-Trace-Id", "zoo"), ("Msh-Gid", "zoo")),
        call_id="functions.{name}:{at}",
    )


MOONSHOT: Final = _platform("moonshot", "Moonshot (global)", ("cn", "kimi"), ("moonshot-cn", "kimi-code"))
MOONSHOT_CN: Final = _platform("moonshot-cn", "Moonshot (China)", ("ai", "kimi"), ("moonshot", "kimi-code"))

_NO_TEMPERATURE: Final = Rule(parameter="temperature", says="temperature is not allowed for this model")
KIMI_CODE: Final = SimulatedVendor(
    prefix="kimi-code",
    title="Kimi Code",
    bases=("coding/v1", "v1"),
    species=(
        Species(
            id="kimi-for-coding", name="Kimi for Coding", owner="moonshot", thinking=Thinking.ALWAYS, rules=(_NO_TEMPERATURE,)
        ),
        Species(id="k3", name="K3", owner="moonshot", thinking=Thinking.ALWAYS, rules=(_NO_TEMPERATURE,)),
    ),
    refusals=WORDS
    | {
        "payment": openai_error(402, "Your membership has expired. Renew it to go on.", "membership_expired"),
        "quota": openai_error(403, "You've reached your usage limit for this billing cycle.", "access_terminated_error"),
    },
    entry=_entry,
    foreign_regions=("ai", "cn"),
    siblings=("moonshot", "moonshot-cn"),
    choice_usage=True,
    wants_reasoning_back=True,
    request_id_header="Msh-Request-Id",
    call_id="functions.{name}:{at}",
)
