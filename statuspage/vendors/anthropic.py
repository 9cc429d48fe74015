"""Anthropic: overload is HTTP 529, and errors may come as events after a 200."""

from typing import Final

from statuspage.vendors import claude
from statuspage.vendors.official_page import OfficialPage
from statuspage.vendors.vendor import Auth, Vendor

VENDOR: Final = Vendor(
    name="anthropic",
    title="Anthropic",
    dialect="anthropic",
    base_url="https://api.anthropic.com",
    auth=Auth.X_API_KEY,
    errors=claude.ERRORS,
    retired=frozenset(
        {
            "claude-2.0",
            "claude-2.1",
            "claude-instant-1.2",
            "claude-3-sonnet-20240229",
            "claude-3-opus-20240229",
            "claude-3-5-sonnet-20240620",
            "claude-3-5-sonnet-20241022",
        }
    ),
    official_page=OfficialPage("https://status.claude.com", "statuspage", "Claude API (api.anthropic.com)"),
    console="https://console.anthropic.com/settings/billing",
)
