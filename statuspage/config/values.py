"""The checks that `schema` names: what is wrong with one text, in one sentence."""

from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from statuspage.config.durations import check_duration
from statuspage.config.problem import Complaint, did_you_mean, one_of, quote
from statuspage.config.references import check_reference, parse_reference
from statuspage.config.urls import check_http_url, split
from statuspage.domain.delivering import quiet_hours
from statuspage.vendors.registry import VENDORS

SQLITE: Final = "sqlite+aiosqlite:///"
POSTGRESQL: Final = "postgresql+asyncpg://"
FOREVER: Final = "forever"


def _retained(text: str, raw: str) -> Complaint | None:
    if text == FOREVER:
        return None
    complaint = check_duration(text, raw)
    if complaint is None:
        return None
    near, proposal = did_you_mean(text, [FOREVER])
    return Complaint(f"{quote(raw)} is neither a duration nor {FOREVER}{proposal}", near) if near else complaint


def _timezone(text: str, raw: str) -> Complaint | None:
    if text == "UTC":
        return None
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        near, proposal = did_you_mean(text, available_timezones())
        return Complaint(f"{quote(raw)} is not a time zone{proposal or ': write a name such as Europe/Berlin'}", near)
    return None


def _contact(text: str, raw: str) -> Complaint | None:
    parts = split(text)
    if parts is not None and parts.scheme in {"mailto", "https", "tel"}:
        return None
    near = f"mailto:{text}" if "@" in text and split(f"mailto:{text}") is not None else None
    proposal = f"; did you mean {quote(near)}?" if near else ": write one that begins with mailto:, https: or tel:"
    return Complaint(f"{quote(raw)} is not a contact{proposal}", near)


def _vendor(text: str, raw: str) -> Complaint | None:
    if text in VENDORS:
        return None
    near, proposal = did_you_mean(text, VENDORS)
    proposal = proposal or f": write {one_of(VENDORS)}"
    return Complaint(f"{quote(raw)} is not a vendor{proposal}", near)


def _database(text: str, raw: str) -> Complaint | None:  # noqa: ARG001 - the URL may hold a password and is never repeated
    if text.startswith(POSTGRESQL) and split(text) is not None:
        return None
    if not text.startswith(SQLITE):
        return Complaint(f"the text is not a database: write {SQLITE}statuspage.db or {POSTGRESQL}…", None)
    path = text.removeprefix(SQLITE)
    if not path.strip("/") or path == ":memory:" or "?" in path or not path.isprintable():
        return Complaint(f"the URL names no file: write {SQLITE}statuspage.db")
    return None


def _channel_url(text: str, raw: str) -> Complaint | None:  # noqa: ARG001 - apprise URLs hold tokens and are never repeated
    if parse_reference(text) is not None or split(text) is not None:
        return None
    return Complaint("the text is no URL: write an apprise URL, a webhook's, or a reference such as env:OPS_DISCORD_URL")


def _quiet_hours(text: str, raw: str) -> Complaint | None:
    if quiet_hours(text) is not None:
        return None
    return Complaint(f"{quote(raw)} is no span of a day: write two times of day such as 22:00-07:00", None)


Check = Callable[[str, str], Complaint | None]
"""Takes the text and how it was written before `${…}` was replaced, which may be shown."""

CHECKS: Final[dict[str, Check]] = {
    "duration": check_duration,
    "retained": _retained,
    "http_url": check_http_url,
    "reference": check_reference,
    "timezone": _timezone,
    "contact": _contact,
    "vendor": _vendor,
    "database": _database,
    "channel_url": _channel_url,
    "quiet_hours": _quiet_hours,
}
