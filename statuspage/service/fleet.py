"""Which models and providers people may name, and what they are told when they name another."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from statuspage.domain.errors import UnknownNameError
from statuspage.domain.model import nearest


class Fleet(NamedTuple):
    """The watched models: the provider of each key, and the keys that readers may see."""

    providers: Mapping[str, str]
    public: frozenset[str]

    def check_models(self, keys: Iterable[str]) -> None:
        """Raises `UnknownNameError` for the first key that nobody watches."""
        for key in keys:
            if key not in self.providers:
                raise UnknownNameError("model", key, nearest(key, self.providers))

    def check_providers(self, names: Iterable[str]) -> None:
        """Raises `UnknownNameError` for the first provider that there is not."""
        known = set(self.providers.values())
        for name in names:
            if name not in known:
                raise UnknownNameError("provider", name, nearest(name, sorted(known)))

    def group(self, keys: Iterable[str]) -> str:
        """The provider of all these models, empty where there is none or several."""
        found = {self.providers[key] for key in keys if key in self.providers}
        return found.pop() if len(found) == 1 else ""

    def hidden(self, keys: Iterable[str]) -> bool:
        """Whether something concerns models that readers may not see, and no others."""
        named = list(keys)
        return bool(named) and self.public.isdisjoint(named)
