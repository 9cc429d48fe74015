"""What a probe is told: whom to ask, how, and by what means."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Final

import msgspec

from statuspage.domain.clock import Clock
from statuspage.domain.secret import Secret
from statuspage.domain.spending import Rate
from statuspage.outbound.client import Outbound
from statuspage.vendors.evidence import UNHURRIED, Pace
from statuspage.vendors.vendor import Vendor

NOTHING_LEARNT: Final = frozenset[str]()


class ProbeTarget(msgspec.Struct, frozen=True, kw_only=True):
    """One model at one account, or (for `catalog`) the account alone: then `key` is the provider's name.

    `siblings` are the base URLs of the same vendor's other surfaces, the only other
    addresses that may ever see the key, and only their `/models`; `private_siblings` are those of them that may be private
    addresses, whatever `allow_private` says of `base_url`. `not_configured` is the reason why nothing can be asked.
    """

    key: str
    provider: str
    vendor: Vendor
    base_url: str
    model_id: str = ""
    api_key: Secret | None = None
    timeout_s: float = 30.0
    max_output_tokens: int = 16
    expect: str | None = None
    route_only: tuple[str, ...] = ()
    rate: Rate | None = None
    """Its price, None where nobody knows it."""
    rate_is_configured: bool = True
    """False for a listed price: then what the vendor reports of a request comes before it."""
    allow_private: bool = False
    siblings: tuple[str, ...] = ()
    private_siblings: tuple[str, ...] = ()
    not_configured: str | None = None
    cases: tuple[str, ...] = ()
    """The cases of a `tools` probe by name; empty is all."""

    @property
    def revealed_key(self) -> str | None:
        """The key in plain, for the request and for redaction."""
        return self.api_key.reveal() if self.api_key else None


def _learn_nothing(_key: str, _parameter: str) -> None:
    """Where nobody remembers."""


def _unhurried(_provider: str) -> Pace:
    """Where nobody counts."""
    return UNHURRIED


def _at_once(_provider: str) -> AbstractAsyncContextManager[None]:
    """Where nobody paces."""
    return nullcontext()


class ProbeContext(msgspec.Struct, frozen=True, kw_only=True):
    """The means of a probe.

    `learnt` are the request parameters that a model (by key) is known to reject; `learn(key, parameter)` is called for
    each newly rejected one. `asked_lately(provider)` counts our own requests to that account, the one at hand included.
    `turn(provider)` holds a seat of that account, for probes of many requests: they wait for one request at a time.
    """

    clock: Clock
    outbound: Outbound
    learnt: Mapping[str, frozenset[str]] = {}
    learn: Callable[[str, str], None] = _learn_nothing
    asked_lately: Callable[[str], Pace] = _unhurried
    turn: Callable[[str], AbstractAsyncContextManager[None]] = _at_once
