"""What goes wrong over HTTP, in the shape its reader expects."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from statuspage.render.encoded import Document, encode
from statuspage.render.headers import NO_STORE, headers_for

PROBLEM: Final = b"application/problem+json"
_TITLES: Final = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Changed meanwhile",
    412: "Changed meanwhile",
    414: "Address too long",
    429: "Too many requests",
    500: "Internal error",
    501: "Not supported",
    503: "Not available",
}


def title_of(status: int) -> str:
    """A problem's title: the kind of problem, never the case at hand."""
    return _TITLES.get(status, "Request refused")


def problem(
    status: int, detail: str, *, retry_after_s: int | None = None, more: Mapping[str, object] = MappingProxyType({})
) -> Document:
    """Problem details (RFC 9457): `title` names the kind, `detail` the case and the remedy; `more` are members of its own."""
    body = {"type": "about:blank", "title": title_of(status), "status": status, "detail": detail, **more}
    return _document(status, body, PROBLEM, retry_after_s)


def openai_error(status: int, message: str, code: str) -> Document:
    """The error shape of OpenAI's API, for readers of `/v1`."""
    kind = "server_error" if status >= 500 else "invalid_request_error"
    body = {"error": {"message": message, "type": kind, "param": None, "code": code}}
    return _document(status, body, b"application/json", None)


def flag_error(status: int, details: str) -> Document:
    """The error shape of OpenFeature's remote evaluation, where no flag is concerned."""
    return _document(status, {"errorCode": "GENERAL", "errorDetails": details}, b"application/json", None)


def _document(status: int, body: object, content_type: bytes, retry_after_s: int | None) -> Document:
    headers = headers_for(content_type, NO_STORE)
    if retry_after_s is not None:
        headers.append((b"retry-after", str(retry_after_s).encode()))
    return encode(msgspec.json.encode(body), headers, status=status)


class BadRequest(Exception):  # noqa: N818 - it is a request, not an error of ours
    """A parameter that cannot be used; the text names it and the choices."""


class UnknownModel(Exception):  # noqa: N818 - as above
    """No public model has this slug or key."""
