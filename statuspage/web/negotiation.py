"""Which encoding a client gets, and whether it has it already (RFC 9110 §12.5.3, §13.1.2)."""

from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final

from statuspage.render.encoded import GZIP, IDENTITY, ZSTD, Document, Variant

_PREFERRED: Final = (ZSTD, GZIP)


@lru_cache(maxsize=256)
def _accepted(accept_encoding: bytes) -> tuple[bytes, ...]:
    """The encodings of ours that a client takes, best first, identity last."""
    weights: dict[bytes, float] = {}
    for part in accept_encoding.lower().split(b","):
        name, _, parameters = part.strip().partition(b";")
        weight = parameters.strip().removeprefix(b"q=")
        try:
            weights[name.strip()] = float(weight) if parameters else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    anything = weights.get(b"*", 0.0)
    wanted = [name for name in _PREFERRED if weights.get(name, anything) > 0]
    wanted.sort(key=lambda name: -weights.get(name, anything))
    return (*wanted, IDENTITY)


def variant_for(document: Document, accept_encoding: bytes) -> Variant:
    """The best variant the document has for this `Accept-Encoding`."""
    variants = document.variants
    for name in _accepted(accept_encoding):
        found = variants.get(name)
        if found is not None:
            return found
    return variants[IDENTITY]


def has_already(if_none_match: bytes, etag: bytes) -> bool:
    """Whether one of the client's tags is this one, by weak comparison, as `If-None-Match` asks."""
    if if_none_match == etag:
        return True
    tags = (tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b","))
    return any(tag in (etag, b"*") for tag in tags)


def is_unchanged(variant: Variant, if_none_match: bytes, if_modified_since: bytes) -> bool:
    """Whether the client's copy is still right; its date counts only where it names no tag (RFC 9110 §13.2.2)."""
    if if_none_match:
        return has_already(if_none_match, variant.etag)
    modified = variant.modified
    return modified is not None and if_modified_since != b"" and _reaches(if_modified_since, modified)


def _reaches(since: bytes, modified: bytes) -> bool:
    """Whether one HTTP date is not before the other; False for what is no date."""
    if since == modified:
        return True
    try:
        return parsedate_to_datetime(since.decode("latin-1")) >= parsedate_to_datetime(modified.decode())
    except (ValueError, TypeError):  # TypeError: a date without a zone
        return False


def request_conditions(headers: Iterable[tuple[bytes, bytes]]) -> tuple[bytes, bytes, bytes]:
    """`Accept-Encoding`, `If-None-Match` and `If-Modified-Since` of a request, empty where absent."""
    accept_encoding = if_none_match = if_modified_since = b""
    for name, value in headers:
        if name == b"accept-encoding":
            accept_encoding = accept_encoding + b"," + value if accept_encoding else value
        elif name == b"if-none-match":
            if_none_match = if_none_match + b"," + value if if_none_match else value
        elif name == b"if-modified-since":
            if_modified_since = value
    return accept_encoding, if_none_match, if_modified_since
