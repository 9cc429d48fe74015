"""Ids as Statuspage has them, derived so that they outlive restarts, renames and a new database."""

from hashlib import blake2b


def page_id(site_url: str) -> str:
    """The page's id; its title may change."""
    return _id("page", site_url)


def component_id(first_key: str) -> str:
    """A model's id, from the key it was first watched under."""
    return _id("model", first_key)


def group_id(provider: str) -> str:
    """A provider's id, from its name."""
    return _id("provider", provider)


def _id(kind: str, name: str) -> str:
    return blake2b(f"{kind} {name}".encode(), digest_size=8).hexdigest()[:12]
