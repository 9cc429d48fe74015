"""The selector's answer."""

from typing import Any, Literal

from statuspage.domain.words import Level, Status
from statuspage.render.openapi.shapes.base import Count, Key, Milliseconds, Shape, Share, Time, Usd, Window
from statuspage.render.openapi.shapes.models import Uptime


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


class SuccessCost(Shape):
    """US dollars of a call that succeeds, with the bounds of success."""

    expected: Usd
    low: Usd
    high: Usd


class ComparedTools(Shape):
    """Tool calling over seven days."""

    state: str
    ratio: Share | None
    low: Share
    high: Share
    passed: Count
    samples: Count


class Compared(Shape):
    """One of the models."""

    model: Key
    name: str
    status: Status
    level: Level
    uptime: Uptime
    first_content_p50: Milliseconds | None
    first_content_p95: Milliseconds | None
    tools: ComparedTools | None
    usd_per_call: Usd | None
    usd_per_successful_call: SuccessCost | None


class ComparedPair(Shape):
    """A against B; `more_calls` of each would tell."""

    of: Literal["success", "tools"]
    a: Key
    b: Key
    difference: float | None
    low: float | None
    high: float | None
    p_value: Share | None
    verdict: str
    more_calls: Count | None


class Comparison(Shape):
    """Models beside one another, and the first against the others."""

    window: Window
    models: tuple[Compared, ...]
    unknown: tuple[str, ...]
    contrasts: tuple[ComparedPair, ...]
