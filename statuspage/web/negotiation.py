"""Which encoding a client gets, and whether it has it already (RFC 9110 §12.5.3, §13.1.2)."""

from collections.abc import Iterable
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


def request_conditions(headers: Iterable[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    """`Accept-Encoding` and `If-None-Match` of a request, empty where absent."""
    accept_encoding = if_none_match = b""
    for name, value in headers:
        if name == b"accept-encoding":
            accept_encoding = accept_encoding + b"," + value if accept_encoding else value
        elif name == b"if-none-match":
            if_none_match = if_none_match + b"," + value if if_none_match else value
    return accept_encoding, if_none_match
