"""Moonshot's balance; at or below zero inference is refused, and `cash_balance` may be negative (vendor's documentation)."""

from collections.abc import Mapping

from statuspage.domain.balance import Balance, amount
from statuspage.vendors.balance import BalanceSource, inner


def kimi_balance(currency: str) -> tuple[BalanceSource, ...]:
    """The source of a surface whose accounts are kept in that currency."""

    def read(body: Mapping[str, object]) -> Balance | None:
        data = inner(body, "data")
        if data is None or body.get("status") is False or body.get("code") not in (0, None):
            return None
        return Balance(
            currency=currency, available=amount(data.get("available_balance")), granted=amount(data.get("voucher_balance"))
        )

    return (BalanceSource(path="/users/me/balance", read=read),)
