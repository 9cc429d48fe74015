"""What the doctor finds, and what it is given to look at."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from statuspage.domain.sample import Sample
from statuspage.vendors.listing import ListedModel


class State(StrEnum):
    """How bad a finding is; `unknown` is what could not be found out."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    UNKNOWN = "unknown"


class Step(StrEnum):
    """What was looked at, in the order of looking."""

    KEY = "key"
    SURFACE = "surface"
    MODELS = "models"
    ENTITLEMENT = "entitlement"
    TIER = "tier"
    BALANCE = "balance"
    PRICES = "prices"
    CLOCK = "clock"
    CANARIES = "canaries"
    OFFICIAL = "official"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found; `provider` is None for what concerns the monitor, `fix` is None where there is nothing to do."""

    provider: str | None
    step: Step
    state: State
    message: str
    fix: str | None = None


class Exam(msgspec.Struct, frozen=True, kw_only=True):
    """One `GET /models` with one key; `heard_at_ms` is our own clock when the answer was there.

    `accepted_by` is the base URL of the sibling surface that takes the key where this one does not.
    """

    sample: Sample
    models: tuple[ListedModel, ...] | None = None
    headers: Mapping[str, str] = {}
    heard_at_ms: int
    accepted_by: str | None = None


class Examiner(Protocol):
    """Asks the outside; whatever goes wrong is part of the answer."""

    async def catalog(self, provider: str, index: int | None) -> Exam:
        """Asks a provider's `/models` with one of its keys, or without."""
        ...

    async def balance(self, provider: str, index: int | None) -> Sample:
        """Asks what is left behind one of its keys."""
        ...

    async def reach(self, url: str) -> str | None:
        """Asks an address without any key; None when it answered, else the class of the failure."""
        ...
