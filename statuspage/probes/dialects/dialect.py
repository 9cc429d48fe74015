"""What a dialect must be able to do, and the neutral words it is done in."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from statuspage.vendors.vendor import Vendor
from statuspage.vendors.wire.answer import Reader

if TYPE_CHECKING:
    from statuspage.probes.dialects.toolask import ToolAsk

NO_BOUND: Final = frozenset[str]()


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One short question. `left_out` are parameters that this model is known to reject."""

    vendor: Vendor
    base_url: str
    model_id: str
    key: str | None
    prompt: str
    max_output_tokens: int
    left_out: frozenset[str] = NO_BOUND
    route_only: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Ask({self.model_id!r} …)"


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A request ready to be sent; `optional` are the parameters that could be left out or renamed."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    optional: tuple[str, ...] = ()
    bounded: bool = True
    """The request bounds the output."""

    def __repr__(self) -> str:
        return f"Outgoing({self.method} …)"


class Dialect(Protocol):
    """Builds requests and reads answers."""

    name: str

    def chat(self, ask: Ask) -> Outgoing:
        """The streamed, bounded question."""
        ...

    def tools(self, ask: "ToolAsk") -> Outgoing:
        """A question with tools on offer."""
        ...

    def models(self, vendor: Vendor, base_url: str, key: str | None) -> Outgoing:
        """The question which models there are."""
        ...

    def reader(self) -> Reader:
        """A reader for one answer."""
        ...
