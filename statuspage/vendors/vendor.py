"""The record that describes a vendor."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from statuspage.vendors.balance import BalanceSource
from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.pricelist import PriceList
from statuspage.vendors.profile import Profile
from statuspage.vendors.rule import ErrorRule


class Auth(StrEnum):
    """The header that carries the key."""

    BEARER = "bearer"
    X_API_KEY = "x-api-key"
    BOTH = "both"


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
    auth: Auth = Auth.BEARER
    bound_parameter: str = "max_tokens"
    """The request's name for the bound on output tokens."""
    errors: tuple[ErrorRule, ...] = ()
    """What this vendor says in its own way; asked before the generic table."""
    profiles: tuple[Profile, ...] = ()
    """The first that matches a model id shapes its probes."""
    retired: frozenset[str] = frozenset()
    """Lower-case model ids known to be retired here."""
    ends: Mapping[str, date] = msgspec.field(default_factory=dict)
    """Known last days by lower-case model id, past ones too."""
    floating: frozenset[str] = frozenset()
    """Lower-case model ids that the vendor resolves to another model over time."""
    prices: PriceList | None = None
    """What its models cost where its own list does not say."""
    balance: tuple[BalanceSource, ...] = ()
    """Where it says what is left of an account; empty where it does not."""
    official_page: OfficialPage | None = None
    """Its own status page."""
    lowest_tier: tuple[int, int] | None = None
    """Requests per minute, and at a time, of the smallest account, where the vendor publishes them."""
    console: str | None = None
    """Where an account is looked after, for advice in words."""

    def profile_for(self, model_id: str) -> Profile | None:
        """The profile of that model, if any."""
        return next((profile for profile in self.profiles if profile.models.search(model_id)), None)
