"""What a model costs: what the configuration says, else the vendor's own list, else the table that is shipped."""

from statuspage.config.fleet import Model, Provider
from statuspage.domain.view import PriceView
from statuspage.service.entry import Entry


def price_of(entry: Entry) -> PriceView | None:
    """The price of a watched model with its source and age; None where nobody says one, which is not free."""
    listed = None if entry.lifecycle is None else entry.lifecycle.price
    return configured_price(entry.model) or listed or shipped_price(entry.model, entry.provider)


def configured_price(model: Model) -> PriceView | None:
    """The price that the configuration gives."""
    return None if model.price is None else PriceView(input=model.price.input, output=model.price.output)


def shipped_price(model: Model, provider: Provider) -> PriceView | None:
    """The price of the vendor's shipped list, on the vendor's own address alone."""
    table = provider.vendor.prices
    found = None if table is None or provider.base_url != provider.vendor.base_url else table.price(model.id)
    if table is None or found is None:
        return None
    return PriceView(input=found[0], output=found[1], source="table", as_of=table.as_of.isoformat())
