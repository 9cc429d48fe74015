"""A set of feature flags that can be asked: flagd's own evaluator over a file that was read."""

import logging
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import msgspec

from statuspage.domain.errors import WrongInputError
from statuspage.domain.flagfile import BUCKETING, dealt_by, kind_of, percent_of, problems_of
from statuspage.domain.flags import Context, Evaluation, Failure, Metadata
from statuspage.domain.rollout import MODEL, NAMES

if TYPE_CHECKING:
    from openfeature.contrib.tools.flagd.core import FlagdCore
    from openfeature.flag_evaluation import FlagResolutionDetails

OURS: Final = ("route", *NAMES)
"""Metadata that speaks to this program; clients are not told, as it may name a model that is not public."""
_KNOWN: Final = ("state", "variants", "defaultVariant", "targeting", "metadata")
_NO_KEY: Final = "no targetingKey: the default variant"
_REASONS: Final = {"STATIC": "STATIC", "DEFAULT": "STATIC", "DISABLED": "DISABLED", "TARGETING_MATCH": "TARGETING_MATCH"}
"""flagd's reasons in words that the protocol knows."""


class FlagSet:
    """Flags by key. Of a flag with a gate the file says how far it may go, and `held` how far it is, at first nowhere."""

    def __init__(self, document: Mapping[str, Any], held: Mapping[str, int] = {}) -> None:
        self.document: Final = document
        self._held: Final = dict(held)
        self._flags: dict[str, dict[str, Any]] = {
            key: _held(flag, self._held.get(key)) for key, flag in document["flags"].items()
        }
        given: Metadata = document.get("metadata", {})
        self.metadata: Final[Metadata] = {"bucketing": BUCKETING, **{key: given[key] for key in given if key not in OURS}}
        self.tag: Final = blake2b(msgspec.json.encode([document, self._held]), digest_size=9).hexdigest()
        """Differs where any evaluation may differ."""
        self._core: FlagdCore | None = None

    @property
    def keys(self) -> Iterable[str]:
        """All flags, in the order of the file."""
        return self._flags.keys()

    def flag(self, key: str) -> Mapping[str, Any]:
        """The flag as it is evaluated."""
        return self._flags[key]

    def evaluate(self, key: str, context: Context) -> Evaluation | Failure:
        """The value of a flag for somebody. Who is not named is given the default variant of what is dealt by name."""
        flag = self._flags.get(key)
        if flag is None:
            return Failure(key=key, error_code="FLAG_NOT_FOUND", error_details=f"There is no flag {key!r}.")
        try:
            found = self._resolve(flag, key, context)
        except Exception as error:  # noqa: BLE001 - a targeting is somebody's program, over anybody's context
            reason = str(error) or type(error).__name__
            return Failure(key=key, error_code="GENERAL", error_details=f"The targeting of {key!r} fails: {reason}")
        targeting = flag.get("targeting") or {}
        reason = _REASONS.get(str(found.reason), "UNKNOWN")
        if reason == "TARGETING_MATCH" and "fractional" in targeting:
            reason = "SPLIT"
        metadata = {name: value for name, value in found.flag_metadata.items() if name not in OURS}
        if str(found.reason) == "DEFAULT" and not context.get("targetingKey"):
            metadata["note"] = _NO_KEY
        value = msgspec.UNSET if found.variant is None else found.value
        return Evaluation(key=key, reason=reason, variant=found.variant or "", value=value, metadata=metadata)

    def evaluate_all(self, context: Context) -> list[Evaluation | Failure]:
        """Every flag for somebody."""
        return [self.evaluate(key, context) for key in self._flags]

    def _resolve(self, flag: Mapping[str, Any], key: str, context: Context) -> "FlagResolutionDetails[Any]":
        from openfeature.evaluation_context import EvaluationContext

        core = self._opened()
        attributes = {name: value for name, value in context.items() if name != "targetingKey"}
        asked = EvaluationContext(targeting_key=context.get("targetingKey"), attributes=attributes)
        match kind_of(flag["variants"]):
            case kind if kind is bool:
                return core.resolve_boolean_value(key, False, asked)
            case kind if kind is str:
                return core.resolve_string_value(key, "", asked)
            case kind if kind is int:
                return core.resolve_integer_value(key, 0, asked)
            case kind if kind is float:
                return core.resolve_float_value(key, 0.0, asked)
        return core.resolve_object_value(key, {}, asked)

    def _opened(self) -> "FlagdCore":
        """The evaluator, made when somebody first asks: it takes a tenth of a second to import."""
        if self._core is None:
            from openfeature.contrib.tools.flagd.core import FlagdCore

            # It reports every user without a key as an error; ours is told in the answer.
            logging.getLogger("openfeature.contrib").setLevel(logging.CRITICAL)
            core = FlagdCore()
            # Copies of what is known to flagd: it changes what it is given, and refuses what it does not know.
            flags = {key: {name: flag[name] for name in _KNOWN if name in flag} for key, flag in self._flags.items()}
            evaluators = self.document.get("$evaluators")
            core.set_flags({"flags": flags, "metadata": dict(self.metadata), "$evaluators": evaluators})
            self._core = core
        return self._core


EMPTY: Final = FlagSet({"flags": {}})


def flag_set(raw: bytes, held: Mapping[str, int] = {}) -> FlagSet:
    """The flags of a file's bytes. Raises `WrongInputError` with everything that is wrong with it."""
    try:
        document = msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise WrongInputError(f"it is no JSON: {error}") from None
    wrong = list(problems_of(document))
    if wrong:
        raise WrongInputError("; ".join(wrong))
    found = FlagSet(document, held)
    try:
        found._opened()
    except Exception as error:  # noqa: BLE001 - whatever its parser says
        raise WrongInputError(f"flagd cannot use it: {error}") from None
    return found


def _held(flag: dict[str, Any], held: int | None) -> dict[str, Any]:
    """The flag as its gate lets it through."""
    if MODEL not in (flag.get("metadata") or {}):
        return flag
    most = percent_of(flag)
    return dealt_by(flag, min(held or 0, 100 if most is None else round(most)))
