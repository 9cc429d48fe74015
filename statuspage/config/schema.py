"""The file as people write it: one struct a section, every key typed and described (contract §2).

Texts with a meaning of their own (durations, URLs, references) carry the name of their check, which
`values` looks up. A key left out of a provider or model is `UNSET` and inherited.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from statuspage.config.durations import DURATION_PATTERN
from statuspage.domain.model import MAX_ID_CHARS
from statuspage.domain.words import ProbeKind

MAX_NAME_CHARS = 200
REFERENCE_PATTERN = r"^(env:.+|file:.+|systemd:.+|op://.+/.+)$|\$"

Duration = Annotated[
    str,
    Meta(extra={"check": "duration"}, extra_json_schema={"pattern": DURATION_PATTERN}),
]
"""Number and unit, such as `5m`, `1h30m`, `0.2s`."""
Retained = Annotated[
    str,
    Meta(extra={"check": "retained"}, extra_json_schema={"pattern": f"{DURATION_PATTERN}|^forever$"}),
]
"""A duration or `forever`."""
HttpUrl = Annotated[str, Meta(extra={"check": "http_url"}, extra_json_schema={"format": "uri"})]
"""Absolute, http or https."""
Reference = Annotated[
    str,
    Meta(extra={"check": "reference", "secret": True}, extra_json_schema={"pattern": REFERENCE_PATTERN}),
]
"""Where a secret is kept: `env:NAME`, `file:/path`, `systemd:name` or `op://vault/item/field`."""
Text = Annotated[str, Meta(min_length=1, max_length=MAX_NAME_CHARS)]
ModelId = Annotated[str, Meta(min_length=1, max_length=MAX_ID_CHARS)]
Glob = Annotated[str, Meta(min_length=1)]
Usd = Annotated[float, Meta(ge=0)]


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mapping of the file whose keys are all known."""


class SiteSection(Section, frozen=True, kw_only=True):
    """The page itself."""

    title: Annotated[Text, Meta(description="Title of the page, its feeds and its badges.", examples=["Kimi model status"])] = (
        "Model status"
    )
    url: Annotated[HttpUrl, Meta(description="Public base URL of the page: every link, feed and badge begins with it.")] = (
        "http://127.0.0.1:8000"
    )
    language: Annotated[
        Literal["en", "zh-CN"],
        Meta(description="Default language of the page; a reader's `?lang=` or Accept-Language overrides it."),
    ] = "en"
    timezone: Annotated[
        str,
        Meta(
            description="IANA time zone in which the page's days begin and end.",
            examples=["Asia/Shanghai"],
            extra={"check": "timezone"},
        ),
    ] = "UTC"
    private: Annotated[
        bool, Meta(description="Whether everything but health and login needs a session or token. Not together with `publish`.")
    ] = False
    contact: (
        Annotated[
            str,
            Meta(
                description="Where to report a security problem, for security.txt.",
                examples=["mailto:ops@example.com"],
                extra={"check": "contact"},
            ),
        ]
        | UnsetType
    ) = UNSET


class ConfirmSection(Section, frozen=True, kw_only=True):
    """The burst of probes after a first failure."""

    probes: Annotated[int, Meta(ge=1, le=20, description="How many probes the burst has; 4 when left out.")] | UnsetType = UNSET
    spacing: Annotated[Duration, Meta(description="Time between two of them; 20s when left out.")] | UnsetType = UNSET


class ProbingSection(Section, frozen=True, kw_only=True):
    """How models are probed, unless their provider or they themselves say otherwise."""

    interval: Annotated[Duration, Meta(description="Time between two probes of a model, at least 1s.")] = "5m"
    max_stale: (
        Annotated[
            Duration,
            Meta(
                description=(
                    "Age at which the newest result says nothing any more and the model turns grey. "
                    "When left out, or when inherited by a model with a longer interval: 2 × interval + 60 s."
                ),
                examples=["11m"],
            ),
        ]
        | UnsetType
    ) = UNSET
    timeout: Annotated[Duration, Meta(description="Total time one probe may take.")] = "30s"
    max_output_tokens: Annotated[int, Meta(ge=1, le=100_000, description="Length of the answer that a probe asks for.")] = 16
    confirm: Annotated[ConfirmSection, Meta(description="The burst of probes after a first failure.")] = ConfirmSection()
    concurrency: Annotated[int, Meta(ge=1, le=10_000, description="Probes under way at once, all providers together.")] = 50
    canaries: Annotated[
        tuple[HttpUrl, ...],
        Meta(
            description=(
                "Neutral hosts, http or https, that tell an outage of our own network from a vendor's; "
                "none: the page says that it cannot tell."
            ),
            examples=[["https://one.one.one.one/", "https://www.gstatic.com/generate_204"]],
        ),
    ] = ()
    allow_private_networks: Annotated[
        bool,
        Meta(
            description=(
                "Whether base URLs, canaries, the heartbeat, official pages and webhooks may be loopback or private addresses."
            )
        ),
    ] = False


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


class ChannelSection(Section, frozen=True, kw_only=True, rename={"from_": "from"}):
    """One channel that tells people what changed."""

    name: Annotated[Text, Meta(description="The channel's name in logs and reports.", examples=["ops"])]
    kind: Annotated[
        Literal["apprise", "webhook", "pagerduty", "email"],
        Meta(description="What the channel is; `apprise` takes any apprise URL."),
    ] = "apprise"
    url: (
        Annotated[
            str,
            Meta(
                description="The channel's address: an apprise URL, or the webhook's; or a reference to it.",
                examples=["env:OPS_DISCORD_URL"],
                extra={"check": "channel_url", "secret": True},
            ),
        ]
        | UnsetType
    ) = UNSET
    secret: (
        Annotated[Reference, Meta(description="Where the webhook's signing secret is kept.", examples=["env:HOOK_SECRET"])]
        | UnsetType
    ) = UNSET
    routing_key: Annotated[Reference, Meta(description="Where PagerDuty's routing key is kept.")] | UnsetType = UNSET
    to: Annotated[tuple[Text, ...], Meta(description="E-mail addresses.")] = ()
    from_: Annotated[Text, Meta(description="The e-mail sender's address.")] | UnsetType = UNSET
    audience: Annotated[
        Literal["operator", "public"],
        Meta(description="Whom it reaches: the public never hears of grey."),
    ] = "operator"
    format: Annotated[
        Literal["standard", "statuspage", "cloudevents", "alertmanager"],
        Meta(description="The shape of a webhook's body."),
    ] = "standard"


class RetentionSection(Section, frozen=True, kw_only=True):
    """How long history is kept."""

    samples: Annotated[Retained, Meta(description="Single probes.")] = "90d"
    hourly: Annotated[Retained, Meta(description="Hourly sums.")] = "400d"
    daily: Annotated[Retained, Meta(description="Daily sums.")] = "forever"


class PublishSection(Section, frozen=True, kw_only=True):
    """The page as static files."""

    directory: Annotated[
        Text,
        Meta(description="Where page, JSON and badges are written after every change.", examples=["public/"]),
    ]


class ConfigFile(Section, frozen=True, kw_only=True):
    """The configuration file of statuspage. Relative paths in it are relative to the file."""

    site: Annotated[SiteSection, Meta(description="The page itself.")] = SiteSection()
    database: Annotated[
        str,
        Meta(
            description="Where history is kept: a SQLite file, or PostgreSQL through asyncpg.",
            examples=["sqlite+aiosqlite:///statuspage.db", "postgresql+asyncpg://…"],
            extra={"check": "database", "secret": True},
        ),
    ] = "sqlite+aiosqlite:///statuspage.db"
    probing: Annotated[ProbingSection, Meta(description="How models are probed, unless they say otherwise.")] = ProbingSection()
    providers: Annotated[
        dict[str, ProviderSection],
        Meta(description="The accounts, by a name of your choice, which begins the keys of their models."),
    ]
    budget: Annotated[BudgetSection, Meta(description="A hard cap of the money that probing may cost.")] | UnsetType = UNSET
    notify: Annotated[tuple[ChannelSection, ...], Meta(description="Channels that tell people what changed.")] = ()
    flags: Annotated[Text, Meta(description="A file of feature flags in flagd's JSON.", examples=["flags.json"])] | UnsetType = (
        UNSET
    )
    retention: Annotated[RetentionSection, Meta(description="How long history is kept.")] = RetentionSection()
    publish: (
        Annotated[PublishSection, Meta(description="The page as static files. Not together with a private site.")] | UnsetType
    ) = UNSET
    heartbeat_url: (
        Annotated[
            HttpUrl,
            Meta(description="Pinged while the monitor itself is well.", examples=["https://hc.example/uuid"]),
        ]
        | UnsetType
    ) = UNSET
