"""A file of feature flags in flagd's JSON (https://flagd.dev/schema/v0/flags.json): what is wrong with it, and changes to it."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from statuspage.domain.errors import WrongInputError
from statuspage.domain.rollout import bar_of

BUCKETING: Final = "v2"
"""The generation of flagd's hashing by which percentages are dealt (docs/decisions/0009)."""
STATES: Final = ("ENABLED", "DISABLED")
_ON, _OFF = "on", "off"
_SCHEMA: Final = "https://flagd.dev/schema/v0/flags.json"

Json = Mapping[str, Any]
"""A part of the file as it was read."""


def problems_of(document: object) -> Iterator[str]:
    """A sentence for everything that keeps the file from being used; none where it can."""
    if not isinstance(document, dict):
        yield "it must be a JSON object with `flags`"
        return
    flags, metadata = document.get("flags"), document.get("metadata", {})
    if not isinstance(flags, dict):
        yield "`flags` must be an object of flags by key"
        return
    yield from (f"`metadata`: {problem}" for problem in _metadata_problems(metadata))
    bucketing = metadata.get("bucketing", BUCKETING) if isinstance(metadata, dict) else BUCKETING
    if bucketing != BUCKETING:
        yield f"`metadata.bucketing` is {bucketing!r}; percentages are dealt by generation {BUCKETING!r} here"
    for key, flag in flags.items():
        yield from (f"flag {key!r}: {problem}" for problem in _flag_problems(flag))


def _metadata_problems(metadata: object) -> Iterator[str]:
    if not isinstance(metadata, dict):
        yield "metadata must be an object"
        return
    for name, value in metadata.items():
        if not isinstance(value, str | int | float | bool):
            yield f"metadata {name!r} must be text, a number or true or false"


def _flag_problems(flag: object) -> Iterator[str]:
    if not isinstance(flag, dict):
        yield "it must be an object"
        return
    if flag.get("state") not in STATES:
        yield "`state` must be ENABLED or DISABLED"
    variants = flag.get("variants")
    if not isinstance(variants, dict) or not variants:
        yield "`variants` must be an object with at least one variant"
        return
    if kind_of(variants) is None:
        yield "the values of `variants` must all be of one kind: true or false, text, numbers, or objects"
    default = flag.get("defaultVariant")
    name = str(default).lower() if isinstance(default, bool) else default
    if default is not None and not (isinstance(name, str) and (name in variants or not name)):
        yield f"`defaultVariant` is {default!r}, which is none of {', '.join(variants)}"
    targeting = flag.get("targeting")
    if targeting is not None and not isinstance(targeting, dict):
        yield "`targeting` must be an object of JsonLogic"
    metadata = {} if flag.get("metadata") is None else flag["metadata"]
    yield from _metadata_problems(metadata)
    yield from _gate_problems(flag, metadata)


def _gate_problems(flag: Json, metadata: object) -> Iterator[str]:
    try:
        if isinstance(metadata, dict) and bar_of(metadata) is not None:
            dealt_by(flag, 0)
    except WrongInputError as error:
        yield str(error)


def kind_of(variants: Json) -> type | None:
    """The one kind of all values: `bool`, `str`, `int`, `float` or `dict` (of lists too); None where they differ."""
    kinds = {dict if isinstance(value, dict | list) else type(value) for value in variants.values()}
    if kinds == {int, float}:
        return float
    return kinds.pop() if len(kinds) == 1 and kinds <= {bool, str, int, float, dict} else None


def percent_of(flag: Json) -> float | None:
    """How many percent of all users are given the variant `true`; None where the flag does not deal by percentage."""
    on, dealt = _sides(flag), _fractional(flag.get("targeting"))
    if on is None or dealt is None:
        return None
    weights = [(each[0], each[1] if len(each) > 1 else 1) for each in dealt if isinstance(each, list) and each]
    if not all(isinstance(weight, int) for _, weight in weights):
        return None
    weights = [(variant, max(0, weight)) for variant, weight in weights]
    whole = sum(weight for _, weight in weights)
    if not whole:
        return None
    share = sum(weight for variant, weight in weights if variant == on[0]) * 100 / whole
    return int(share) if share == int(share) else share


def dealt_by(flag: Json, percent: int) -> dict[str, Any]:
    """The flag with this percentage, its other targeting kept. Raises `WrongInputError` where it has no place for one."""
    sides = _sides(flag)
    if sides is None:
        raise WrongInputError("A percentage needs a flag with one variant true and one false.")
    changed = deepcopy(dict(flag))
    # The order of the variants stays: whoever is in at 10 % is in at 50 %.
    weights = [[sides[0], percent], [sides[1], 100 - percent]]
    targeting = changed.get("targeting")
    dealt = _fractional(targeting)
    if dealt is not None:
        dealt[:] = [*(each for each in dealt if not isinstance(each, list)), *weights]
    elif targeting:
        raise WrongInputError("The flag has a targeting of its own without `fractional`; change the file by hand.")
    else:
        changed["targeting"] = {"fractional": weights}
    return changed


def changed_by(document: Json | None, key: str, state: str | None, percent: int | None) -> dict[str, Any]:
    """The file with one flag changed, or added where there is none of that key; everything else stays as it was.

    `state` is `on` or `off`. Raises `WrongInputError`.
    """
    changed: dict[str, Any] = {"$schema": _SCHEMA, "flags": {}} if document is None else deepcopy(dict(document))
    flag = changed["flags"].get(key)
    if flag is None:
        flag = {"state": STATES[0], "variants": {_ON: True, _OFF: False}, "defaultVariant": _OFF if percent is not None else _ON}
    if state is not None:
        flag["state"] = STATES[0] if state == _ON else STATES[1]
    changed["flags"][key] = flag if percent is None else dealt_by(flag, percent)
    return changed


def _sides(flag: Json) -> tuple[str, str] | None:
    """The variants that mean yes and no."""
    variants: Json = flag["variants"]
    sides = {value: name for name, value in variants.items() if isinstance(value, bool)}
    return (sides[True], sides[False]) if len(sides) == len(variants) == 2 else None


def _fractional(targeting: object) -> list[Any] | None:
    """The first list of weights within a targeting."""
    inside: Sequence[object] = ()
    if isinstance(targeting, dict):
        found = targeting.get("fractional")
        if isinstance(found, list) and any(isinstance(each, list) for each in found):
            return found
        inside = list(targeting.values())
    elif isinstance(targeting, list):
        inside = targeting
    return next((found for each in inside if (found := _fractional(each)) is not None), None)
