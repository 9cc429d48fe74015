"""What requests of all dialects have in common: addresses, keys, parameters left out."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from statuspage.vendors.vendor import Auth, Vendor

BOUNDS: Final = ("max_completion_tokens", "max_tokens")
"""The two names of the bound on output; where one is rejected the other is tried, and one is always sent."""


def address(base_url: str, path: str, query: str = "") -> str:
    """The base URL with the path appended; a query of the base URL is kept."""
    parts = urlsplit(base_url)
    joined = "&".join(part for part in (parts.query, query) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + path, joined, ""))


def key_headers(vendor: Vendor, key: str | None) -> dict[str, str]:
    """The headers that carry the key; none without a key."""
    if not key:
        return {}
    bearer = {"Authorization": f"Bearer {key}"}
    plain = {"x-api-key": key}
    return {Auth.BEARER: bearer, Auth.X_API_KEY: plain, Auth.BOTH: bearer | plain}[vendor.auth]


def bound_name(preferred: str, left_out: frozenset[str]) -> str:
    """The name under which the output bound is sent."""
    if preferred in left_out:
        other = next(name for name in BOUNDS if name != preferred) if preferred in BOUNDS else preferred
        return other if other not in left_out else preferred
    return preferred


def shaped(vendor: Vendor, model_id: str, left_out: frozenset[str]) -> tuple[str, Mapping[str, object]]:
    """The name of the output bound and the extra parameters for that model at that vendor."""
    profile = vendor.profile_for(model_id)
    preferred = profile.bound_parameter if profile and profile.bound_parameter else vendor.bound_parameter
    extra = {name: value for name, value in (profile.extra if profile else {}).items() if name not in left_out}
    return bound_name(preferred, left_out), extra
