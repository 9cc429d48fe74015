"""Finds which parameter of ours a vendor complains about."""

import re
from typing import Final

from statuspage.vendors.errorbody import ErrorWords

_COMPLAINT: Final = re.compile(
    r"unsupported|unrecogni[sz]ed|unknown|unexpected|invalid|not (?:supported|allowed|permitted|valid|recogni[sz]ed|available)|"
    r"n't supported|does not support|deprecated|must|should be|cannot|can't|incompatible|extra (?:inputs|fields)|forbidden|"
    r"minimum|maximum|expected|only .{0,20}(?:allowed|supported)|not compatible|不支持|无效|不合法|不允许|错误",
    re.IGNORECASE,
)


def rejected_parameter(words: ErrorWords, sent: tuple[str, ...]) -> str | None:
    """The one of `sent` that the error names; a plain English word counts only where it stands as a name."""
    if words.parameter is not None:
        head = re.split(r"[.\[]", words.parameter)[0]
        if head in sent:
            return head
    if not _COMPLAINT.search(words.text):
        return None
    named = [name for name in sent if _names(words.text, name)]
    return max(named, key=len) if named else None


def _names(text: str, name: str) -> bool:
    word = re.escape(name)
    if "_" in name:
        return re.search(rf"(?<![A-Za-z0-9_]){word}(?![A-Za-z0-9_])", text) is not None
    return (
        re.search(
            rf"['\"`‘“]{word}['\"`’”.\[]|(?:parameters?|arguments?|fields?|propert(?:y|ies)|keys?|inputs?):?\s+{word}\b|"
            rf"\b{word}\b\s*(?:is|are|was)?\s*(?:not|un)\w*\s+(?:supported|allowed|permitted|valid)|^{word}:|"
            rf"\b(?:[Ii]nvalid|[Uu]nsupported|[Uu]nknown|[Uu]nexpected)\s+{word}(?=:|$)",
            text,
        )
        is not None
    )
