"""What every shape of a webhook's body answers."""

from collections.abc import Callable, Mapping

import msgspec

from statuspage.domain.clock import rfc3339
from statuspage.domain.notice import Notice
from statuspage.notify.message import Endpoint


class Encoded(msgspec.Struct, frozen=True, kw_only=True):
    """A body exactly as it is sent and signed."""

    body: bytes
    content_type: str = "application/json"


Encode = Callable[[Notice, Endpoint], Encoded]


def facts(notice: Notice) -> Mapping[str, object]:
    """The notice's data as a mapping."""
    return msgspec.json.decode(notice.data, type=dict[str, object])


def text_of(value: object) -> str:
    """A figure or word of the data as text; empty where it is not known."""
    return value if isinstance(value, str) else ""


def at(notice: Notice) -> str:
    """When it happened, RFC 3339."""
    return rfc3339(notice.at_ms)
