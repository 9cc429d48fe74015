"""Models that a vendor lists and the configuration asks to add."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

import structlog
from msgspec.structs import replace

from statuspage.config.fleet import Config, Model, Provider
from statuspage.config.names import display_name, has_control
from statuspage.domain.catalog import CatalogEntry
from statuspage.domain.model import MAX_ID_CHARS

log = structlog.get_logger()


def discovered(config: Config, provider: Provider, entries: Iterable[CatalogEntry]) -> tuple[Model, ...]:
    """The models to add to this configuration, by id: they inherit as a short entry of the provider would.

    Left out is what the patterns leave out, what does not answer in text, what is an alias of a configured model, and an id
    that would make an address twice.
    """
    wanted = provider.discover
    if wanted is None:
        return ()
    taken = {model.slug: model.key for model in config.models}
    continued = {alias for model in config.models for alias in model.aliases}
    template = config.templates.get(provider.name, Model(provider=provider.name, id="", name=""))
    found = []
    for entry in sorted(entries, key=lambda each: each.id):
        if not _matches(entry.id, wanted.include) or _matches(entry.id, wanted.exclude) or entry.chat is False:
            continue
        if len(entry.id) >= MAX_ID_CHARS or not entry.id.strip() or has_control(entry.id):
            continue
        name = display_name(entry.name or entry.id) or entry.id
        model = replace(template, id=entry.id, name=name)
        if model.key in continued:
            continue
        if model.slug in taken:
            if taken[model.slug] != model.key:
                log.warning("a listed model is not added: its address is taken", model=model.key, by=taken[model.slug])
            continue
        taken[model.slug] = model.key
        found.append(model)
    return tuple(found)


def _matches(model_id: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(model_id, pattern) for pattern in patterns)
