"""What is remembered of a key's money, and when to tell the operator of it. Pure."""

from datetime import UTC, datetime

import msgspec

from statuspage.domain.balance import Balance, spell
from statuspage.domain.event import Event
from statuspage.domain.forecast import Reading, days_left, expires_soon, low, noted

KIND = "balance"


class Purse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The newest balance read with a key, what it was before, and what was told of it; times are UTC milliseconds."""

    balance: Balance = Balance()
    read_at_ms: int | None = None
    history: tuple[Reading, ...] = ()
    low: bool = False
    expiry_told_ms: int | None = None
    """The expiry that was told."""

    @property
    def days_left(self) -> float | None:
        """Days until the money is gone at its pace of the last week; None while that cannot be said."""
        return days_left(self.history)


def read(purse: Purse, balance: Balance, who: str, provider: str, now_ms: int) -> tuple[Purse, tuple[Event, ...]]:
    """The purse after one reading, and what is worth telling; `who` names the account and, of several, the key."""
    events: list[Event] = []

    def tell(state: str, sentence: str) -> None:
        events.append(Event(at_ms=now_ms, kind=KIND, subject=provider, sentence=sentence, facts={"state": state, "who": who}))

    left = balance.spendable
    same_money = purse.balance.currency in (None, balance.currency)
    history = (
        (purse.history if same_money else ())
        if left is None
        else noted(purse.history if same_money else (), Reading(now_ms, left))
    )
    days = days_left(history)
    is_low = balance.exhausted is not True and low(days, was_low=purse.low)
    if balance.exhausted is True and purse.balance.exhausted is not True:
        tell("empty", f"{who} has no money left: {spell(balance)}.")
    elif balance.exhausted is False and purse.balance.exhausted is True:
        tell("back", f"{who} has money again: {spell(balance)}.")
    if is_low and not purse.low and days is not None:
        tell("low", f"{who} has money for about {days:.1f} more days: {spell(balance)}. Top it up in time.")
    expires = balance.expires_at_ms
    told = purse.expiry_told_ms
    if expires is not None and expires_soon(expires, now_ms) and told != expires:
        day = datetime.fromtimestamp(expires / 1000, tz=UTC).date()
        tell("key_expires", f"The key of {who} {'expired' if expires <= now_ms else 'expires'} on {day}: make another one.")
        told = expires
    after = Purse(balance=balance, read_at_ms=now_ms, history=history, low=is_low, expiry_told_ms=told)
    return after, tuple(events)
