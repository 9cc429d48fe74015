"""Models and accounts as operators see them: states and times, never a key."""

import msgspec

from statuspage.domain.keyslots import Slot
from statuspage.domain.view import ModelView


class KeyView(msgspec.Struct, frozen=True, kw_only=True):
    """One key by its reference; `money` is what its account has left, in words."""

    slot: Slot
    money: str | None = None
    days_left: float | None = None


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """One configured account; `hides` are the classes that keep models grey at present, `wrong` sentences about its keys."""

    name: str
    vendor: str
    host: str
    keys: tuple[KeyView, ...] = ()
    wrong: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    rpm: int | None = None
    concurrency: int | None = None
    asked_lately: int = 0
    """Probes begun in the last minute."""
    in_flight: int = 0


class WatchedView(msgspec.Struct, frozen=True, kw_only=True):
    """One watched model: what readers see of it, and how it is watched."""

    model: ModelView
    public: bool
    next_ms: int | None
    """When its next scheduled check is due."""
    every: int = 1
    """Every how many rounds it is asked so that the money lasts; 1 is every one."""
    checking: bool = False
