"""The whole history of one model, as it is carried into a store at once."""

from collections.abc import Iterable

import msgspec

from statuspage.domain.rollup import Bucket
from statuspage.domain.sample import Sample
from statuspage.domain.state import ModelState


class History(msgspec.Struct, frozen=True, kw_only=True):
    """What a store knows of one model; `samples`, `hours` and `days` are oldest first."""

    key: str
    first_seen_ms: int
    interval_s: float
    samples: Iterable[Sample] = ()
    hours: Iterable[Bucket] = ()
    days: Iterable[Bucket] = ()
    state: ModelState | None = None
