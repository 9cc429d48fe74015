"""Which language a request asks for: `?lang=`, else `Accept-Language`."""

from collections.abc import Iterable, Mapping
from typing import Any

from statuspage.domain.languages import accepted, tagged


def asked_by_query(query: bytes) -> str | None:
    """The language of `lang=`; None where it is absent or none of ours."""
    for part in query.split(b"&"):
        if part.startswith(b"lang="):
            return tagged(part[5:].decode("latin-1"))
    return None


def asked_by_header(headers: Iterable[tuple[bytes, bytes]], default: str) -> str:
    """The language that the browser prefers."""
    for name, value in headers:
        if name == b"accept-language":
            return accepted(value.decode("latin-1"), default)
    return default


def asked_language(scope: Mapping[str, Any], default: str) -> str:
    """The language of the answer to this request."""
    return asked_by_query(scope["query_string"]) or asked_by_header(scope["headers"], default)
