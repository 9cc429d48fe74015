"""The navigation of the operator's rooms, and the words after something was done."""

from typing import Final

from statuspage.render.language import mark, tr
from statuspage.render.rooms.room import Option

DOORS: Final = {
    "/admin": mark("Now"),
    "/admin/incidents": mark("Incidents"),
    "/admin/maintenance": mark("Maintenance"),
    "/admin/overrides": mark("Overrides"),
    "/admin/models": mark("Models and keys"),
    "/admin/notifications": mark("Notifications"),
    "/admin/subscribers": mark("Subscribers"),
    "/admin/flags": mark("Flags"),
    "/admin/budget": mark("Budget"),
    "/admin/people": mark("Users and tokens"),
    "/admin/audit": mark("Audit"),
}
"""Every room by its address, in the order of the navigation."""

_DONE: Final = {
    "opened": mark("The incident is open."),
    "said": mark("The update is published."),
    "changed": mark("The change is published."),
    "planned": mark("The maintenance is announced."),
    "endless": mark("The maintenance is announced. Its rule never ends: it repeats until somebody cancels it."),
    "moved": mark("The maintenance is announced. Its rule does not fire at the given start; look at the first window below."),
    "ended": mark("The maintenance is over."),
    "cancelled": mark("The maintenance is cancelled."),
    "pinned": mark("The override is set."),
    "cleared": mark("The override is cleared."),
    "taken": mark("The channel took the test message."),
    "again": mark("The message waits to be delivered once more."),
    "checking": mark("The model is being checked; load this page again in a moment."),
    "flagged": mark("The flag is set."),
    "added": mark("The user is added."),
    "role": mark("The role is set."),
    "password": mark("The password is set."),
    "removed": mark("The user is removed."),
    "revoked": mark("The token is revoked."),
    "forgotten": mark("The subscriber is forgotten."),
}


def doors() -> tuple[Option, ...]:
    """Address and title of every room, in the language that is spoken now."""
    return tuple(Option(address, tr(title)) for address, title in DOORS.items())


def done(code: str) -> str | None:
    """What a code in the address says was done; None for any other text."""
    return tr(_DONE[code]) if code in _DONE else None
