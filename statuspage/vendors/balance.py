"""Where a vendor says what is left of an account."""

from collections.abc import Callable, Mapping

import msgspec

from statuspage.domain.balance import Balance


class BalanceSource(msgspec.Struct, frozen=True, kw_only=True):
    """One free address and how to read its JSON object; the reader answers None where it is not the expected shape."""

    path: str
    read: Callable[[Mapping[str, object]], Balance | None]
    beside_v1: bool = False
    """The address stands beside the base URL's `/v1`, not below it."""
    optional: bool = False
    """Not every key may ask it: a refusal leaves its figures unknown."""


def inner(body: Mapping[str, object], key: str) -> Mapping[str, object] | None:
    """The object under that key."""
    found = body.get(key)
    return found if isinstance(found, dict) else None
