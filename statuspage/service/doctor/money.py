"""What is left behind each key."""

from collections.abc import Sequence

from statuspage.config.fleet import Provider
from statuspage.domain.balance import spell
from statuspage.domain.forecast import expires_soon
from statuspage.domain.keyslots import MONEY, REJECTED
from statuspage.domain.sample import Sample
from statuspage.service.doctor.finding import Finding, State, Step


def balance_findings(provider: Provider, names: Sequence[str], samples: Sequence[Sample], now_ms: int) -> list[Finding]:
    """One finding a key that can be asked; a vendor that tells no balance leaves it unknown."""
    several = len(names) > 1
    found = [
        _balance(provider, f"{name}: " if several else "", sample, now_ms)
        for name, sample in zip(names, samples, strict=True)
        if sample.class_name not in REJECTED
    ]
    if not found:
        message = "The balance is not known, as no key is accepted."
        return [Finding(provider=provider.name, step=Step.BALANCE, state=State.UNKNOWN, message=message)]
    return found[:1] if all(each.state is State.UNKNOWN for each in found) else found


def _balance(provider: Provider, who: str, sample: Sample, now_ms: int) -> Finding:
    def said(state: State, message: str, fix: str | None = None) -> Finding:
        return Finding(provider=provider.name, step=Step.BALANCE, state=state, message=f"{who}{message}", fix=fix)

    balance = sample.balance
    if balance is None:
        if sample.class_name in MONEY:
            return said(State.PROBLEM, sample.message or "There is no money left.", sample.advice)
        return said(State.UNKNOWN, sample.message or "The balance is not known.")
    words = spell(balance)
    if balance.exhausted:
        return said(State.PROBLEM, f"No money is left ({words}).", sample.advice)
    if expires_soon(balance.expires_at_ms, now_ms):
        return said(State.WARNING, f"{words}.", "Make a new key before this one expires.")
    if balance.spendable is None:
        return said(State.UNKNOWN, f"{words or 'The balance is not told in figures'}.")
    return said(State.OK, f"{words}.")
