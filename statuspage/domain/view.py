"""What readers may see of a model and of the page: the one reading behind every surface."""

import msgspec

from statuspage.domain.incident import Incident
from statuspage.domain.maintenance import Maintenance
from statuspage.domain.method import Method
from statuspage.domain.official import OfficialReading
from statuspage.domain.pins import Detour
from statuspage.domain.reading import Reading
from statuspage.domain.sample import Sample
from statuspage.domain.spending import Rate
from statuspage.domain.words import Fault, Level, Status

WINDOWS = ("24h", "7d", "30d", "90d")


class UptimeView(msgspec.Struct, frozen=True, kw_only=True):
    """Success over judged scheduled samples of one window, with a 95 % Wilson interval, floored to 4 decimals."""

    ratio: float | None
    low: float | None
    high: float | None
    samples: int
    coverage: float


class LatencyView(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds, of successful samples of the last 24 hours."""

    first_content_p50: int | None
    first_content_p95: int | None
    total_p50: int | None


class LatencyPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One hour or one day of latencies in milliseconds."""

    at_ms: int
    first_content_p50: int | None
    first_content_p95: int | None
    total_p50: int | None
    total_p95: int | None


class OutcomePoint(msgspec.Struct, frozen=True, kw_only=True):
    """One hour or one day: judged scheduled probes, and how often each class that is not good was met by any probe."""

    at_ms: int
    judged: int
    classes: dict[str, int]


class DayMinutes(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes of one day spent in each status other than operational."""

    major_outage: int = 0
    partial_outage: int = 0
    degraded_performance: int = 0
    under_maintenance: int = 0
    no_data: int = 0


class DayView(msgspec.Struct, frozen=True, kw_only=True):
    """One of the 90 bars; `date` is `YYYY-MM-DD` in the site's time zone."""

    date: str
    ratio: float | None
    judged: int
    failed: int
    excluded: int
    minutes: DayMinutes = DayMinutes()
    elapsed_minutes: int = 1440
    """How long the day has been so far; 1380 or 1500 where the clocks change."""
    incidents: tuple[str, ...] = ()


class DaySummary(msgspec.Struct, frozen=True, kw_only=True):
    """One day (`YYYY-MM-DD` in the site's time zone): its worst status, the keys of the models in it, its incidents."""

    date: str
    status: Status
    models: tuple[str, ...] = ()
    """Empty where the status is not worth naming anybody: operational, or no data."""
    incidents: tuple[str, ...] = ()


class PriceView(msgspec.Struct, frozen=True, kw_only=True):
    """USD per `per` tokens."""

    input: float
    output: float
    currency: str = "USD"
    per: int = 1_000_000
    source: str = "config"
    """`config`, `discovered` (the vendor's own list) or `table` (shipped)."""
    as_of: str | None = None
    """The day (`YYYY-MM-DD`) for which the source said it; None for a configured one."""

    @property
    def rate(self) -> Rate:
        """What tokens cost at this price."""
        return Rate(input_usd=self.input, output_usd=self.output)


class WatchingView(msgspec.Struct, frozen=True, kw_only=True):
    """What watching a model costs: probes and US dollars of this UTC month, where the month leads, a week at this cadence.

    `week_proves` is the uptime that a week without a failure proves, with 95 % confidence.
    """

    probes: int
    cost_usd: float | None = None
    projected_usd: float | None = None
    week_usd: float | None = None
    week_proves: float = 0.0


class HappenedView(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a model's life that readers may see; `facts` are old and new values."""

    at_ms: int
    kind: str
    sentence: str
    facts: dict[str, str] = {}


class LifecycleView(msgspec.Struct, frozen=True, kw_only=True):
    """What the vendor's list says of a model; None is what it does not say.

    `retires_on` is `YYYY-MM-DD`. `successor` is the nearest id that the vendor lists, where this one is not listed or will
    be retired. `events` are the newest first.
    """

    listed: bool | None = None
    context_length: int | None = None
    capabilities: tuple[str, ...] | None = None
    retires_on: str | None = None
    successor: str | None = None
    price: PriceView | None = None
    events: tuple[HappenedView, ...] = ()


class ToolCaseView(msgspec.Struct, frozen=True, kw_only=True):
    """One case of the tools suite over seven days, with a 95 % Wilson interval; `class_name` is its commonest failure.

    A case that does not count is an ability and no duty.
    """

    name: str
    title: str
    passed: int
    samples: int
    low: float
    high: float
    class_name: str | None = None
    counts: bool = True


class ToolsView(msgspec.Struct, frozen=True, kw_only=True):
    """The light of tool calling over seven days: `verified`, `likely`, `unproven` or `failing`, with its interval."""

    state: str
    passed: int
    samples: int
    low: float
    high: float
    checked_at_ms: int | None = None
    cases: tuple[ToolCaseView, ...] = ()


class OfficialView(msgspec.Struct, frozen=True, kw_only=True):
    """What the vendor's own status page says of a model, beside our measurement and never part of it.

    Without a `status` the page could not be read or says nothing, and `reason` says why. `reading` is the page as a whole,
    `component` the part of it that speaks. `note` is the line about where it disagrees with us, `leads` who told of past
    outages first.
    """

    url: str
    status: Status | None = None
    checked_at_ms: int | None = None
    component: str | None = None
    reading: OfficialReading = OfficialReading()
    reason: str | None = None
    note: str | None = None
    leads: str | None = None


class ProgramsView(msgspec.Struct, frozen=True, kw_only=True):
    """What programs told of their own calls in the last 24 hours, beside our measurement and never part of it.

    `judged` are the calls that say something of the vendor, `answered` those of them that were answered; `classes` are what
    all of them met, the commonest first.
    """

    calls: int
    judged: int
    answered: int
    classes: tuple[tuple[str, int], ...]


class Spoken(msgspec.Struct, frozen=True):
    """A model in a sentence about many: its name tells it apart from others of that name."""

    name: str
    status: Status
    class_name: str | None


class ModelView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything public about one model at one moment."""

    key: str
    slug: str
    name: str
    provider: str
    url: str
    status: Status
    label: str
    reason: str
    class_name: str | None
    fault: Fault | None
    since_ms: int | None
    checked_at_ms: int | None
    max_stale_seconds: int
    interval_seconds: float
    uptime: dict[str, UptimeView]
    latency: LatencyView | None
    price: PriceView | None = None
    use_instead: str | None = None
    retires_on: str | None = None
    days: tuple[DayView, ...] = ()
    """The last 90 days, oldest first, today last; days before first seen are left out."""
    hours: tuple[LatencyPoint, ...] = ()
    """The last 24 hours, oldest first."""
    outcomes: tuple[OutcomePoint, ...] = ()
    """The last 24 hours by hour, oldest first."""
    evidence: tuple[Sample, ...] = ()
    """The newest samples, newest first."""
    decided_by: str | None = None
    """The rule that decided the status, in words."""
    first_seen_ms: int | None = None
    first_key: str | None = None
    """The key it was first watched under, where it was renamed since."""
    tools: ToolsView | None = None
    """None where tool calling is not tested."""
    reading: Reading | None = None
    """What label, reason and rule were spoken from, for other languages."""
    detour: Detour | None = None
    """What an operator names to use instead, where the reason tells of it."""
    detour_name: str = ""
    lifecycle: LifecycleView | None = None
    official: OfficialView | None = None
    """None where no official page is configured."""
    watching: WatchingView | None = None
    programs: ProgramsView | None = None
    """None where no program told of a call."""
    latency_by_window: dict[str, LatencyView] = {}
    """Latencies of windows longer than 24 hours, for badges; a window left out is unknown."""

    @property
    def level(self) -> Level:
        """The colour of the status."""
        return self.status.level

    @property
    def stale(self) -> bool:
        """Whether the newest judged sample is too old to say anything."""
        return self.class_name == "stale"


class SiteView(msgspec.Struct, frozen=True, kw_only=True):
    """The page's own settings that readers meet."""

    title: str
    url: str
    language: str = "en"
    timezone: str = "UTC"
    simulation: bool = False
    """True in the demo: every page says that it shows a simulation."""
    version: str = ""
    canaries: bool = True
    contact: str | None = None
    """A mailto:, https: or tel: address for reports of security problems."""


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """The page at one moment; `generated_at_ms` is the time of the last change."""

    site: SiteView
    status: Status
    generated_at_ms: int
    poll_after_seconds: int
    max_stale_seconds: int
    models: tuple[ModelView, ...]
    incidents: tuple[Incident, ...] = ()
    """Open ones first, newest first; then those resolved in the last days."""
    archive: tuple[Incident, ...] = ()
    """All that are known of the last 90 days, newest first, the open ones among them."""
    maintenances: tuple[Maintenance, ...] = ()
    """Those under way, then those to come, the next first; then those that are over, the newest first."""
    provider_names: dict[str, str] = {}
    older_days: tuple[DaySummary, ...] = ()
    """Days of this year that are older than the bars, oldest first."""
    method: Method = Method()
    """How the public models are watched."""
    sentence: str = ""
    """The headline: one true and specific sentence with its full stop."""
    spoken: tuple[Spoken, ...] = ()
    """What the headline was spoken from, for other languages."""

    @property
    def level(self) -> Level:
        """The colour of the page."""
        return self.status.level
