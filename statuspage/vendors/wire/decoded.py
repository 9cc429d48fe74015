"""The JSON object of an event or of a whole body."""

import msgspec

from statuspage.vendors.wire.bare import alone


class NoObjectError(ValueError):
    """What came is no JSON object; the text says so in words of ours."""


def event_in(data: bytes) -> dict[str, object]:
    """The object of an event. Raises `NoObjectError`."""
    return _object(_json(data, "an event"), "an event")


def body_in(body: bytes) -> dict[str, object]:
    """The object of a body, also where it stands alone in an array; `null` is an empty one. Raises `NoObjectError`."""
    found = alone(_json(body, "the body"))
    return {} if found is None else _object(found, "the body")


def _json(data: bytes, what: str) -> object:
    try:
        return msgspec.json.decode(data)
    except (ValueError, RecursionError):
        raise NoObjectError(f"{what} is no JSON") from None


def _object(found: object, what: str) -> dict[str, object]:
    if not isinstance(found, dict):
        raise NoObjectError(f"{what} is no JSON object")
    return found
