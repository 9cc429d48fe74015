"""Key, surface and region, and the list of models."""

from collections.abc import Sequence
from typing import Final

from statuspage.config.fleet import Config, Provider
from statuspage.domain.classes import CLASSES
from statuspage.domain.keyslots import REJECTED
from statuspage.domain.sample import Sample
from statuspage.service.doctor.finding import Exam, Finding, State, Step
from statuspage.vendors.registry import VENDORS

NO_KEY: Final = "no key"
"""Stands for the name of a key where none is configured."""
_PASSING: Final = frozenset({"rate_limited", "self_throttled", "daily_limit"})


def key_findings(provider: Provider, names: Sequence[str], exams: Sequence[Exam], balances: Sequence[Sample]) -> list[Finding]:
    """One finding a key, by its reference; where `/models` answers anybody the balance tells whether the key is good."""
    found = [
        Finding(
            provider=provider.name,
            step=Step.KEY,
            state=State.WARNING,
            message=f"A key cannot be read: {reason}.",
            fix="Put the key there, or remove the reference from api_key.",
        )
        for reason in provider.key_problems
    ]
    for name, exam, balance in zip(names, exams, balances, strict=True):
        found.append(_key(provider, name, balance if provider.vendor.router and provider.vendor.balance else exam.sample))
    return found


def _key(provider: Provider, name: str, sample: Sample) -> Finding:
    def said(state: State, message: str, fix: str | None = None) -> Finding:
        return Finding(provider=provider.name, step=Step.KEY, state=state, message=message, fix=fix)

    title = provider.vendor.title
    if name == NO_KEY:
        return _without_key(provider, sample)
    if sample.class_name == "wrong_region":
        instead = " Or remove this reference." if len(provider.keys) > 1 else ""
        return said(State.PROBLEM, f"{name} belongs to another surface of {title}.", f"{sample.advice or ''}{instead}".strip())
    if sample.class_name in REJECTED:
        several = len(provider.keys) > 1
        instead = " or remove this reference" if several else ""
        return said(State.PROBLEM, f"{name} is rejected by {title}.", f"{sample.advice or ''} Replace the key{instead}.".strip())
    if sample.http_status is None or sample.class_name == "wrong_base_url":
        return said(State.UNKNOWN, f"Whether {name} is good could not be asked.")
    if sample.http_status < 300:
        if provider.vendor.base_url is None:
            return said(State.OK, f"{name} is accepted, or not looked at.")
        return said(State.OK, f"{name} is accepted.")
    row = CLASSES[sample.class_name]
    return said(State.UNKNOWN, f"Whether {name} is good is not known: {title} {row.says}.", sample.advice)


def _without_key(provider: Provider, sample: Sample) -> Finding:
    if sample.class_name not in REJECTED:
        message = "No key is configured, and none is asked for." if sample.http_status == 200 else "No key is configured."
        return Finding(provider=provider.name, step=Step.KEY, state=State.OK, message=message)
    return Finding(
        provider=provider.name,
        step=Step.KEY,
        state=State.PROBLEM,
        message=f"No key is configured, but {provider.base_url} asks for one.",
        fix="Add api_key with a reference such as env:NAME.",
    )


def surface_finding(provider: Provider, exams: Sequence[Exam], config: Config) -> Finding:
    """Whether the configured address is the right surface."""

    def said(state: State, message: str, fix: str | None = None) -> Finding:
        return Finding(provider=provider.name, step=Step.SURFACE, state=state, message=message, fix=fix)

    good = next((exam for exam in exams if exam.models is not None), None)
    if good is not None:
        return said(State.OK, f"{provider.base_url} answers as {provider.vendor.title}.")
    moved = next((exam.accepted_by for exam in exams if exam.accepted_by), None)
    if moved is not None:
        return said(State.PROBLEM, f"The key belongs to {moved}, not to {provider.base_url}.", _change_to(moved, config))
    sample = exams[0].sample
    if sample.class_name in REJECTED:
        asked = " No other surface of the same vendor takes the key either." if provider.siblings else ""
        return said(State.UNKNOWN, f"{provider.base_url} answers, but takes none of the keys.{asked}")
    state = State.WARNING if sample.class_name in _PASSING else State.PROBLEM
    message = sample.message or f"{provider.name} {CLASSES[sample.class_name].says}."
    return said(state, message, sample.advice or "Check `base_url`, name resolution and the network, then ask again.")


def _change_to(base_url: str, config: Config) -> str:
    own = next((vendor.name for vendor in VENDORS.values() if vendor.base_url == base_url), None)
    if own is not None:
        return f"Set vendor: {own} and remove base_url, or set base_url: {base_url}."
    other = next((each for each in config.providers if each.base_url == base_url), None)
    word = f"vendor: {other.vendor.name} and " if other is not None else ""
    return f"Set {word}base_url: {base_url}, or use the key of this surface."


def models_finding(provider: Provider, exams: Sequence[Exam]) -> Finding:
    """How many models the account is shown."""
    listed = next((exam.models for exam in exams if exam.models is not None), None)
    if listed is None:
        return Finding(provider=provider.name, step=Step.MODELS, state=State.UNKNOWN, message="No list of models could be had.")
    if not listed:
        return Finding(
            provider=provider.name,
            step=Step.MODELS,
            state=State.WARNING,
            message="The list of models is empty.",
            fix=f"Check the account's plan at {provider.vendor.title}.",
        )
    return Finding(provider=provider.name, step=Step.MODELS, state=State.OK, message=f"{len(listed)} models are listed.")
