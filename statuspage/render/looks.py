"""How each status looks: one shape, one word and one colour, the same on every surface.

Colours are those of the light palette: at least 4.5:1 against white, so white text may stand on them.
"""

from typing import Final

import msgspec

from statuspage.domain.words import Fault, Status


class Look(msgspec.Struct, frozen=True):
    """Everything that tells a reader one status from another."""

    word: str
    """For pages."""
    message: str
    """For badges."""
    shields: str
    """A colour name that shields.io knows."""
    colour: str
    """Hexadecimal, on light ground."""
    glyph: str
    """The shape as a character, for text."""
    drawing: str
    """SVG of the shape in a box of 16 × 16, painted with `currentColor`."""


_GEAR: Final = (
    '<path fill-rule="evenodd" d="M6.9.5h2.2l.4 2a5.7 5.7 0 0 1 1.3.6l1.7-1.2 1.6 1.6-1.2 1.7q.4.6.6 1.3l2 .4v2.2l-2 .4'
    "q-.2.7-.6 1.3l1.2 1.7-1.6 1.6-1.7-1.2q-.6.4-1.3.6l-.4 2H6.9l-.4-2a5.7 5.7 0 0 1-1.3-.6l-1.7 1.2-1.6-1.6 1.2-1.7"
    "q-.4-.6-.6-1.3l-2-.4V6.9l2-.4q.2-.7.6-1.3L1.9 3.5l1.6-1.6 1.7 1.2q.6-.4 1.3-.6z"
    'M8 5.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z"/>'
)

LOOKS: Final[dict[Status, Look]] = {
    Status.OPERATIONAL: Look("Operational", "operational", "brightgreen", "#1a7f37", "●", '<circle cx="8" cy="8" r="6"/>'),
    Status.DEGRADED_PERFORMANCE: Look("Degraded", "degraded", "yellow", "#9a6700", "▲", '<path d="M8 1.4 15.4 14.4H.6z"/>'),
    Status.PARTIAL_OUTAGE: Look(
        "Partial outage", "partial outage", "orange", "#9a6700", "◆", '<path d="M8 .6 15.4 8 8 15.4.6 8z"/>'
    ),
    Status.MAJOR_OUTAGE: Look("Outage", "outage", "red", "#cf222e", "■", '<rect x="2" y="2" width="12" height="12" rx="1"/>'),
    Status.UNDER_MAINTENANCE: Look("Maintenance", "maintenance", "blue", "#0969da", "⚙\N{VARIATION SELECTOR-15}", _GEAR),
    Status.NO_DATA: Look(
        "No data", "no data", "lightgrey", "#59636e", "○",
        '<circle cx="8" cy="8" r="5.4" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    ),
    Status.RETIRED: Look(
        "Retired", "retired", "lightgrey", "#59636e", "✕",
        '<path d="m3 3 10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>',
    ),
}  # fmt: skip

NOT_WELL_FIRST: Final = (
    Status.MAJOR_OUTAGE,
    Status.PARTIAL_OUTAGE,
    Status.DEGRADED_PERFORMANCE,
    Status.UNDER_MAINTENANCE,
    Status.NO_DATA,
    Status.OPERATIONAL,
    Status.RETIRED,
)
"""The order of rows within a group."""

INFORMATION: Final = "#0969da"
"""Ground of a badge that tells a figure and not a status."""

FAULTS: Final = {
    Fault.NONE: "It answered",
    Fault.PROVIDER: "The vendor's fault",
    Fault.ROUTER: "The router's fault",
    Fault.ACCOUNT: "Our account's fault",
    Fault.CLIENT: "Our configuration's fault",
    Fault.MONITOR: "Our monitor's fault",
}
"""Who is to blame, in words."""

TOOL_STATES: Final = {"verified": "Verified", "likely": "Likely", "unproven": "Unproven", "failing": "Failing"}
"""The light of tool calling, in words."""

IMPACTS: Final = {"none": "No impact", "minor": "Minor", "major": "Major", "critical": "Critical"}
"""How much an incident hurts, in words."""

STAGES: Final = {
    "investigating": "Investigating",
    "identified": "Identified",
    "monitoring": "Monitoring",
    "resolved": "Resolved",
    "postmortem": "Postmortem",
    "scheduled": "Scheduled",
    "in_progress": "In progress",
    "completed": "Completed",
    "cancelled": "Cancelled",
}
"""How far an incident or a maintenance has come, in words."""
