"""OpenRouter's key and credits: what this key may spend, when it expires, and what the account has left."""

from collections.abc import Mapping
from typing import Final

from statuspage.domain.balance import Balance, amount, moment_ms
from statuspage.vendors.balance import BalanceSource, inner


def read_key(body: Mapping[str, object]) -> Balance | None:
    """The answer to `/key`; a key without limit has no `limit_remaining`."""
    data = inner(body, "data")
    if data is None:
        return None
    free = data.get("is_free_tier")
    daily = inner(data, "free_model_daily_requests")
    left = amount(daily.get("remaining")) if daily is not None else None
    return Balance(
        currency="USD",
        limit_remaining=amount(data.get("limit_remaining")),
        is_free_tier=free if isinstance(free, bool) else None,
        free_requests_left=None if left is None else int(left),
        expires_at_ms=moment_ms(data.get("expires_at")),
    )


def read_credits(body: Mapping[str, object]) -> Balance | None:
    """The answer to `/credits`: what was bought less what was used."""
    data = inner(body, "data")
    if data is None:
        return None
    bought, used = amount(data.get("total_credits")), amount(data.get("total_usage"))
    return Balance(currency="USD", available=None if bought is None or used is None else round(bought - used, 6))


BALANCE: Final = (BalanceSource(path="/key", read=read_key), BalanceSource(path="/credits", read=read_credits, optional=True))
