"""Anthropic: its own dialect, 529 for overload, errors that may come in mid-stream."""

from typing import Final

from statuspage.zoo.species import Rule, Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor, created_at

_KNOWN_WORDS: Final = (
    "model messages stream max_tokens system temperature top_p top_k stop_sequences metadata tools tool_choice thinking "
    "service_tier output_config container context_management mcp_servers "
)
_KNOWN: Final = frozenset(_KNOWN_WORDS.split())
_TEMPERATURE: Final = Rule(
    parameter="temperature", allowed=(1,), while_thinking=True, says="`temperature` may only be set to 1 when thinking is enabled"
)


def _claude(
    model_id: str, title: str, price_input: float, price_output: float, first_content_s: float, *, retired: bool = False
) -> Species:
    return Species(
        id=model_id, name=title, owner="anthropic", price_input=price_input, price_output=price_output, context=200_000,
        thinking=Thinking.ON_REQUEST, first_content_s=first_content_s, rules=(_TEMPERATURE,), abilities=("tools", "vision"),
        retired=retired,
    )  # fmt: skip


CLAUDE: Final = (
    _claude("claude-opus-4-5", "Claude Opus 4.5", 5.0, 25.0, 0.9),
    _claude("claude-sonnet-4-5", "Claude Sonnet 4.5", 3.0, 15.0, 0.6),
    _claude("claude-haiku-4-5", "Claude Haiku 4.5", 1.0, 5.0, 0.35),
    _claude("claude-3-5-sonnet-20241022", "Claude Sonnet 3.5", 3.0, 15.0, 0.6, retired=True),
)


def entry(species: Species) -> dict[str, object]:
    """One element of Anthropic's list of models."""
    return {"type": "model", "id": species.id, "display_name": species.title, "created_at": created_at(species)}


def listing(entries: list[dict[str, object]]) -> object:
    """Anthropic's list shape: paged, with its ends named."""
    ids = [each["id"] for each in entries]
    return {"data": entries, "has_more": False, "first_id": ids[0] if ids else None, "last_id": ids[-1] if ids else None}


ANTHROPIC: Final = SimulatedVendor(
    prefix="anthropic",
    title="Anthropic",
    bases=("v1",),
    shown_base="",
    dialect="anthropic",
    species=CLAUDE,
    refusals={},
    entry=entry,
    listing=listing,
    keep_alive=b'event: ping\ndata: {"type": "ping"}\n\n',
    request_id_header="request-id",
    headers=(("anthropic-ratelimit-requests-limit", "50"), ("anthropic-ratelimit-requests-remaining", "49")),
    call_id="toolu_{hash}",
    parameter_words="{parameter}: Extra inputs are not permitted",
    known_parameters=_KNOWN,
)
