"""Our words in Statuspage's: the documented projection (docs/statuspage-v2.md)."""

from collections.abc import Sequence
from typing import Final

from statuspage.domain.view import ModelView
from statuspage.domain.words import Status

NO_MEASUREMENT: Final = "No recent measurement"
_COMPONENT: Final = {
    Status.OPERATIONAL: "operational",
    Status.DEGRADED_PERFORMANCE: "degraded_performance",
    Status.PARTIAL_OUTAGE: "partial_outage",
    Status.MAJOR_OUTAGE: "major_outage",
    Status.UNDER_MAINTENANCE: "under_maintenance",
    Status.NO_DATA: "degraded_performance",
}
"""What is not known is never green; a retired model is left out."""
_WORST_FIRST: Final = ("major_outage", "partial_outage", "degraded_performance", "under_maintenance", "operational")
_INDICATORS: Final = {
    "major_outage": ("critical", "Major Service Outage"),
    "partial_outage": ("major", "Partial System Outage"),
    "degraded_performance": ("minor", "Partially Degraded Service"),
    "under_maintenance": ("none", "Service Under Maintenance"),
    "operational": ("none", "All Systems Operational"),
}
"""Readers match the descriptions by their text."""


def component_status(status: Status) -> str:
    """A model's status as a component's."""
    return _COMPONENT[status]


def worst(statuses: Sequence[str]) -> str:
    """The worst of components' statuses; of none, what says that nothing is known."""
    return min(statuses, key=_WORST_FIRST.index, default="degraded_performance")


def indicator(statuses: Sequence[str]) -> tuple[str, str]:
    """Indicator and description of a page with these components: critical only where every one of them is."""
    overall = worst(statuses)
    if overall == "major_outage" and any(status != overall for status in statuses):
        overall = "partial_outage"
    return _INDICATORS[overall]


def description(model: ModelView) -> str | None:
    """One fixed phrase about a component that is not well; figures would tick."""
    if model.status is Status.NO_DATA:
        return NO_MEASUREMENT
    return None if model.status is Status.OPERATIONAL else model.label
