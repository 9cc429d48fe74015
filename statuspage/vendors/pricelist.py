"""Prices that are shipped, for where neither the configuration nor a vendor's list says one."""

from collections.abc import Mapping
from datetime import date

import msgspec


class PriceList(msgspec.Struct, frozen=True, kw_only=True):
    """US dollars per million tokens, input and output, by lower-case model id; as of a day, from a named source."""

    as_of: date
    source: str
    usd: Mapping[str, tuple[float, float]]

    def price(self, model_id: str) -> tuple[float, float] | None:
        """Input and output of that model; None where it is not listed."""
        return self.usd.get(model_id.lower())
