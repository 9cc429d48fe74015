"""What outages of several models have in common, so that one cause is one incident."""

from typing import Final

import msgspec

from statuspage.domain.classes import CLASSES

GROUP_MS: Final = 10 * 60_000
"""Outages at one place that begin within this time of each other have one cause."""
QUIET_MS: Final = 15 * 60_000
"""A relapse this soon after an incident was over continues it."""

_CAPACITY: Final = frozenset({"engine_overloaded", "upstream_rate_limited"})
_ACCESS: Final = frozenset({"router_account_exhausted", "auth_outage"})


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a model is served: `surface` is the same for whatever fails together, `title` is what people call it.

    What readers may not see is a place of its own, so that no public incident tells of it.
    """

    surface: str
    title: str


def kind_of(class_name: str | None) -> str:
    """The kind of failure: `capacity`, `access`, `manners` (it works, but not as it should), else `down`.

    Broken connections, timeouts and server errors are one kind: a vendor that breaks down shows them side by side.
    """
    if class_name in _CAPACITY:
        return "capacity"
    if class_name in _ACCESS:
        return "access"
    return "manners" if class_name is not None and CLASSES[class_name].yellow_at_most else "down"


def cause_of(place: Place, class_name: str | None) -> str:
    """One word for the cause of an outage there."""
    return f"{place.surface} {kind_of(class_name)}"
