"""Providers and their models as people write them (contract §2); a key left out is `UNSET` and inherited."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from statuspage.config.schema_base import Duration, Glob, HttpUrl, ModelId, Reference, Section, Text, Usd
from statuspage.domain.words import ProbeKind


class ConfirmSection(Section, frozen=True, kw_only=True):
    """The burst of probes after a first failure."""

    probes: Annotated[int, Meta(ge=1, le=20, description="How many probes the burst has; 4 when left out.")] | UnsetType = UNSET
    spacing: Annotated[Duration, Meta(description="Time between two of them; 20s when left out.")] | UnsetType = UNSET


class DiscoverSection(Section, frozen=True, kw_only=True):
    """Models to add from what the vendor's `/models` lists."""

    include: Annotated[
        tuple[Glob, ...], Meta(description="Patterns of model ids to add, with `*` and `?`.", examples=[["kimi-*"]])
    ] = ("*",)
    exclude: Annotated[tuple[Glob, ...], Meta(description="Patterns of model ids to leave out again.")] = ()


class BudgetSection(Section, frozen=True, kw_only=True):
    """A hard cap of the money that probing may cost."""

    monthly_usd: Annotated[Usd, Meta(description="US dollars a calendar month (UTC); then probing stops.", examples=[25])]


class PriceSection(Section, frozen=True, kw_only=True):
    """US dollars per million tokens; wins over discovered prices."""

    input: Annotated[Usd, Meta(description="US dollars per million input tokens.", examples=[3.0])]
    output: Annotated[Usd, Meta(description="US dollars per million output tokens.", examples=[15.0])]


class RouteSection(Section, frozen=True, kw_only=True):
    """How a router shall route the probes."""

    only: Annotated[
        tuple[Glob, ...],
        Meta(min_length=1, description="The upstreams to pin; the request forbids any other.", examples=[["novita"]]),
    ]


class ModelSection(Section, frozen=True, kw_only=True):
    """One model; the short form is its id alone."""

    id: Annotated[ModelId, Meta(description="The vendor's id of the model.", examples=["kimi-k3"])]
    name: (
        Annotated[Text, Meta(description="The name that readers see; the id when left out.", examples=["Kimi K3"])] | UnsetType
    ) = UNSET
    interval: Annotated[Duration, Meta(description="Overrides `probing.interval`.", examples=["15m"])] | UnsetType = UNSET
    max_stale: Annotated[Duration, Meta(description="Overrides `probing.max_stale`.")] | UnsetType = UNSET
    timeout: Annotated[Duration, Meta(description="Overrides `probing.timeout`.")] | UnsetType = UNSET
    max_output_tokens: (
        Annotated[int, Meta(ge=1, le=100_000, description="Overrides `probing.max_output_tokens`.")] | UnsetType
    ) = UNSET
    confirm: Annotated[ConfirmSection, Meta(description="Overrides `probing.confirm`, key by key.")] | UnsetType = UNSET
    probes: Annotated[
        tuple[ProbeKind, ...], Meta(min_length=1, description="What to ask of the model.", examples=[["chat", "tools"]])
    ] = (ProbeKind.CHAT,)
    fallback: Annotated[
        tuple[str, ...],
        Meta(description="Keys of the models to use instead, best first.", examples=[["moonshot/kimi-k2.6"]]),
    ] = ()
    public: Annotated[bool, Meta(description="Whether readers may know of the model.")] = True
    price: (
        Annotated[PriceSection, Meta(description="US dollars per million tokens; wins over discovered prices.")] | UnsetType
    ) = UNSET
    aliases: Annotated[
        tuple[ModelId, ...],
        Meta(description="Earlier ids or keys of the model, whose history it continues.", examples=[["old-id"]]),
    ] = ()
    route: Annotated[RouteSection, Meta(description="At a router: the pinned upstream.")] | UnsetType = UNSET
    expect: (
        Annotated[
            Text,
            Meta(description="Text that the answer must hold, else it is `wrong_answer`; when left out, any answer is good."),
        ]
        | UnsetType
    ) = UNSET


class ProviderSection(Section, frozen=True, kw_only=True):
    """One account at a vendor."""

    vendor: (
        Annotated[
            str,
            Meta(
                description="Who serves the models; may be left out where the provider's name is a vendor's word.",
                examples=["moonshot"],
                extra={"check": "vendor"},
            ),
        ]
        | UnsetType
    ) = UNSET
    title: Annotated[Text, Meta(description="Heading of the provider's group on the page.")] | UnsetType = UNSET
    base_url: (
        Annotated[
            HttpUrl,
            Meta(
                description="Base URL of the API; the vendor's own when left out.",
                examples=["https://api.moonshot.ai/v1"],
            ),
        ]
        | UnsetType
    ) = UNSET
    api_key: (
        Annotated[
            Reference | tuple[Reference, ...],
            Meta(
                description="Where the key is kept, or a list of such places; never the key itself.",
                examples=["env:MOONSHOT_API_KEY"],
            ),
        ]
        | UnsetType
    ) = UNSET
    rpm: (
        Annotated[
            int,
            Meta(ge=1, description="Our own ceiling of requests a minute for this account.", examples=[60]),
        ]
        | UnsetType
    ) = UNSET
    concurrency: (
        Annotated[int, Meta(ge=1, le=10_000, description="Probes under way at once for this account.", examples=[4])] | UnsetType
    ) = UNSET
    interval: Annotated[Duration, Meta(description="Overrides `probing.interval`.")] | UnsetType = UNSET
    max_stale: Annotated[Duration, Meta(description="Overrides `probing.max_stale`.")] | UnsetType = UNSET
    timeout: Annotated[Duration, Meta(description="Overrides `probing.timeout`.")] | UnsetType = UNSET
    max_output_tokens: (
        Annotated[int, Meta(ge=1, le=100_000, description="Overrides `probing.max_output_tokens`.")] | UnsetType
    ) = UNSET
    confirm: Annotated[ConfirmSection, Meta(description="Overrides `probing.confirm`, key by key.")] | UnsetType = UNSET
    allow_private_networks: (
        Annotated[bool, Meta(description="Opens (or closes) loopback and private addresses for this base URL alone.")] | UnsetType
    ) = UNSET
    discover: Annotated[DiscoverSection, Meta(description="Adds what `/models` lists; off when left out.")] | UnsetType = UNSET
    official_status: (
        Annotated[
            HttpUrl,
            Meta(
                description="The vendor's own status page, shown beside our measurement.", examples=["https://status.moonshot.cn"]
            ),
        ]
        | UnsetType
    ) = UNSET
    budget: Annotated[BudgetSection, Meta(description="A cap for this provider's probes.")] | UnsetType = UNSET
    models: Annotated[
        tuple[ModelId | ModelSection, ...],
        Meta(description="The models to watch: ids, or mappings with an `id`.", examples=[["kimi-k2.6"]]),
    ] = ()
