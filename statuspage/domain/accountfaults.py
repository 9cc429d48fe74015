"""Faults of our own account, grouped: one cause is told once to the operator, however many models it hides. Pure."""

from collections.abc import Mapping
from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES
from statuspage.domain.event import Event
from statuspage.domain.sample import Sample
from statuspage.domain.words import Judgement, ProbeKind

GROUPED: Final[Mapping[str, int]] = {
    "quota_exhausted": 1,
    "payment_required": 1,
    "account_suspended": 1,
    "invalid_key": 1,
    "wrong_region": 1,
    "forbidden": 1,
    "region_blocked": 1,
    "daily_limit": 1,
    "rate_limited": 3,
}
"""Classes that concern a whole account, and after how many samples they are worth telling."""
KIND: Final = "account"


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """One reason why models of an account are not measured; `models` are those it hides at present."""

    since_ms: int
    models: tuple[str, ...]
    samples: int = 1
    told: bool = False


Causes = Mapping[str, Cause]
"""By class."""


def follow(causes: Causes, provider: str, sample: Sample) -> tuple[Causes, tuple[Event, ...]]:
    """The causes after one sample of a model, and what to tell: opened with the first, closed when no model suffers any more."""
    if sample.probe in (ProbeKind.CATALOG, ProbeKind.BALANCE):
        return causes, ()
    if sample.class_name not in GROUPED and sample.judgement not in (Judgement.OK, Judgement.SLOW):
        return causes, ()
    if not causes and sample.class_name not in GROUPED:
        return causes, ()
    after: dict[str, Cause] = {}
    events: list[Event] = []
    for name, cause in causes.items():
        left = tuple(model for model in cause.models if model != sample.model or name == sample.class_name)
        if left:
            after[name] = msgspec.structs.replace(cause, models=left)
        elif cause.told:
            events.append(_event(provider, name, cause, sample.at_ms, "closed", f"{provider}: {_says(name)} no longer."))
    if sample.class_name in GROUPED:
        cause = _joined(after.get(sample.class_name), sample)
        if not cause.told and cause.samples >= GROUPED[sample.class_name]:
            cause = msgspec.structs.replace(cause, told=True)
            sentence = f"{provider} {CLASSES[sample.class_name].says}; its models are not measured. {sample.advice or ''}".strip()
            events.append(_event(provider, sample.class_name, cause, sample.at_ms, "opened", sentence))
        after[sample.class_name] = cause
    return after, tuple(events)


def without_strangers(causes: Causes, models: frozenset[str]) -> Causes:
    """The causes without models that are not watched any more."""
    known = {name: tuple(model for model in cause.models if model in models) for name, cause in causes.items()}
    return {name: msgspec.structs.replace(causes[name], models=left) for name, left in known.items() if left}


def _joined(cause: Cause | None, sample: Sample) -> Cause:
    if cause is None:
        return Cause(since_ms=sample.at_ms, models=(sample.model,))
    models = cause.models if sample.model in cause.models else (*cause.models, sample.model)
    return msgspec.structs.replace(cause, models=models, samples=cause.samples + 1)


def _says(class_name: str) -> str:
    return f"«{CLASSES[class_name].label}» holds"


def _event(provider: str, class_name: str, cause: Cause, at_ms: int, state: str, sentence: str) -> Event:
    return Event(
        at_ms=at_ms,
        kind=KIND,
        subject=provider,
        sentence=sentence,
        facts={"state": state, "class": class_name, "model": cause.models[0], "since_ms": str(cause.since_ms)},
    )
