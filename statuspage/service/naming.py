"""Names that tell the same model at two providers apart, where there is no row or heading to do it."""

from collections import Counter

from statuspage.config.fleet import Config


def spoken_names(config: Config) -> dict[str, str]:
    """By key: the model's name, followed by where it is served where several models share it."""
    titles = {provider.name: provider.title for provider in config.providers}
    shared = Counter(model.name for model in config.models)
    return {
        model.key: model.name if shared[model.name] == 1 else f"{model.name} at {titles[model.provider]}"
        for model in config.models
    }
