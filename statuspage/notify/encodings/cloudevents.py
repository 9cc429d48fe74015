"""CloudEvents 1.0 in structured mode (CNCF, JSON event format)."""

from typing import Final

import msgspec

from statuspage.domain.notice import Notice
from statuspage.notify.encodings.encoding import Encoded, at
from statuspage.notify.message import Endpoint

TYPE_PREFIX: Final = "io.github.statuspage."


def encode(notice: Notice, endpoint: Endpoint) -> Encoded:
    """One event; `source` is the page, `subject` the model or incident."""
    event = {
        "specversion": "1.0",
        "id": notice.id,
        "source": endpoint.site_url,
        "type": TYPE_PREFIX + notice.kind,
        "time": at(notice),
        "subject": notice.subject,
        "datacontenttype": "application/json",
        "data": notice.data,
    }
    return Encoded(body=msgspec.json.encode(event), content_type="application/cloudevents+json")
