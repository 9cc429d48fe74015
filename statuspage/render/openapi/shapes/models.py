"""The dropdown document and what it is made of."""

from typing import Annotated, Literal

from msgspec import Meta, field

from statuspage.domain.words import Fault, Level, Status
from statuspage.render.openapi.shapes.base import ClassName, Count, Day, Key, Shape, Share, Slug, Time, Usd


class Uptime(Shape):
    """Success over judged scheduled probes of a window, with its 95 % Wilson interval, floored to 4 decimals."""

    ratio: Annotated[Share | None, Meta(description="null with no judged probe.")]
    low: Share | None
    high: Share | None
    samples: Annotated[Count, Meta(description="Judged scheduled probes.")]
    coverage: Annotated[Share, Meta(description="Judged over due.")]


class Uptimes(Shape):
    """Uptime by window."""

    day: Uptime = field(name="24h")
    week: Uptime = field(name="7d")
    month: Uptime = field(name="30d")
    quarter: Uptime = field(name="90d")


class Latency(Shape):
    """Milliseconds over the last 24 hours."""

    first_content_p50: int | None
    first_content_p95: int | None
    total_p50: int | None


class Tools(Shape):
    """The light of tool calling over seven days."""

    state: Literal["verified", "likely", "unproven", "failing"]
    passed: Count
    samples: Count
    low: Annotated[Share, Meta(description="Lower bound of the 95 % interval.")]


class Price(Shape):
    """What so many tokens cost."""

    input: Usd
    output: Usd
    currency: Literal["USD"]
    per: Literal[1000000]
    source: Literal["config", "discovered", "table"]


class Official(Shape):
    """What the vendor's own status page says: a second opinion."""

    status: Status
    checked_at: Time | None
    url: str


class Model(Shape):
    """One model as readers may see it."""

    slug: Slug
    name: str
    provider: str
    url: str
    status: Status
    level: Level
    label: Annotated[str, Meta(max_length=24)]
    reason: Annotated[str, Meta(description="A sentence of ours.")]
    class_name: ClassName | None = field(name="class")
    fault: Fault | None
    since: Time | None
    checked_at: Time | None
    uptime: Uptimes
    latency_ms: Latency | None
    tools: Tools | None
    price: Price | None
    use_instead: Key | None
    official: Official | None
    retires_on: Day | None
    max_stale_seconds: Annotated[int, Meta(ge=1)]
    stale: bool


class DropdownPage(Shape):
    """The page as a whole."""

    status: Status
    level: Level
    title: str
    url: str


class Dropdown(Shape):
    """The dropdown document: every model's state in one object, by key."""

    schema_version: Literal[1]
    generated_at: Time
    poll_after_seconds: Annotated[int, Meta(ge=1)]
    max_stale_seconds: Annotated[int, Meta(ge=1)]
    page: DropdownPage
    models: dict[str, Model]
