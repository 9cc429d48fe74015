"""Whether our own haste explains a rate limit."""

import re
from typing import Final

from statuspage.vendors.evidence import Evidence

_CONCURRENCY: Final = re.compile(r"(?:concurren\w*|并发)\D{0,24}(\d+)", re.IGNORECASE)
_PER_MINUTE: Final = re.compile(
    r"(?:\bRPM\b\)?|requests?[- ]per[- ]?min\w*|每分钟)\D{0,24}?(\d+)|(?<!\d)(\d{1,9})\s*(?:requests?|queries|calls|"
    r"次)?\s*(?:/|per|a|每)\s*(?:min\w*|分钟)|limit:?\s*(\d+)",
    re.IGNORECASE,
)


def explained_by_us(evidence: Evidence) -> bool:
    """Whether the limit that the error names, or our own ceiling, lies below what we asked in the last minute."""
    pace = evidence.pace
    text = evidence.words.text
    concurrency = _CONCURRENCY.search(text)
    if concurrency is not None:
        return pace.in_flight > int(concurrency.group(1)[:9])
    limit = _named_limit(text) or _header_limit(evidence)
    if limit is not None:
        return pace.last_minute > limit
    return pace.rpm is not None and pace.last_minute > pace.rpm


def _named_limit(text: str) -> int | None:
    if re.search(r"\bTPM\b|tokens? per", text, re.IGNORECASE):
        return None
    found = _PER_MINUTE.search(text)
    return int(next(group for group in found.groups() if group)[:9]) if found else None


def _header_limit(evidence: Evidence) -> int | None:
    value = evidence.headers.get("x-ratelimit-limit-requests") or evidence.headers.get("x-ratelimit-limit") or ""
    return int(value) if value.isdecimal() and len(value) < 10 else None
