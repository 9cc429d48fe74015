"""One line of an error table: what a vendor says, and the class it means."""

import re
from typing import Final

import msgspec

from statuspage.domain.words import Fault, Retry

ANY_STATUS: Final = frozenset[int]()


class ErrorRule(msgspec.Struct, frozen=True, kw_only=True):
    """Matches an error by its text, its types or its HTTP status; the first that is given decides the pass it runs in.

    `statuses` narrows a text or type rule; empty means any. `types` are lower-case words that a vendor puts into
    `type`, `code`, `status` and the like, compared by their letters and digits alone (`squeezed`). `broad` marks what is
    unspecific: a text may contradict broad types freely, and a broad text gives way to a specific type.
    """

    class_name: str
    text: re.Pattern[str] | None = None
    types: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    """`types`, squeezed."""
    statuses: frozenset[int] = ANY_STATUS
    fault: Fault | None = None
    """Overrides the class's fault."""
    retry: Retry | None = None
    """Overrides the class's retry."""
    broad: bool = False

    def meets(self, status: int | None) -> bool:
        """Whether this rule speaks about that HTTP status; an error inside a 200 may name none and then meets all."""
        return not self.statuses or status is None or status in self.statuses


def squeezed(word: str) -> str:
    """A type without case and separators: `RateLimitExceeded`, `rate-limit-exceeded` and `rate_limit_exceeded` are one."""
    return re.sub(r"[^a-z0-9]+", "", word.lower())


def by_text(class_name: str, *patterns: str, statuses: tuple[int, ...] = (), retry: Retry | None = None,
            fault: Fault | None = None, broad: bool = False) -> ErrorRule:  # fmt: skip
    """A rule on the error's words; several patterns are alternatives, case does not matter."""
    pattern = re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)
    return ErrorRule(class_name=class_name, text=pattern, statuses=frozenset(statuses), retry=retry, fault=fault, broad=broad)


def by_type(class_name: str, *types: str, statuses: tuple[int, ...] = (), retry: Retry | None = None,
            fault: Fault | None = None, broad: bool = False) -> ErrorRule:  # fmt: skip
    """A rule on the error's type or code."""
    return ErrorRule(class_name=class_name, types=frozenset(types), letters=frozenset(map(squeezed, types)),
                     statuses=frozenset(statuses), retry=retry, fault=fault, broad=broad)  # fmt: skip


def by_status(class_name: str, *statuses: int, retry: Retry | None = None, fault: Fault | None = None) -> ErrorRule:
    """A rule on the HTTP status alone."""
    return ErrorRule(class_name=class_name, statuses=frozenset(statuses), retry=retry, fault=fault)
