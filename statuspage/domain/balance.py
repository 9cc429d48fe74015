"""What is left of an account, as its vendor says it; what is not said or not readable is None, never 0."""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

_MOST: Final = 1e12
_LONGEST_NUMBER: Final = 40


class Balance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money in `currency`; `expires_at_ms` is UTC milliseconds.

    `available` is what the account can still spend, `granted` the part of it that was a gift, `limit_remaining` what this
    one key may still spend, `is_available` the vendor's own word whether it serves the account.
    """

    currency: str | None = None
    available: float | None = None
    granted: float | None = None
    limit_remaining: float | None = None
    is_available: bool | None = None
    is_free_tier: bool | None = None
    free_requests_left: int | None = None
    expires_at_ms: int | None = None

    @property
    def spendable(self) -> float | None:
        """The tighter of the account's balance and the key's limit."""
        return min((each for each in (self.available, self.limit_remaining) if each is not None), default=None)

    @property
    def exhausted(self) -> bool | None:
        """Whether the vendor refuses for want of money; None where it cannot be told."""
        if self.is_available is not None:
            return not self.is_available
        left = self.spendable
        if left is None or (left == 0 and self.is_free_tier):
            return None
        return left <= 0

    @property
    def known(self) -> bool:
        """Whether anything could be read."""
        return self != Balance(currency=self.currency)


def merged(parts: Sequence[Balance]) -> Balance:
    """One balance of several answers: of each figure the first that is known."""
    fields = Balance.__struct_fields__
    found = {name: next((value for part in parts if (value := getattr(part, name)) is not None), None) for name in fields}
    return msgspec.convert(found, Balance)


def amount(value: object) -> float | None:
    """A number, or a decimal in a string; None for whatever is no amount of money."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value if not isinstance(value, str) else value.strip()[:_LONGEST_NUMBER])
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and abs(number) <= _MOST else None


def moment_ms(value: object) -> int | None:
    """UTC milliseconds of an ISO 8601 time; a time without zone is UTC."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def spell(balance: Balance) -> str:
    """The figures in words: `48.63 USD left, 3.00 of it granted`."""
    unit = f" {balance.currency}" if balance.currency else ""
    parts = []
    if balance.available is not None:
        parts.append(f"{balance.available:.2f}{unit} left")
    if balance.granted:
        parts.append(f"{balance.granted:.2f} of it granted")
    if balance.limit_remaining is not None:
        parts.append(f"the key may spend {balance.limit_remaining:.2f}{unit} more")
    if balance.is_available is False:
        parts.append("the vendor says that it does not suffice")
    if balance.is_free_tier:
        parts.append("free tier")
    if balance.free_requests_left is not None and balance.is_free_tier:
        parts.append(f"{balance.free_requests_left} free requests left today")
    if balance.expires_at_ms is not None:
        parts.append(f"the key expires on {datetime.fromtimestamp(balance.expires_at_ms / 1000, tz=UTC):%Y-%m-%d}")
    return ", ".join(parts)
