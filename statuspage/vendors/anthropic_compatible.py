"""Anything that speaks Anthropic's messages at an address of the operator's choice; the key goes into both usual headers."""

from typing import Final

from statuspage.vendors import claude, kimi
from statuspage.vendors.vendor import Auth, Vendor

VENDOR: Final = Vendor(
    name="anthropic-compatible",
    title="Anthropic-compatible server",
    dialect="anthropic",
    auth=Auth.BOTH,
    errors=(*claude.ERRORS, *kimi.ERRORS),
)
