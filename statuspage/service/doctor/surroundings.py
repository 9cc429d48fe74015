"""Our own clock, our canaries, and the official pages."""

from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Final

from statuspage.config.fleet import Provider
from statuspage.domain.classes import CLASSES
from statuspage.service.doctor.finding import Exam, Finding, State, Step

SKEW_BOUND_S: Final = 60.0
_CLOCK_FIX: Final = "Set this machine's clock by NTP (timedatectl set-ntp true)."
_CANARY_FIX: Final = "Name two or three neutral hosts under probing.canaries."


def clock_finding(provider: Provider, exams: Sequence[Exam]) -> Finding:
    """Our clock against the vendor's `Date` header; more than a minute apart is a problem of ours until shown otherwise."""
    skews = [skew for exam in exams if (skew := _skew_s(exam.headers, exam.heard_at_ms)) is not None]
    if not skews:
        message = "The answer carries no time to compare our clock with."
        return Finding(provider=provider.name, step=Step.CLOCK, state=State.UNKNOWN, message=message)
    skew_s = min(skews, key=abs)
    if abs(skew_s) <= SKEW_BOUND_S:
        message = f"Our clock agrees with {provider.vendor.title}'s to {abs(skew_s):.0f} s."
        return Finding(provider=provider.name, step=Step.CLOCK, state=State.OK, message=message)
    side = "behind" if skew_s > 0 else "ahead of"
    message = f"Our clock is {abs(skew_s):.0f} s {side} {provider.vendor.title}'s."
    return Finding(provider=provider.name, step=Step.CLOCK, state=State.PROBLEM, message=message, fix=_CLOCK_FIX)


def _skew_s(headers: Mapping[str, str], heard_at_ms: int) -> float | None:
    try:
        return parsedate_to_datetime(headers["date"]).timestamp() - heard_at_ms / 1000
    except (KeyError, ValueError, TypeError, IndexError, OverflowError):
        return None


def canary_findings(failures: Mapping[str, str | None]) -> list[Finding]:
    """Whether an outage of our own network could be told from a vendor's; `failures` by address, None answered."""

    def said(state: State, message: str, fix: str | None = None) -> Finding:
        return Finding(provider=None, step=Step.CANARIES, state=state, message=message, fix=fix)

    if not failures:
        return [said(State.WARNING, "No canaries: an outage of our own network cannot be told from a vendor's.", _CANARY_FIX)]
    silent = {url: failure for url, failure in failures.items() if failure is not None}
    if not silent:
        return [said(State.OK, f"{_count(len(failures))} of the canaries answer.")]
    if len(silent) == len(failures):
        return [said(State.PROBLEM, "No canary answers: our own network seems to be down.", "Check network, proxy and firewall.")]
    return [
        said(State.WARNING, f"The canary {_shown(url)} {CLASSES[failure].says}.", "Check the address or name another host.")
        for url, failure in silent.items()
    ]


def official_finding(provider: Provider, url: str, failure: str | None) -> Finding:
    """Whether the configured official page can be reached; what it says is not read here."""
    shown = _shown(url)
    if failure is None:
        return Finding(provider=provider.name, step=Step.OFFICIAL, state=State.OK, message=f"{shown} answers.")
    return Finding(
        provider=provider.name,
        step=Step.OFFICIAL,
        state=State.WARNING,
        message=f"The official page {shown} {CLASSES[failure].says}.",
        fix="Check official_status; without it our own measurements stand alone.",
    )


def _shown(url: str) -> str:
    """The address without its query, which may hold a token."""
    return url.split("?", maxsplit=1)[0]


def _count(number: int) -> str:
    return "The one" if number == 1 else f"All {number}"
