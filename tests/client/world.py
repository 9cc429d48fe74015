"""Chains over the zoo, on a clock that is moved by hand."""

from collections.abc import Sequence
from typing import Any

from statuspage.client import Chain, Provider, Secret
from statuspage.client.call import CallRecord
from statuspage.zoo.zoo import Zoo
from tests.service.world import HandClock

KEY = "sk-zoo-PLANTED-0123456789"
K3, K26, ROUTED, CLAUDE = (
    "moonshot/kimi-k3",
    "moonshot/kimi-k2.6",
    "openrouter/moonshotai/kimi-k2.6",
    "anthropic/claude-sonnet-4-5",
)


class Told:
    """A chain and every record that it made; `chance` is always the middle."""

    def __init__(self, zoo: Zoo, models: Sequence[str], key: str = KEY, **options: Any) -> None:  # noqa: ANN401 - those of `Chain`
        names = dict.fromkeys(model.partition("/")[0] for model in models)
        providers = {
            name: Provider(vendor=name, base_url=zoo.url(name), api_key=Secret(key), allow_private=True) for name in names
        }
        self.clock = HandClock()
        options.setdefault("clock", self.clock)
        self.records: list[CallRecord] = []
        self.chain = Chain(
            models,
            providers=options.pop("providers", providers),
            on_call=self.records.append,
            chance=lambda: 0.5,
            **options,
        )

    @property
    def classes(self) -> list[tuple[str, str]]:
        return [(record.model, record.class_name) for record in self.records]
