"""Standard Webhooks 1.0.0: `{type, timestamp, data}`."""

import msgspec

from statuspage.domain.notice import Notice
from statuspage.notify.encodings.encoding import Encoded, at
from statuspage.notify.message import Endpoint


def encode(notice: Notice, endpoint: Endpoint) -> Encoded:  # noqa: ARG001 - every encoding is asked alike
    """The notice's type and time around its data."""
    return Encoded(body=msgspec.json.encode({"type": notice.kind, "timestamp": at(notice), "data": notice.data}))
