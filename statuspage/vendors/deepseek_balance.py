"""DeepSeek's balance: one entry a currency, amounts as strings, and the vendor's own word whether it suffices."""

from collections.abc import Mapping
from typing import Final

from statuspage.domain.balance import Balance, amount
from statuspage.vendors.balance import BalanceSource


def read_balance(body: Mapping[str, object]) -> Balance | None:
    """The answer to `/user/balance`; of several currencies the first with money in it."""
    entries = body.get("balance_infos")
    suffices = body.get("is_available")
    if not isinstance(entries, list):
        return None
    found = [_entry(each) for each in entries if isinstance(each, dict)]
    best = next((each for each in found if each.available is not None and each.available > 0), found[0] if found else Balance())
    return Balance(
        currency=best.currency,
        available=best.available,
        granted=best.granted,
        is_available=suffices if isinstance(suffices, bool) else None,
    )


def _entry(entry: Mapping[str, object]) -> Balance:
    currency = entry.get("currency")
    return Balance(
        currency=currency[:8] if isinstance(currency, str) and currency.isascii() and currency.isalpha() else None,
        available=amount(entry.get("total_balance")),
        granted=amount(entry.get("granted_balance")),
    )


BALANCE: Final = (BalanceSource(path="/user/balance", read=read_balance, beside_v1=True),)
