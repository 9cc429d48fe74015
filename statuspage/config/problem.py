"""What is wrong with a configuration, in one sentence each."""

from collections.abc import Iterable
from typing import Final

import msgspec

from statuspage.domain.model import nearest as most_alike

_SHOWN_CHARS: Final = 60


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One mistake: where it is, what it is with its remedy, and the right word nearest to a wrong one.

    `path` is a YAML path such as `providers.moonshot.models[0].interval`, empty for the file itself.
    """

    path: str
    message: str
    nearest: str | None = None


class Complaint(msgspec.Struct, frozen=True):
    """What is wrong with one value, not yet knowing where it stands."""

    message: str
    nearest: str | None = None


def quote(text: str) -> str:
    """The text in quotation marks, on one line, shortened, with nothing unprintable."""
    shown = text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
    return '"' + "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in shown) + '"'


def did_you_mean(word: str, words: Iterable[str]) -> tuple[str | None, str]:
    """The right word nearest to a wrong one, and the half-sentence that proposes it."""
    candidates = sorted(words)
    folded = {candidate.casefold(): candidate for candidate in candidates}
    alike = most_alike(word.casefold(), folded)
    begun = next(
        (full for fold, full in folded.items() if word and word.casefold() in (fold[: len(word)], *fold.split("_"))), None
    )
    found = folded[alike] if alike is not None else begun
    return found, "" if found is None else f"; did you mean {quote(found)}?"


def one_of(words: Iterable[str]) -> str:
    """`a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
