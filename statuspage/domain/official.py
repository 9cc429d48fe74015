"""What a vendor's own status page says, whatever engine it runs on: a second opinion, never part of our figures."""

from enum import StrEnum
from typing import Final, Generic, TypeVar
from urllib.parse import unquote, urlsplit

import msgspec

from statuspage.domain.words import Status

T = TypeVar("T")


class Availability(StrEnum):
    """What is known of one detail of a page; an empty list alone never means «none»."""

    AVAILABLE = "available"
    NONE_REPORTED = "none_reported"
    UNSUPPORTED = "unsupported"
    FETCH_FAILED = "fetch_failed"
    NOT_ATTEMPTED = "not_attempted"


class Severity(StrEnum):
    """How bad a page says it is, in the words of Statuspage's indicator, with its fifth one, `maintenance`."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def status(self) -> Status:
        """The same in our words."""
        return _STATUS[self]


_STATUS: Final = {
    Severity.NONE: Status.OPERATIONAL,
    Severity.MAINTENANCE: Status.UNDER_MAINTENANCE,
    Severity.MINOR: Status.DEGRADED_PERFORMANCE,
    Severity.MAJOR: Status.PARTIAL_OUTAGE,
    Severity.CRITICAL: Status.MAJOR_OUTAGE,
}
_SEVERITY: Final = {status: severity for severity, status in _STATUS.items()}
_ORDER: Final = tuple(Severity)


def severity_of(status: Status) -> Severity | None:
    """The severity of one of the five words; None for grey."""
    return _SEVERITY.get(status)


def worst(*severities: Severity | None) -> Severity | None:
    """The worst of what is known; None where nothing is."""
    return max((each for each in severities if each is not None), key=_ORDER.index, default=None)


class Detail(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A list that a page may or may not have; `items` is empty unless `AVAILABLE`."""

    availability: Availability = Availability.NOT_ATTEMPTED
    items: tuple[T, ...] = ()


class OfficialIncident(msgspec.Struct, frozen=True, kw_only=True):
    """An open incident of a page. `published_ms` is when the vendor wrote it down, `started_ms` when it says it began."""

    name: str
    phase: str | None = None
    severity: Severity | None = None
    started_ms: int | None = None
    published_ms: int | None = None
    url: str | None = None
    components: tuple[str, ...] = ()


class OfficialMaintenance(msgspec.Struct, frozen=True, kw_only=True):
    """A planned or running maintenance of a page."""

    name: str
    in_progress: bool = False
    starts_ms: int | None = None
    ends_ms: int | None = None
    url: str | None = None
    components: tuple[str, ...] = ()


class OfficialComponent(msgspec.Struct, frozen=True, kw_only=True):
    """A part that a page names; `status` is None where the page uses a word we do not know."""

    name: str
    status: Status | None = None
    group: str | None = None


class OfficialReading(msgspec.Struct, frozen=True, kw_only=True):
    """One look at a page. `severity` is its headline: the worst of its indicator and of its open incidents.

    `overall` says whether there is a headline; `reason` why there is none, in words.
    """

    engine: str | None = None
    overall: Availability = Availability.NOT_ATTEMPTED
    severity: Severity | None = None
    incidents: Detail[OfficialIncident] = Detail()
    maintenances: Detail[OfficialMaintenance] = Detail()
    components: Detail[OfficialComponent] = Detail()
    reason: str | None = None

    @property
    def status(self) -> Status | None:
        """The headline in our five words, None where there is none."""
        return None if self.severity is None else self.severity.status


def failed(reason: str, engine: str | None = None) -> OfficialReading:
    """A look that brought nothing: nothing is known of any detail, least of all that there is none."""
    nothing = Availability.FETCH_FAILED
    return OfficialReading(
        engine=engine,
        overall=nothing,
        incidents=Detail(availability=nothing),
        maintenances=Detail(availability=nothing),
        components=Detail(availability=nothing),
        reason=reason,
    )


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What a conditional request repeats (RFC 9110 §13.1)."""

    etag: str | None = None
    last_modified: str | None = None


class KnownPage(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of one page between two looks; `url` is the configured address, `data_url` where its data lie.

    `checked_at_ms` is the newest look that brought a reading, `looked_at_ms` the newest of any outcome. Without an engine
    the search for it goes on: `tried` are the addresses that were not it, `hinted` is what one of them gave away.
    """

    url: str
    engine: str | None = None
    data_url: str | None = None
    validators: Validators = Validators()
    reading: OfficialReading = OfficialReading()
    checked_at_ms: int | None = None
    looked_at_ms: int | None = None
    failures: int = 0
    """Looks in a row at a known engine that brought nothing."""
    tried: tuple[str, ...] = ()
    hinted: str | None = None
    searched_ms: int | None = None
    """When a search ended at its last address without a result."""

    @property
    def searching(self) -> bool:
        """Whether the search has more addresses to ask."""
        return self.engine is None and bool(self.tried)


def focus_of(url: str) -> str | None:
    """The product or component that an address names in its fragment: `https://status.example.com/#Open%20API`."""
    return unquote(urlsplit(url).fragment).strip() or None
