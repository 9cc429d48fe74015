"""The small integers that stand for the contract's words in the database; a number never changes its meaning."""

from enum import StrEnum
from typing import Final, TypeVar

from statuspage.domain.words import Fault, Kind, Phase, ProbeKind, Retry, Status

Word = TypeVar("Word", bound=StrEnum)

FAULTS: Final = {
    Fault.NONE: 0,
    Fault.PROVIDER: 1,
    Fault.ROUTER: 2,
    Fault.ACCOUNT: 3,
    Fault.MONITOR: 4,
    Fault.CLIENT: 5,
}
KINDS: Final = {Kind.SCHEDULED: 0, Kind.CONFIRM: 1, Kind.PASSIVE: 2}
PROBES: Final = {ProbeKind.CHAT: 0, ProbeKind.TOOLS: 1, ProbeKind.CATALOG: 2, ProbeKind.BALANCE: 3}
RETRIES: Final = {Retry.NEVER: 0, Retry.BACKOFF: 1, Retry.AFTER: 2, Retry.NOW: 3}
PHASES: Final = {
    Phase.RESOLVE: 0,
    Phase.CONNECT: 1,
    Phase.TLS: 2,
    Phase.HEADERS: 3,
    Phase.FIRST_EVENT: 4,
    Phase.CONTENT: 5,
    Phase.DONE: 6,
}
STATUSES: Final = {
    Status.OPERATIONAL: 0,
    Status.DEGRADED_PERFORMANCE: 1,
    Status.PARTIAL_OUTAGE: 2,
    Status.MAJOR_OUTAGE: 3,
    Status.UNDER_MAINTENANCE: 4,
    Status.NO_DATA: 5,
    Status.RETIRED: 6,
}


def words(codes: dict[Word, int]) -> dict[int, Word]:
    """The way back, from numbers to words."""
    return {code: word for word, code in codes.items()}
