"""The record that describes a vendor."""

import msgspec


class Vendor(msgspec.Struct, frozen=True, kw_only=True):
    """Who serves models: where, in which dialect, and how it says what is wrong."""

    name: str
    """The word used in the configuration."""
    title: str
    """The name people know."""
    dialect: str
    """`openai` or `anthropic`."""
    base_url: str | None = None
    """The default surface; None where the configuration must name one."""
    router: bool = False
    """Passes requests on to other vendors."""
    surfaces_of: str | None = None
    """Vendors with the same word here are surfaces of one vendor; keys are not interchangeable between them."""
