"""Sentences that were stored in English, said in a reader's language: they are read back by the patterns they were made from."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

import msgspec

from statuspage.domain import alerting, speech
from statuspage.domain import incident_words as words
from statuspage.domain.classes import CLASSES
from statuspage.domain.incident import Incident, IncidentUpdate
from statuspage.domain.incidents import uncapitalised
from statuspage.domain.languages import Say
from statuspage.domain.notice import Notice

_BODIES: Final = (
    words.JOINED,
    words.BACK,
    words.WELL,
    words.RETURNED,
    words.WAITS,
    words.KEPT_OPEN,
    words.ALL_WELL,
    words.COUNTED,
    words.OVER,
    words.UNWATCHED,
    words.RETIRED,
    words.BEGUN,
    words.ENDED,
    words.SAID,
)
"""What may stand in an entry of a timeline, the more particular first."""
_TITLES: Final = (words.TITLE_OF_MANY, words.TITLE)
_HEADINGS: Final = (
    words.RESOLVED,
    words.ANNOUNCED,
    words.HAS_BEGUN,
    words.IS_OVER,
    words.CANCELLED,
    *alerting.TITLES.values(),
    *_TITLES,
)
_FIELD: Final = re.compile(r"\{(\w+)\}")
_SPAN: Final = re.compile(r"(?:(\d+) hours?)?(?: and )?(?:(\d+) minutes?)?")
_MORE: Final = re.compile(words.MORE.replace("{names}", "(.+)").replace("{count}", r"(\d+)"))
_NUMBERS: Final = frozenset({"count", "failed", "of", "good"})


def retold(incident: Incident, say: Say) -> Incident:
    """The incident with what the monitor said of it in another language; what people wrote stays as it is."""
    title = _read(incident.title, _TITLES, say) if incident.auto else None
    return msgspec.structs.replace(
        incident, title=title or incident.title, updates=tuple(retold_update(update, say) for update in incident.updates)
    )


def retold_update(update: IncidentUpdate, say: Say) -> IncidentUpdate:
    """One entry of a timeline in another language."""
    if update.author is not None:
        return update
    return msgspec.structs.replace(update, body=retold_body(update.body, say))


def retold_body(body: str, say: Say) -> str:
    """A text of ours, paragraph by paragraph; a paragraph that is none of ours stays as it is."""
    return "\n\n".join(_read(part, _BODIES, say) or part for part in body.split("\n\n"))


def retold_notice(notice: Notice, say: Say) -> Notice:
    """A notice in another language; its data are for programs and stay as they are."""
    title = _read(notice.title, _HEADINGS, say) or notice.title
    return msgspec.structs.replace(notice, title=title, body=retold_body(notice.body, say))


def _read(text: str, patterns: Iterable[str], say: Say) -> str | None:
    """The text by the first pattern that it was made from; None where it was made from none of them."""
    for pattern in patterns:
        found = _expression(pattern).fullmatch(text)
        if found is None:
            continue
        said = {field: _said(field, value, say) for field, value in found.groupdict().items()}
        if None not in said.values():
            return say(pattern).format(**said)
    return None


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    """What the sentences made from a pattern look like."""
    seen: set[str] = set()
    parts = []
    for place, part in enumerate(_FIELD.split(pattern)):
        if place % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            parts.append(f"(?P<{part}>{_shape(part)})")
            seen.add(part)
    return re.compile("".join(parts), re.DOTALL)


def _shape(field: str) -> str:
    if field in _NUMBERS:
        return r"\d+"
    if field in _TABLES:
        return "|".join(sorted(map(re.escape, _TABLES[field]()), key=len, reverse=True))
    return ".+"


def _said(field: str, value: str, say: Say) -> str | None:
    """What stands in one place of a pattern; None where it cannot be what stands there."""
    match field:
        case "caption" | "count_word":
            return say(_TABLES[field]()[value])
        case "says":
            whole = _clauses()[value]
            return say(whole) if value == whole else speech.main_clause(say(whole))
        case "reason":
            return _read(value, speech.REASONS, say)
        case "title":
            return _read(value, _TITLES, say) or value
        case "span":
            return _span(value, say)
        case "names":
            more = _MORE.fullmatch(value)
            return value if more is None else say(words.MORE).format(names=more[1], count=more[2])
    return value


def _span(text: str, say: Say) -> str | None:
    found = _SPAN.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    hours, minutes = found.groups()
    pattern = "{minutes} min" if hours is None else "{hours} h" if minutes is None else "{hours} h {minutes} min"
    return say(pattern).format(hours=hours, minutes=minutes)


@cache
def _captions() -> dict[str, str]:
    """Labels by how they are written within a title."""
    return {uncapitalised(row.label): row.label for row in CLASSES.values()}


@cache
def _clauses() -> dict[str, str]:
    """What is said of a model, by itself and by what stands before its colon."""
    whole = [row.says for row in CLASSES.values()]
    return {speech.main_clause(says): says for says in whole} | {says: says for says in whole}


@cache
def _counts() -> dict[str, str]:
    """What the counted requests did."""
    return {row.count_word: row.count_word for row in CLASSES.values()}


_TABLES: Final = {"caption": _captions, "says": _clauses, "count_word": _counts}
"""Places where only words of a table stand, by how they are written there."""
