"""Identity of a model: its key, its slug, and the nearest of several names."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

_OUTSIDE_SLUG: Final = re.compile(r"[^A-Za-z0-9._-]+")
MAX_ID_CHARS: Final = 200
_NEAR: Final = 0.6


def model_key(provider: str, model_id: str) -> str:
    """`provider/model-id`; the id may hold more slashes."""
    return f"{provider}/{model_id}"


def slug_of(key: str) -> str:
    """The key with every run of characters outside `[A-Za-z0-9._-]` turned into one `-`."""
    return _OUTSIDE_SLUG.sub("-", key)


def nearest_ids(model_id: str, candidates: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The listed ids most like `model_id`, nearest first; also compared without what stands before the last slash."""
    tail = model_id.lower().rsplit("/", 1)[-1]
    scored = []
    for candidate in candidates:
        matcher = difflib.SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(tail)
        matcher.set_seq1(candidate.lower().rsplit("/", 1)[-1])
        if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR and (score := matcher.ratio()) >= _NEAR:
            whole = difflib.SequenceMatcher(None, candidate.lower(), model_id.lower(), autojunk=False).ratio()
            scored.append((-score, -whole, candidate))
    return tuple(candidate for _, _, candidate in sorted(scored)[:limit])


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `word`, or None when none is near."""
    close = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.6)
    return close[0] if close else None
