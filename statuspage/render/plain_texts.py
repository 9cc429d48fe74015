"""The two text files that robots and finders of security problems look for."""

from datetime import UTC, datetime

from statuspage.domain.clock import rfc3339
from statuspage.domain.view import PageView

_VALID_MONTHS = 11
"""RFC 9116 §2.5.5 advises less than a year."""


def security_txt(page: PageView) -> bytes | None:
    """RFC 9116; None without `site.contact`, as a file that names nobody is none. It changes once a month."""
    site = page.site
    if site.contact is None:
        return None
    lines = [f"Contact: {site.contact}", f"Expires: {rfc3339(_expires_ms(page.generated_at_ms))}", "Preferred-Languages: en, zh"]
    if site.url.startswith("https://"):  # the only scheme that RFC 9116 §2.5.2 takes
        lines.append(f"Canonical: {site.url}/.well-known/security.txt")
    return "".join(f"{line}\n" for line in lines).encode()


def robots_txt(_page: PageView) -> bytes:
    """RFC 9309: everything may be read but what is behind the login."""
    return b"User-agent: *\nAllow: /\nDisallow: /admin/\n"


def _expires_ms(now_ms: int) -> int:
    """The first of the month that lies eleven months on (UTC milliseconds)."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    years, month = divmod(now.month - 1 + _VALID_MONTHS, 12)
    return int(datetime(now.year + years, month + 1, 1, tzinfo=UTC).timestamp()) * 1000
