"""The selector's answer."""

from typing import Any

from statuspage.domain.words import Status
from statuspage.render.openapi.shapes.base import Count, Key, Milliseconds, Shape, Share, Time, Usd


class Choice(Shape):
    """The model to call, and why."""

    model: Key
    why: tuple[str, ...]


class Rejected(Shape):
    """A model that is not suitable, and why."""

    model: str
    why: str


class CandidateTools(Shape):
    """The evidence of tool calling."""

    state: str
    low: Share
    samples: Count


class CandidateFigures(Shape):
    """What a candidate was ranked by."""

    model: Key
    status: Status
    success_low: Share | None
    samples: Count
    tools: CandidateTools | None
    usd_per_call: Usd | None
    usd_per_successful_call: Usd | None
    first_content_p50: Milliseconds | None
    good_until: Time | None


class Route(Shape, kw_only=True):
    """The selector's answer; `candidates` only with `explain`."""

    choice: Choice
    fallbacks: tuple[Key, ...]
    rejected: tuple[Rejected, ...]
    evidence_window: str
    flags: dict[str, Any]
    valid_until: Time | None
    candidates: tuple[CandidateFigures, ...] = ()
