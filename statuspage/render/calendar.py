"""Maintenance as a calendar to subscribe to (RFC 5545, RFC 7986)."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from statuspage.domain.maintenance import Maintenance, first_window
from statuspage.domain.view import PageView
from statuspage.render.feed_entries import clean, tag_host
from statuspage.render.people_documents import maintenance_url

if TYPE_CHECKING:
    from icalendar import Event

_STATUSES: Final = {"cancelled": "CANCELLED"}


def maintenance_ics(page: PageView) -> bytes:
    """Every maintenance as an event; recurring ones carry their rule, cancelled ones say so."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//statuspage//maintenance//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", clean(page.site.title))
    calendar.add("x-wr-calname", clean(page.site.title))
    calendar.add("refresh-interval", timedelta(hours=1), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    names = {model.key: model.name for model in page.models}
    for each in sorted(page.maintenances, key=lambda each: (each.starts_at_ms, each.id)):
        calendar.add_component(_event(each, names, page.site.url))
    if any(each.rrule is not None and each.zone != "UTC" for each in page.maintenances):
        calendar.add_missing_timezones()
    body: bytes = calendar.to_ical()
    return body


def _event(maintenance: Maintenance, names: dict[str, str], site_url: str) -> "Event":
    from icalendar import Event, vRecur

    event = Event()
    # A window that begins or ends changes nothing of the event: only people do.
    changed_ms = maintenance.written[0].at_ms if maintenance.written else maintenance.starts_at_ms
    event.add("uid", f"{maintenance.id}@{tag_host(site_url)}")
    event.add("dtstamp", _moment(changed_ms))
    event.add("last-modified", _moment(changed_ms))
    event.add("sequence", maintenance.version)
    local = maintenance.rrule is not None and maintenance.zone != "UTC"
    # A rule counts from its first window, not from the one that readers meet now.
    first_ms, end_ms = first_window(maintenance)
    for name, at_ms in (("dtstart", first_ms), ("dtend", end_ms)):
        # A rule runs on the clocks of its zone, so that its start must name the zone.
        event.add(name, _moment(at_ms).astimezone(ZoneInfo(maintenance.zone)) if local else _moment(at_ms))
    if maintenance.rrule is not None:
        event.add("rrule", vRecur.from_ical(maintenance.rrule.removeprefix("RRULE:")))
    event.add("summary", clean(maintenance.title))
    event.add("description", clean(_description(maintenance, names)))
    event.add("status", _STATUSES.get(maintenance.status, "CONFIRMED"))
    event.add("transp", "TRANSPARENT")
    event.add("url", maintenance_url(maintenance.id, site_url))
    event.add("categories", ["MAINTENANCE"])
    return event


def _description(maintenance: Maintenance, names: dict[str, str]) -> str:
    concerned = ", ".join(names.get(key, key) for key in maintenance.models)
    said = maintenance.written[-1].body if maintenance.written else ""
    return "\n\n".join(part for part in (said, concerned) if part)


def _moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms // 1000, UTC)
