"""Which models one vendor has and lists at the moment."""

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import Final

import msgspec

from statuspage.zoo.alteration import Alteration
from statuspage.zoo.fault import MODEL_PREFIX, fault_of_model
from statuspage.zoo.rows.row import Row
from statuspage.zoo.species import Rule, Species
from statuspage.zoo.vendor import SimulatedVendor

_NUMBERED: Final = re.compile(r"^(.+)-\d{4}$")
_REFUSES: Final = "refuses-"


class Shelf:
    """The models of one vendor.

    Beside its own it serves numbered copies of them (`kimi-k3-0017`) for large fleets, and `refuses-<parameter>`.
    A `fault-…` id whose row says that it is listed appears in `/models` once it has been asked for.
    """

    def __init__(self, vendor: SimulatedVendor) -> None:
        self._vendor = vendor
        self._known = {species.id: species for species in vendor.species}
        self._asked_for: dict[str, Species] = {}
        self._unlisted: set[str] = set()

    def species(self, model_id: str) -> Species | None:
        """The model of that id; None is unknown here."""
        found = self._known.get(model_id)
        if found is not None:
            return found
        numbered = _NUMBERED.match(model_id)
        original = self._known.get(numbered[1]) if numbered else None
        if original is not None:
            return msgspec.structs.replace(original, id=model_id)
        if model_id.startswith(_REFUSES):
            return Species(id=model_id, rules=(self._refusing(model_id[len(_REFUSES) :]),))
        if self._vendor.any_model or fault_of_model(model_id):
            return Species(id=model_id)
        return None

    def alter(self, alteration: Alteration) -> None:
        """Changes the models of that pattern for good. Raises `ValueError` for a pattern that matches none."""
        prefix = f"{self._vendor.prefix}/"
        pattern = alteration.models.removeprefix(prefix)
        ids = [model_id for model_id in self._known if fnmatchcase(model_id, pattern)]
        if not ids and any(sign in pattern for sign in "*?["):
            raise ValueError(f"no model of {self._vendor.prefix} matches {alteration.models!r}")
        for model_id in ids or [pattern]:
            self._known[model_id] = alteration.of(self.species(model_id) or Species(id=model_id))
            if alteration.listed is not None:
                (self._unlisted.discard if alteration.listed else self._unlisted.add)(model_id)

    def asked_for(self, model_id: str, row: Row) -> None:
        """Remembers a `fault-…` id whose row says that it is listed."""
        if row.lists and MODEL_PREFIX in model_id and len(self._asked_for) < 1000:
            self._asked_for[model_id] = Species(id=model_id)

    def entries(self, rows_of: Callable[[str], Iterable[Row]]) -> list[dict[str, object]]:
        """The list of models as the vendor shows it, with what the rows going on change in it."""
        listed: list[dict[str, object]] = []
        for species in (*self._known.values(), *self._asked_for.values()):
            rows = list(rows_of(species.id))
            if any(row.hides for row in rows) or not (self._lists(species) or any(row.lists for row in rows)):
                continue
            entry = self._vendor.entry(species)
            for row in rows:
                entry = row.edit(entry) if row.edit else entry
            listed.append(entry)
        return listed

    def _lists(self, species: Species) -> bool:
        return not species.retired and species.id not in self._unlisted

    def _refusing(self, parameter: str) -> Rule:
        return Rule(parameter=parameter, says=self._vendor.parameter_words.replace("{parameter}", parameter))
