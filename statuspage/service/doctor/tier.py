"""Whether we ask faster than the account may."""

from collections.abc import Mapping, Sequence
from typing import Final

from statuspage.config.fleet import Model, Provider
from statuspage.domain.balance import Balance
from statuspage.service.doctor.finding import Exam, Finding, State, Step

_LIMITS: Final = ("x-ratelimit-limit-requests", "anthropic-ratelimit-requests-limit", "x-ratelimit-limit")
_PER_DAY: Final = frozenset({"groq"})
"""Vendors whose request limit in the headers is that of a day."""
_FREE_PER_DAY: Final = 50
_DAY_S: Final = 86400.0


def tier_findings(
    provider: Provider, models: Sequence[Model], exams: Sequence[Exam], balances: Sequence[Balance]
) -> list[Finding]:
    """Hints at the account's limits, against our own ceiling and what the models need."""
    found = [
        *_from_headers(provider, exams),
        *_free(provider, models, balances),
        *_too_slow(provider, models),
    ]
    return found or [_own_pace(provider)]


def _said(provider: Provider, state: State, message: str, fix: str | None = None) -> Finding:
    return Finding(provider=provider.name, step=Step.TIER, state=state, message=message, fix=fix)


def _from_headers(provider: Provider, exams: Sequence[Exam]) -> list[Finding]:
    limit = next((found for exam in exams if (found := _limit(exam.headers)) is not None), None)
    if limit is None:
        return []
    if provider.vendor.name in _PER_DAY:
        return [_said(provider, State.OK, f"The account may send {limit} requests a day, say the headers.")]
    if provider.rpm is not None and provider.rpm > limit:
        message = f"The headers name a limit of {limit} requests, our rpm is {provider.rpm}."
        return [_said(provider, State.WARNING, message, f"Set rpm: {limit} or less, or raise the account's tier.")]
    return [_said(provider, State.OK, f"The headers name a limit of {limit} requests; {_ceiling(provider)}.")]


def _free(provider: Provider, models: Sequence[Model], balances: Sequence[Balance]) -> list[Finding]:
    if not any(balance.is_free_tier for balance in balances):
        return []
    needed = sum(_DAY_S / model.interval_s for model in models if model.id.endswith(":free"))
    left = next((balance.free_requests_left for balance in balances if balance.free_requests_left is not None), None)
    also = "" if left is None else f"; {left} are left today"
    if needed > _FREE_PER_DAY:
        message = f"The account is on the free tier, and its free models need {needed:.0f} probes a day{also}."
        fix = "Lengthen interval (one model: 29m), or buy credits, which raises the daily limit."
        return [_said(provider, State.WARNING, message, fix)]
    return [_said(provider, State.OK, f"The account is on the free tier{also}.")]


def _too_slow(provider: Provider, models: Sequence[Model]) -> list[Finding]:
    needed = sum(60 / model.interval_s for model in models)
    if provider.rpm is None or needed <= provider.rpm:
        return []
    message = f"The models need {needed:.1f} probes a minute, rpm allows {provider.rpm}: checks come late and turn grey."
    return [_said(provider, State.PROBLEM, message, "Lengthen interval, or raise rpm if the account's tier allows it.")]


def _own_pace(provider: Provider) -> Finding:
    lowest = provider.vendor.lowest_tier
    if lowest is None:
        return _said(provider, State.UNKNOWN, f"The account's limits are not told; {_ceiling(provider)}.")
    rpm, at_once = lowest
    tier = f"{provider.vendor.title}'s lowest tier allows {rpm} requests a minute, {at_once} at a time"
    if provider.rpm is None or provider.concurrency is None:
        fix = f"Set rpm and concurrency to the account's tier; on the lowest rpm: {rpm} and concurrency: {at_once}."
        return _said(provider, State.WARNING, f"The account's tier is not told, {_ceiling(provider)}; {tier}.", fix)
    return _said(provider, State.OK, f"The account's tier is not told; {_ceiling(provider)}; {tier}.")


def _ceiling(provider: Provider) -> str:
    rpm = "no rpm is set" if provider.rpm is None else f"our rpm is {provider.rpm}"
    return rpm if provider.concurrency is None else f"{rpm}, concurrency {provider.concurrency}"


def _limit(headers: Mapping[str, str]) -> int | None:
    said = next((value for name in _LIMITS if (value := headers.get(name))), "")
    return int(said) if said.isdecimal() and len(said) < 10 else None
