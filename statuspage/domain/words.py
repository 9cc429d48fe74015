"""The vocabulary of the contract: faults, judgements, statuses, levels, kinds."""

from enum import StrEnum


class Fault(StrEnum):
    """Who caused what a probe met."""

    NONE = "none"
    PROVIDER = "provider"
    ROUTER = "router"
    ACCOUNT = "account"
    MONITOR = "monitor"
    CLIENT = "client"


class Judgement(StrEnum):
    """How one probe counts: only `ok`, `slow` and `failed` enter a verdict or an uptime."""

    OK = "ok"
    SLOW = "slow"
    FAILED = "failed"
    EXCLUDED = "excluded"


class Retry(StrEnum):
    """What a client should do next on the same route; `now` means once, on a fresh connection."""

    NEVER = "never"
    BACKOFF = "backoff"
    AFTER = "after"
    NOW = "now"


class Kind(StrEnum):
    """Why a sample was taken; only scheduled ones count in uptime."""

    SCHEDULED = "scheduled"
    CONFIRM = "confirm"
    PASSIVE = "passive"


class ProbeKind(StrEnum):
    """What a probe asks."""

    CHAT = "chat"
    TOOLS = "tools"
    CATALOG = "catalog"
    BALANCE = "balance"


class Phase(StrEnum):
    """How far a probe had come, in order; the phase reached at a failure names its class."""

    RESOLVE = "resolve"
    CONNECT = "connect"
    TLS = "tls"
    HEADERS = "headers"
    FIRST_EVENT = "first_event"
    CONTENT = "content"
    DONE = "done"


class Level(StrEnum):
    """The colour of a status."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


class Status(StrEnum):
    """What readers are told of a model; the first five are Statuspage's words."""

    OPERATIONAL = "operational"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"
    UNDER_MAINTENANCE = "under_maintenance"
    NO_DATA = "no_data"
    RETIRED = "retired"

    @property
    def level(self) -> Level:
        """The colour this status is shown in."""
        return _LEVELS[self]


_LEVELS = {
    Status.OPERATIONAL: Level.GREEN,
    Status.DEGRADED_PERFORMANCE: Level.YELLOW,
    Status.PARTIAL_OUTAGE: Level.YELLOW,
    Status.MAJOR_OUTAGE: Level.RED,
    Status.UNDER_MAINTENANCE: Level.BLUE,
    Status.NO_DATA: Level.GREY,
    Status.RETIRED: Level.GREY,
}

_WORST_FIRST = (
    Status.MAJOR_OUTAGE,
    Status.PARTIAL_OUTAGE,
    Status.DEGRADED_PERFORMANCE,
    Status.UNDER_MAINTENANCE,
    Status.NO_DATA,
    Status.OPERATIONAL,
)


def page_status(statuses: list[Status]) -> Status:
    """The status of a page over its models: the worst, red only when every judged model is red.

    Retired models do not count; a page without models has no data (contract §1).
    """
    counted = [status for status in statuses if status is not Status.RETIRED]
    judged = [status for status in counted if status is not Status.NO_DATA]
    worst = next((status for status in _WORST_FIRST if status in counted), Status.NO_DATA)
    if worst is Status.MAJOR_OUTAGE and any(status is not worst for status in judged):
        return Status.PARTIAL_OUTAGE
    return worst
