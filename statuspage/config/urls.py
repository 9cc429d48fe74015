"""URLs as the configuration accepts them, and the addresses it refuses before anything is asked."""

from urllib.parse import SplitResult, urlsplit

from statuspage.config.problem import Complaint
from statuspage.domain.addresses import refused_host


def check_http_url(text: str, raw: str) -> Complaint | None:  # noqa: ARG001 - a URL may hold a secret and is never repeated
    """What is wrong with an absolute http or https URL."""
    parts = split(text)
    if parts is None:
        return Complaint("the text is not a URL: write one such as https://api.example.com/v1")
    if parts.scheme not in {"http", "https"}:
        return Complaint("the URL begins with neither http:// nor https://: write one of them")
    if not parts.hostname:
        return Complaint("the URL names no host: write one such as https://api.example.com/v1")
    if parts.username is not None or parts.password is not None:
        return Complaint("the URL holds a user name or password: remove it, secrets are only given by reference")
    return None


def split(text: str) -> SplitResult | None:
    """The parts of a URL, or None where it is none."""
    if not text or "\\" in text or any(char.isspace() or not char.isprintable() for char in text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme else None


def refused_url(text: str) -> str | None:
    """Why the host of this URL is refused, in a word, where its spelling alone tells."""
    parts = split(text)
    return refused_host(parts.hostname) if parts is not None and parts.hostname else None


def extra_parts(text: str) -> str | None:
    """The query or fragment of a base URL, which must have neither, in a word."""
    parts = split(text)
    if parts is None:
        return None
    return "query" if parts.query else "fragment" if parts.fragment else None
