"""Which vendors are one house: their surfaces fail together."""

from typing import Final
from urllib.parse import urlsplit

from statuspage.vendors.vendor import Vendor

_SURFACES: Final = {"moonshot-cn": "moonshot", "kimi-code": "moonshot"}
_ANYBODY: Final = frozenset({"openai-compatible", "anthropic-compatible"})


def house_of(vendor: Vendor, base_url: str) -> str:
    """A word for whoever runs this surface: the vendor, or for a compatible one its host."""
    if vendor.name in _ANYBODY:
        return urlsplit(base_url).hostname or base_url
    return _SURFACES.get(vendor.name, vendor.name)
