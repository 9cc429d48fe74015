"""Moonshot AI, global surface (accounts in USD)."""

from typing import Final

from statuspage.vendors import kimi
from statuspage.vendors.kimi_balance import kimi_balance
from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(
    name="moonshot",
    title="Moonshot AI",
    dialect="openai",
    base_url="https://api.moonshot.ai/v1",
    surfaces_of="moonshot",
    bound_parameter="max_completion_tokens",
    errors=kimi.ERRORS,
    profiles=kimi.PROFILES,
    retired=kimi.RETIRED,
    ends=kimi.ENDS,
    prices=kimi.PRICES,
    balance=kimi_balance("USD"),
    official_page=OfficialPage("https://status.moonshot.cn", "statuspage", "Open API"),
    lowest_tier=kimi.LOWEST_TIER,
    console="https://platform.kimi.ai",
)
