"""The vendor's own word beside our measurement: what is shown of it, and the line about where the two disagree."""

from typing import Final

import msgspec

from statuspage.domain.claim import Claim
from statuspage.domain.leads import Lead, sentence, tally
from statuspage.domain.official import OfficialReading
from statuspage.domain.reading import Reading
from statuspage.domain.view import OfficialView
from statuspage.domain.words import Fault, Status

MAX_AGE_MS: Final = 15 * 60_000
"""Three looks: an older claim says nothing of now."""

_MS_PER_MINUTE: Final = 60_000
TROUBLES: Final = frozenset({Status.MAJOR_OUTAGE, Status.PARTIAL_OUTAGE, Status.DEGRADED_PERFORMANCE})
_THEIRS: Final = (Fault.PROVIDER, Fault.ROUTER)
SAYS: Final = {
    Status.OPERATIONAL: "operational",
    Status.DEGRADED_PERFORMANCE: "degraded performance",
    Status.PARTIAL_OUTAGE: "partial outage",
    Status.MAJOR_OUTAGE: "major outage",
    Status.UNDER_MAINTENANCE: "under maintenance",
}
"""A claim in words."""


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a model from its vendor's page. Without a claim `reason` says why; `since_ms` is since when it stands."""

    url: str
    claim: Claim | None = None
    since_ms: int | None = None
    checked_at_ms: int | None = None
    reading: OfficialReading = OfficialReading()
    reason: str | None = None
    leads: tuple[Lead, ...] = ()


def official_view(opinion: Opinion | None, told: Reading, as_of_ms: int, now_ms: int) -> OfficialView | None:
    """What readers see of it beside our reading; lines with minutes in them end at `as_of_ms`, so that they do not tick."""
    if opinion is None:
        return None
    claim, checked_at_ms = opinion.claim, opinion.checked_at_ms
    reason = opinion.reason
    if claim is not None and (checked_at_ms is None or now_ms - checked_at_ms > MAX_AGE_MS):
        claim, reason = None, "it has not been read lately"
    return OfficialView(
        url=opinion.url,
        status=None if claim is None else claim.status,
        checked_at_ms=checked_at_ms,
        component=None if claim is None else claim.component,
        reading=opinion.reading,
        reason=None if claim is not None else reason or "it has not been read yet",
        note=None if claim is None else disagreement(claim, opinion.since_ms, told, as_of_ms),
        leads=sentence(tally(opinion.leads)),
    )


def disagreement(claim: Claim, claimed_since_ms: int | None, told: Reading, as_of_ms: int) -> str | None:
    """The line for as long as page and measurement disagree, None while they agree or we know nothing ourselves.

    They disagree where one side has trouble of the vendor's making and the other has none.
    """
    measured = told.status in TROUBLES and (told.fault in _THEIRS or told.fault is Fault.NONE)
    claimed = claim.status in TROUBLES
    well = told.status is Status.OPERATIONAL
    if measured and claim.status is Status.OPERATIONAL:
        found = _failures(told)
    elif claimed and well:
        found = _failures(told) if told.failed else "no failures"
    else:
        return None
    since = [at for at in (claimed_since_ms, told.since_ms) if at is not None]
    minutes = 0 if not since else max(0, as_of_ms - max(since)) // _MS_PER_MINUTE
    lasting = "" if not minutes else f", for {minutes} {'minute' if minutes == 1 else 'minutes'}"
    return f"The vendor says {SAYS[claim.status]}, we measure {found}{lasting}."


def _failures(told: Reading) -> str:
    """Our figure: the share of the requests that the reading counts."""
    if told.fault is Fault.NONE and told.status in TROUBLES:
        return "slow answers"
    return f"{round(100 * told.failed / told.of)} % failures" if told.of and told.failed else "failures"
