"""Names that tell the same model at two providers apart, where there is no row or heading to do it."""

from collections import Counter
from typing import NamedTuple

from statuspage.config.fleet import Config
from statuspage.domain.words import Status


class Told(NamedTuple):
    """A model in a sentence about many."""

    name: str
    status: Status
    class_name: str | None


def spoken_names(config: Config) -> dict[str, str]:
    """By key: the model's name, followed by where it is served where several models share it."""
    titles = {provider.name: provider.title for provider in config.providers}
    shared = Counter(model.name for model in config.models)
    return {
        model.key: model.name if shared[model.name] == 1 else f"{model.name} at {titles[model.provider]}"
        for model in config.models
    }
