"""The record of one simulated vendor: its prefix, its models, its shapes and its words."""

from collections.abc import Callable, Mapping

import msgspec

from statuspage.domain.clock import rfc3339
from statuspage.zoo.account import Account
from statuspage.zoo.refusal import Refusal
from statuspage.zoo.species import Species

ListEntry = Callable[[Species], dict[str, object]]
Balance = Callable[[Account], object]


def list_object(entries: list[dict[str, object]]) -> object:
    """OpenAI's list shape."""
    return {"object": "list", "data": entries}


class SimulatedVendor(msgspec.Struct, frozen=True, kw_only=True):
    """One vendor of the zoo.

    `bases` are the paths between the prefix and an endpoint, the usual one first; `shown_base` is the base URL's path
    where clients add the rest themselves; `any_model` serves every id; `balances` are its account endpoints by path; a
    key that names one of `foreign_regions` belongs to one of the `siblings`, prefixes of the same vendor's other surfaces.
    """

    prefix: str
    title: str
    bases: tuple[str, ...]
    shown_base: str | None = None
    dialect: str = "openai"
    species: tuple[Species, ...]
    refusals: dict[str, Refusal]
    entry: ListEntry
    listing: Callable[[list[dict[str, object]]], object] = list_object
    balances: Mapping[str, Balance] = msgspec.field(default_factory=dict)
    foreign_regions: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()
    router: bool = False
    any_model: bool = False
    key_optional: bool = False
    reasoning_field: str = "reasoning_content"
    wants_reasoning_back: bool = False
    """Calls of a thinking model must come back with their reasoning."""
    choice_usage: bool = False
    """Usage also stands inside `choices[0]` of the last chunk."""
    keep_alive: bytes = b": keep-alive\n\n"
    """The comment sent while nothing is said."""
    request_id_header: str = "x-request-id"
    headers: tuple[tuple[str, str], ...] = ()
    call_id: str = "call_{hash}"
    """How ids of tool calls are formed, of `{name}`, `{at}` and `{hash}`."""
    parameter_words: str = "Unsupported parameter: '{parameter}' is not supported with this model."
    known_parameters: frozenset[str] | None = None
    """Others are refused; None ignores what it does not know."""
    served_by: str | None = None

    @property
    def base_path(self) -> str:
        """The path of its base URL."""
        base = self.bases[0] if self.shown_base is None else self.shown_base
        return f"/{self.prefix}/{base}".rstrip("/")


def created_at(species: Species) -> str:
    """The model's birthday as an RFC 3339 time."""
    return rfc3339(species.created * 1000)
