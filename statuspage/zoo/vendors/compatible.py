"""Self-hosted servers in either dialect: every model id is served, a key is optional."""

from typing import Final

from statuspage.zoo.species import Rule, Species, Thinking
from statuspage.zoo.vendor import SimulatedVendor
from statuspage.zoo.vendors.anthropic import entry as anthropic_entry
from statuspage.zoo.vendors.anthropic import listing as anthropic_listing


def _entry(species: Species) -> dict[str, object]:
    return {
        "id": species.id,
        "object": "model",
        "created": species.created,
        "owned_by": species.owner,
        "max_model_len": species.context,
    }


_STRICT: Final = (
    Rule(
        parameter="max_completion_tokens",
        says="Unsupported parameter: 'max_completion_tokens' is not supported with this model. Use 'max_tokens' instead.",
    ),
    Rule(parameter="stream_options", says="Unsupported parameter: 'stream_options' is not supported with this model."),
)

OPENAI_COMPATIBLE: Final = SimulatedVendor(
    prefix="openai-compatible",
    title="Any OpenAI-compatible server",
    bases=("v1",),
    species=(
        Species(id="local-model", name="Local model", first_content_s=0.2),
        Species(id="local-thinker", name="Local thinker", thinking=Thinking.TOGGLE, first_content_s=0.3),
        Species(id="strict-model", name="Strict model", rules=_STRICT, first_content_s=0.2),
    ),
    refusals={},
    entry=_entry,
    any_model=True,
    key_optional=True,
)

ANTHROPIC_COMPATIBLE: Final = SimulatedVendor(
    prefix="anthropic-compatible",
    title="Any Anthropic-compatible server",
    bases=("v1",),
    shown_base="",
    dialect="anthropic",
    species=(Species(id="local-model", name="Local model", first_content_s=0.2),),
    refusals={},
    entry=anthropic_entry,
    listing=anthropic_listing,
    any_model=True,
    key_optional=True,
    keep_alive=b'event: ping\ndata: {"type": "ping"}\n\n',
    request_id_header="request-id",
    call_id="toolu_{hash}",
)
