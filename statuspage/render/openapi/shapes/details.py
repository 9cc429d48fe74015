"""Everything public about one model, and its evidence."""

from typing import Annotated, Any

from msgspec import Meta, field

from statuspage.domain.words import Fault, Judgement, Kind, Phase
from statuspage.render.openapi.shapes.base import (
    Availability,
    ClassName,
    Count,
    Day,
    Key,
    Milliseconds,
    Shape,
    Share,
    Time,
    Usd,
    Window,
)
from statuspage.render.openapi.shapes.models import Model, Uptime


class DayMinutes(Shape):
    """Minutes of a day spent in each status other than operational."""

    major_outage: Count
    partial_outage: Count
    degraded_performance: Count
    under_maintenance: Count
    no_data: Count


class DayFigures(Shape):
    """One of the 90 bars, in the site's time zone."""

    date: Day
    ratio: Share | None
    judged: Count
    failed: Count
    excluded: Count
    minutes: DayMinutes
    incidents: tuple[str, ...]


class Point(Shape):
    """Latencies of one hour or one day, in milliseconds."""

    at: Time
    first_content_p50: int | None
    first_content_p95: int | None
    total_p50: int | None
    total_p95: int | None


class Timings(Shape):
    """Milliseconds since the probe's start; `max_gap` is the longest silence between events."""

    resolve: Milliseconds | None
    connect: Milliseconds | None
    tls: Milliseconds | None
    headers: Milliseconds | None
    first_event: Milliseconds | None
    first_content: Milliseconds | None
    total: Milliseconds | None
    max_gap: Milliseconds | None


class Tokens(Shape):
    """What the vendor counted."""

    input: Count | None
    output: Count | None
    reasoning: Count | None


class Evidence(Shape):
    """One of the newest probes with everything that is known of it."""

    at: Time
    kind: Kind
    judgement: Judgement
    class_name: ClassName = field(name="class")
    fault: Fault
    http_status: int | None
    error_type: str | None
    phase: Phase | None
    message: str | None
    evidence: Annotated[str | None, Meta(description="The vendor's own words, redacted.")]
    timings_ms: Timings
    tokens: Tokens
    served_model: str | None
    served_by: str | None
    request_id: str | None


class ToolCase(Shape):
    """One case of the suite over seven days; only those that `counts` make the light."""

    name: str
    title: str
    passed: Count
    samples: Count
    low: Share
    high: Share
    class_name: ClassName | None = field(name="class")
    counts: bool


class ToolCases(Shape):
    """Tool calling case by case."""

    checked_at: Time | None
    high: Share
    cases: tuple[ToolCase, ...]


class Listed(Shape):
    """A part of an official page: what it lists, and whether that is known."""

    availability: Availability
    items: tuple[dict[str, Any], ...]


class Counted(Shape):
    """How many components an official page has."""

    availability: Availability
    count: Count


class OfficialPage(Shape):
    """The vendor's own status page as a whole."""

    url: str
    engine: str | None
    component: str | None
    overall: str
    reason: str | None
    incidents: Listed
    maintenances: Listed
    components: Counted
    leads: str | None


class ListedPrice(Shape):
    """US dollars per million tokens, by the vendor's list."""

    input: Usd
    output: Usd


class Lifecycle(Shape):
    """What the vendor's list says."""

    listed: bool | None
    context_length: int | None
    capabilities: tuple[str, ...] | None
    successor: str | None
    listed_price: ListedPrice | None


class Happened(Shape):
    """An event of a model's life."""

    at: Time
    kind: str
    sentence: str
    old: str | None
    new: str | None


class WatchedMonth(Shape):
    """What watching has cost this month (UTC)."""

    probes: Count
    cost_usd: Usd | None
    projected_usd: Usd | None


class WatchedWeek(Shape):
    """What a week at this cadence costs, and which uptime it proves when nothing fails."""

    cost_usd: Usd | None
    proves_uptime: Share


class Watching(Shape):
    """The cost of certainty."""

    month: WatchedMonth
    week: WatchedWeek


class Programs(Shape):
    """What programs told of their own calls in the last 24 hours; no part of any other figure."""

    calls: Count
    judged: Annotated[int, Meta(ge=0, description="Those that say something of the vendor.")]
    answered: Annotated[int, Meta(ge=0, description="Those of them that were answered.")]
    classes: dict[str, int]


class ModelDetail(Model):
    """Everything public about one model."""

    key: Key
    decided_by: Annotated[str | None, Meta(description="The rule that decided the status, in words.")]
    interval_seconds: float
    first_seen: Time | None
    days: tuple[DayFigures, ...]
    hours: tuple[Point, ...]
    evidence: tuple[Evidence, ...]
    tool_cases: ToolCases | None
    official_note: str | None
    official_page: OfficialPage | None
    price_as_of: Day | None
    watching: Watching | None
    programs: Programs | None
    lifecycle: Lifecycle
    events: tuple[Happened, ...]


class UptimeDocument(Uptime):
    """Uptime of one window, with its days."""

    model: Key
    window: Window
    days: tuple[DayFigures, ...]


class LatencyDocument(Shape):
    """Latencies of one window: by hour up to 7 days, by day beyond."""

    model: Key
    window: Window
    points: tuple[Point, ...]


class StoredSample(Shape):
    """One probe."""

    id: str
    at: Time
    kind: Kind
    judgement: Judgement
    class_name: ClassName = field(name="class")
    fault: Fault
    http_status: int | None
    first_content_ms: Milliseconds | None
    total_ms: Milliseconds | None
    tokens: Tokens
    cost_usd: Usd | None
    vantage: str
    request_id: str | None


class Samples(Shape):
    """Probes, oldest first; `next` is the address of the next page, null at the end."""

    model: Key
    samples: tuple[StoredSample, ...]
    next: str | None
