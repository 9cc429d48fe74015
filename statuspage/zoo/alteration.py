"""Changes to what a vendor has and lists: models come, go, cost and can do other than before."""

import msgspec

from statuspage.zoo.species import Species


class Alteration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to change at the models of a `prefix/model-id` pattern; None leaves a thing as it is.

    `price` is USD per million tokens, input and output; an `expiration` or `alias_target` of "" takes it back; a pattern that
    names one id the vendor does not have adds it.
    """

    models: str
    listed: bool | None = None
    retired: bool | None = None
    price: tuple[float, float] | None = None
    context: int | None = None
    expiration: str | None = None
    alias_target: str | None = None
    abilities: tuple[str, ...] | None = None
    quantization: str | None = None
    fingerprint: str | None = None

    def of(self, species: Species) -> Species:
        """The model as it is from here on."""
        changes = {
            "retired": self.retired,
            "context": self.context,
            "abilities": self.abilities,
            "quantization": self.quantization,
            "fingerprint": self.fingerprint,
            "price_input": None if self.price is None else self.price[0],
            "price_output": None if self.price is None else self.price[1],
        }
        changed = msgspec.structs.replace(species, **{name: value for name, value in changes.items() if value is not None})
        if self.expiration is not None:
            changed = msgspec.structs.replace(changed, retires_on=self.expiration or None)
        if self.alias_target is not None:
            changed = msgspec.structs.replace(changed, alias_of=self.alias_target or None)
        return changed
