"""The words of all engines for how a thing is."""

import re
from typing import Final

from statuspage.domain.official import Severity
from statuspage.domain.words import Status
from statuspage.official.json import Json, text

_LETTERS: Final = re.compile(r"[^a-z]+")

_STATUS: Final[dict[str, Status]] = {
    **dict.fromkeys(("operational", "up", "ok", "online", "healthy", "available", "normal", "resolved"), Status.OPERATIONAL),
    **dict.fromkeys(("degradedperformance", "degraded", "minor", "hasissues", "slow"), Status.DEGRADED_PERFORMANCE),
    **dict.fromkeys(("partialoutage", "minoroutage", "partial"), Status.PARTIAL_OUTAGE),
    **dict.fromkeys(("majoroutage", "fulloutage", "outage", "downtime", "down", "offline", "critical"), Status.MAJOR_OUTAGE),
    **dict.fromkeys(("undermaintenance", "maintenance", "inmaintenance"), Status.UNDER_MAINTENANCE),
}
_SEVERITY: Final[dict[str, Severity]] = {
    **dict.fromkeys(("none", "operational", "up", "ok", "resolved", "noissues", "normal"), Severity.NONE),
    **dict.fromkeys(("maintenance", "undermaintenance", "scheduled"), Severity.MAINTENANCE),
    **dict.fromkeys(("minor", "degradedperformance", "degraded", "minoroutage", "hasissues"), Severity.MINOR),
    **dict.fromkeys(("major", "partialoutage", "partial"), Severity.MAJOR),
    **dict.fromkeys(("critical", "majoroutage", "fulloutage", "outage", "down", "downtime"), Severity.CRITICAL),
}
OVER: Final = frozenset(
    {"resolved", "postmortem", "completed", "closed", "cancelled", "canceled", "finished", "maintenancecomplete"}
)
"""Phases of what is no longer going on."""
RUNNING: Final = frozenset({"inprogress", "verifying", "maintenanceinprogress", "ongoing", "active", "identified"})
"""Phases of a maintenance that goes on."""


def bare(word: Json) -> str:
    """A word without case, space or strokes: `Partial Outage` and `partial_outage` are one."""
    return _LETTERS.sub("", (text(word) or "").lower())


def status(word: Json) -> Status | None:
    """What is said of a component, None for a word we do not know."""
    return _STATUS.get(bare(word))


def severity(word: Json) -> Severity | None:
    """What is said of an incident or a page, None for a word we do not know."""
    return _SEVERITY.get(bare(word))


_SENTENCES: Final = (
    (re.compile(r"maintenance"), Severity.MAINTENANCE),
    (re.compile(r"\bpartial(?:ly)? degraded|\bdegraded|\bminor|\bslow"), Severity.MINOR),
    (re.compile(r"\bpartial"), Severity.MAJOR),
    (re.compile(r"\bmajor|\bcritical|\bfull|\boutage|\bdown\b"), Severity.CRITICAL),
    (re.compile(r"\bissues?\b|\bdisrupt"), Severity.MINOR),
    (re.compile(r"\boperational\b|\bno (?:known )?(?:issues|incidents)|\bup and running"), Severity.NONE),
)
"""What a headline means, most telling word first (Statuspage's own: «Partial System Outage» is major)."""
_ALL_WELL: Final = re.compile(r"^(?:all|no)\b|^operational|^up\b")


def sentence_severity(said: Json) -> Severity | None:
    """What a page's headline means: a word of a list, or a sentence such as «All Systems Operational»."""
    known = severity(said)
    if known is not None:
        return known
    sentence = (text(said) or "").lower().replace("_", " ")
    if _ALL_WELL.match(sentence) and ("operational" in sentence or re.match(r"no\b|up\b", sentence)):
        return Severity.NONE
    return next((meant for words, meant in _SENTENCES if words.search(sentence)), None)
