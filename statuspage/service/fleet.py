"""Which models and providers people may name, and what they are told when they name another."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from statuspage.domain.errors import UnknownNameError
from statuspage.domain.model import nearest
from statuspage.domain.plan import Plan


class Fleet(NamedTuple):
    """The watched models: the provider of each key, the keys that readers may see, and today's key of each earlier one."""

    providers: Mapping[str, str]
    public: frozenset[str]
    renamed: Mapping[str, str] = {}

    def today(self, plan: Plan) -> Plan:
        """The plan under the keys of today."""
        if not any(key in self.renamed for key in plan.models):
            return plan
        return msgspec.structs.replace(plan, models=tuple(dict.fromkeys(self.renamed.get(key, key) for key in plan.models)))

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
