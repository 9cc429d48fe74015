"""Who answers for a model, and whether that changed: a change is believed once it is seen twice in a row. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

_KEPT_FINGERPRINTS: Final = 16


class Trait(StrEnum):
    """What a model can be told by."""

    SERVED_MODEL = "served_model"
    FINGERPRINT = "fingerprint"
    QUANTIZATION = "quantization"
    ENDPOINT_CONTEXT = "endpoint_context"


_SAYS: Final = {
    Trait.SERVED_MODEL: "is answered by {new}, before by {old}",
    Trait.FINGERPRINT: "reports another system fingerprint: {new}, before {old}",
    Trait.QUANTIZATION: "is served in another precision: {new}, before {old}",
    Trait.ENDPOINT_CONTEXT: "has another context at its pinned upstream: {new} tokens, before {old}",
}


class IdentityChange(msgspec.Struct, frozen=True, kw_only=True):
    """One trait that changed; `says` completes «{model} …», without a full stop."""

    trait: Trait
    old: str
    new: str
    says: str


class Known(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a model was told by so far; `fingerprints` are all that were ever believed, newest last.

    A vendor with several builds at work alternates between their fingerprints: one that was believed before is no change.
    """

    traits: dict[str, str] = {}
    fingerprints: tuple[str, ...] = ()


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """What is believed, and what was seen once and waits for a second time."""

    known: Known = Known()
    once: dict[str, str] = {}


def observe(memory: Memory, seen: Mapping[Trait, str | None]) -> tuple[Memory, tuple[IdentityChange, ...]]:
    """The memory after one more look, and what changed by it. A trait that is not told changes nothing."""
    traits, once = dict(memory.known.traits), dict(memory.once)
    fingerprints = memory.known.fingerprints
    changes = []
    for trait, value in seen.items():
        if not value:
            continue
        old = traits.get(trait)
        familiar = value == old or (trait is Trait.FINGERPRINT and value in fingerprints)
        if old is None or familiar:
            once.pop(trait, None)
            traits.setdefault(trait, value)
        elif once.get(trait) == value:
            del once[trait]
            traits[trait] = value
            changes.append(IdentityChange(trait=trait, old=old, new=value, says=_SAYS[trait].format(old=old, new=value)))
        else:
            once[trait] = value
            continue
        if trait is Trait.FINGERPRINT and value not in fingerprints:
            fingerprints = (*fingerprints, value)[-_KEPT_FINGERPRINTS:]
    return Memory(known=Known(traits=traits, fingerprints=fingerprints), once=once), tuple(changes)
