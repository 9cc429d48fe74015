"""Anything that speaks OpenAI's chat completions at an address of the operator's choice."""

from typing import Final

from statuspage.vendors.vendor import Vendor

VENDOR: Final = Vendor(name="openai-compatible", title="OpenAI-compatible server", dialect="openai")
