"""The headers every answer carries, by kind of content (reference: formats.md §8)."""

from email.utils import formatdate
from typing import Final

from statuspage.render.encoded import Headers

_CSP: Final = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; require-trusted-types-for 'script'"
)

_EMBED_CSP: Final = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    b"frame-ancestors *; require-trusted-types-for 'script'"
)

NOSNIFF: Final[Headers] = [(b"x-content-type-options", b"nosniff")]
SECURITY: Final[Headers] = [
    *NOSNIFF,
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"content-security-policy", _CSP),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), browsing-topics=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
CORS: Final[Headers] = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Last-Modified, Retry-After"),
]
PREFLIGHT: Final[Headers] = [
    *CORS,
    (b"access-control-allow-methods", b"GET, HEAD, OPTIONS"),
    (b"access-control-allow-headers", b"Authorization, Content-Type, If-None-Match, Last-Event-ID"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
PREFLIGHT_OF_FLAGS: Final[Headers] = [
    *CORS,
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Authorization, Content-Type, If-None-Match, Last-Event-ID, X-API-Key"),
    (b"access-control-max-age", b"86400"),
    (b"content-length", b"0"),
]
"""Evaluations of flags are asked with POST, also by browsers (OFREP 0.3)."""
EMBEDDABLE: Final[Headers] = [(b"cross-origin-resource-policy", b"cross-origin")]

NO_STORE: Final = b"no-store"
REVALIDATE: Final = b"no-cache"
SHORT: Final = b"max-age=15, s-maxage=15, stale-while-revalidate=60, stale-if-error=86400"
BADGE: Final = b"public, max-age=60, s-maxage=60"
FEED: Final = b"max-age=60"
HOUR: Final = b"max-age=3600"
MODULE: Final = b"max-age=300, s-maxage=300, stale-while-revalidate=3600, stale-if-error=86400"
FOR_EVER: Final = b"max-age=31536000, immutable"


def headers_for(content_type: bytes, cache_control: bytes) -> Headers:
    """The headers of a public document: a page guards itself, data may be embedded anywhere."""
    guard = SECURITY if content_type.startswith(b"text/html") else [*EMBEDDABLE, *NOSNIFF]
    return [(b"content-type", content_type), (b"cache-control", cache_control), *CORS, *guard]


def dated(headers: Headers, changed_ms: int) -> Headers:
    """The headers with `Last-Modified`."""
    return [*headers, (b"last-modified", formatdate(changed_ms // 1000, usegmt=True).encode())]


EMBED: Final[Headers] = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", REVALIDATE),
    *CORS,
    *EMBEDDABLE,
    *NOSNIFF,
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"content-security-policy", _EMBED_CSP),
]
"""The headers of the one page that others may frame."""
