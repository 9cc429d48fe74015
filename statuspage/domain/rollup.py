"""Hours and days of one model, as sums that can be added to one another."""

import msgspec

from statuspage.domain.histogram import Histogram
from statuspage.domain.words import Status


class Bucket(msgspec.Struct, kw_only=True, gc=False):
    """What was measured of one model in one hour (UTC) or one day (of the site's time zone).

    Counts are of scheduled samples only, but `classes` and `cost_usd`, which include confirm samples.
    `status_ms` is time spent in each status (days only). `start_ms` is UTC milliseconds.
    """

    start_ms: int
    judged: int = 0
    failed: int = 0
    slow: int = 0
    excluded: int = 0
    first_content_ms: Histogram = msgspec.field(default_factory=Histogram)
    total_ms: Histogram = msgspec.field(default_factory=Histogram)
    classes: dict[str, int] = msgspec.field(default_factory=dict)
    status_ms: dict[Status, int] = msgspec.field(default_factory=dict)
    cost_usd: float = 0.0
