"""Identity of a model: its key, its slug, and the nearest of several names."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

_OUTSIDE_SLUG: Final = re.compile(r"[^A-Za-z0-9._-]+")
MAX_ID_CHARS: Final = 200


def model_key(provider: str, model_id: str) -> str:
    """`provider/model-id`; the id may hold more slashes."""
    return f"{provider}/{model_id}"


def slug_of(key: str) -> str:
    """The key with every run of characters outside `[A-Za-z0-9._-]` turned into one `-`."""
    return _OUTSIDE_SLUG.sub("-", key)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, or None when none is near."""
    close = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return close[0] if close else None
