"""The demo's models: a believable fleet, in which some have a part to play."""

from enum import Enum
from typing import Final

import msgspec

from statuspage.domain.model import model_key, slug_of
from statuspage.zoo.species import Species
from statuspage.zoo.vendors.registry import SIMULATED


class Part(Enum):
    """What a model of the demo is there to show."""

    HEALTHY = "healthy"
    DOWN = "down"
    """In a long outage: the open incident."""
    BROKE = "broke"
    """Our account there is out of quota: grey."""
    RETIRED = "retired"
    MAINTENANCE = "maintenance"
    YOUNG = "young"
    """First seen twelve days ago."""


class DemoModel(msgspec.Struct, frozen=True, kw_only=True):
    """One model of the demo; the provider is named like its prefix in the zoo."""

    provider: str
    species: Species
    part: Part = Part.HEALTHY
    name: str
    fallback: str | None = None

    @property
    def key(self) -> str:
        """`provider/model-id`."""
        return model_key(self.provider, self.species.id)

    @property
    def slug(self) -> str:
        """The key as an address."""
        return slug_of(self.key)


_FIREWORKS: Final = "accounts/fireworks/models/"
_ROWS: Final[tuple[tuple[str, str, Part, str | None], ...]] = (
    ("moonshot", "kimi-k3", Part.HEALTHY, "moonshot/kimi-k2.6"),
    ("openrouter", "moonshotai/kimi-k2.6", Part.DOWN, "moonshot/kimi-k2.6"),
    ("moonshot-cn", "kimi-k2.6", Part.BROKE, "moonshot/kimi-k2.6"),
    ("openrouter", "moonshotai/kimi-k2-thinking", Part.RETIRED, "moonshot/kimi-k3"),
    ("moonshot", "kimi-k2.6", Part.HEALTHY, None),
    ("groq", "moonshotai/kimi-k2-instruct-0905", Part.HEALTHY, "moonshot/kimi-k2.6"),
    ("fireworks", f"{_FIREWORKS}kimi-k2p6", Part.MAINTENANCE, "moonshot/kimi-k2.6"),
    ("moonshot", "kimi-k3.1-pro", Part.YOUNG, "moonshot/kimi-k3"),
    ("moonshot", "kimi-k2.7-code", Part.HEALTHY, "openrouter/moonshotai/kimi-k2.7-code"),
    ("openrouter", "moonshotai/kimi-k3", Part.HEALTHY, "moonshot/kimi-k3"),
    ("openrouter", "moonshotai/kimi-k2.7-code", Part.HEALTHY, "moonshot/kimi-k2.7-code"),
    ("together", "moonshotai/Kimi-K3", Part.HEALTHY, "moonshot/kimi-k3"),
    ("fireworks", f"{_FIREWORKS}kimi-k3", Part.HEALTHY, "moonshot/kimi-k3"),
    ("deepseek", "deepseek-chat", Part.HEALTHY, None),
    ("deepseek", "deepseek-reasoner", Part.HEALTHY, "deepseek/deepseek-chat"),
    ("openai", "gpt-5.2", Part.HEALTHY, "openai/gpt-5-mini"),
    ("openai", "gpt-5-mini", Part.HEALTHY, None),
    ("anthropic", "claude-sonnet-4-5", Part.HEALTHY, "anthropic/claude-haiku-4-5"),
    ("anthropic", "claude-haiku-4-5", Part.HEALTHY, None),
    ("groq", "openai/gpt-oss-120b", Part.HEALTHY, None),
)
"""Provider, model, part, what to use instead; the parts come first, so that a small demo still shows them."""
DEFAULT_SIZE: Final = len(_ROWS)
MAX_SIZE: Final = 10_000


def demo_models(count: int = DEFAULT_SIZE) -> tuple[DemoModel, ...]:
    """So many models; beyond the default size they are numbered copies of the healthy ones."""
    if not 1 <= count <= MAX_SIZE:
        raise ValueError(f"the demo has from 1 to {MAX_SIZE} models, not {count}")
    chosen = _ROWS[:count]
    keys = {model_key(provider, model_id) for provider, model_id, _, _ in chosen}
    models = [
        _model(provider, model_id, part, fallback if fallback in keys else None) for provider, model_id, part, fallback in chosen
    ]
    healthy = [model for model in models if model.part is Part.HEALTHY]
    return (*models, *(_copy(healthy[at % len(healthy)], at + 1) for at in range(count - len(models))))


def species_of(provider: str, model_id: str) -> Species:
    """The simulated model of that id. Raises `StopIteration` for an id that the zoo does not have."""
    return next(species for species in SIMULATED[provider].species if species.id == model_id)


def _model(provider: str, model_id: str, part: Part, fallback: str | None) -> DemoModel:
    species = species_of(provider, model_id)
    return DemoModel(provider=provider, species=species, part=part, name=species.title.rpartition(": ")[2], fallback=fallback)


def _copy(model: DemoModel, number: int) -> DemoModel:
    species = msgspec.structs.replace(model.species, id=f"{model.species.id}-{number:04d}")
    return msgspec.structs.replace(model, species=species, name=f"{model.name} #{number:04d}")
