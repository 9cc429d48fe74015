"""The languages that readers may choose, and which of them a request asks for."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

ENGLISH: Final = "en"
CHINESE: Final = "zh-CN"
LANGUAGES: Final = {ENGLISH: "English", CHINESE: "简体中文"}
"""By tag (BCP 47), each in its own words."""

Say = Callable[[str], str]
"""Gives a sentence or its pattern in a reader's language."""


def plain(text: str) -> str:
    """The words as they stand in the code: English."""
    return text


@lru_cache(maxsize=512)
def accepted(accept_language: str, default: str) -> str:
    """The best language of ours for this `Accept-Language` (RFC 9110 §12.5.4); the default where none is named."""
    best, weight = default, 0.0
    for part in accept_language.split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        found = tagged(tag.strip())
        value = _weight(parameters)
        if found is not None and value > weight:
            best, weight = found, value
    return best


def tagged(tag: str) -> str | None:
    """The language of ours that a tag means: any Chinese is ours, and any English."""
    primary = tag.lower().partition("-")[0]
    return {"zh": CHINESE, "en": ENGLISH}.get(primary)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
