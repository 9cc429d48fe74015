"""What the classifier is given, and what it answers."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from statuspage.domain.words import Fault, Retry
from statuspage.vendors.errorbody import ErrorWords


class Where(StrEnum):
    """Where an error was met."""

    STATUS = "status"
    BODY = "body"
    STREAM = "stream"


class Ask(StrEnum):
    """A question whose answer, in the same round, settles the class."""

    MODELS = "models"
    """Is the model in this account's `/models`?"""
    SIBLINGS = "siblings"
    """Does a sibling surface accept the key?"""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How fast we asked this account ourselves; the request at hand is counted."""

    last_minute: int = 1
    in_flight: int = 1
    rpm: float | None = None
    """Our own configured ceiling."""


UNHURRIED: Final = Pace()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """An error as it was met. `status` is HTTP's, None inside a 200. Header names are lower-case."""

    status: int | None
    words: ErrorWords
    headers: Mapping[str, str] = {}
    where: Where = Where.STATUS
    pace: Pace = UNHURRIED
    sent: tuple[str, ...] = ()
    """The request's parameters that could be left out or renamed."""
    now_ms: int = 0
    """For dates in `Retry-After`; UTC milliseconds since the epoch."""

    @property
    def effective_status(self) -> int | None:
        """HTTP's status, or the one that the body of a 200 names."""
        if self.status is not None and self.status >= 300:
            return self.status
        return self.words.code


class Classified(msgspec.Struct, frozen=True, kw_only=True):
    """A class with all that follows from it."""

    class_name: str
    fault: Fault
    retry: Retry | None
    retry_after_s: float | None = None
    confident: bool = True
    parameter: str | None = None
    """The parameter of ours that was rejected, where it is known."""
    ask: Ask | None = None
    detail: str | None = None
    """What is known beyond the class, in words of ours."""
    near: tuple[str, ...] = ()
    """Listed ids that are most like one that is not, nearest first."""
