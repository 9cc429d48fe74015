"""The file as people write it: one struct a section, every key typed and described (contract §2)."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from statuspage.config.schema_base import Duration, HttpUrl, Reference, Retained, Section, Text
from statuspage.config.schema_providers import BudgetSection, ConfirmSection, ProviderSection


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
    quiet_hours: (
        Annotated[
            str,
            Meta(
                description="The time of day, in `site.timezone`, in which nothing is sent; what happens waits for its end.",
                examples=["22:00-07:00"],
                extra={"check": "quiet_hours"},
            ),
        ]
        | UnsetType
    ) = UNSET
    remind_every: (
        Annotated[Duration, Meta(description="How often an open incident is told again while it lasts.", examples=["4h"])]
        | UnsetType
    ) = UNSET


class MailSection(Section, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The mail server behind channels of kind `email` and e-mail subscriptions."""

    url: Annotated[
        Reference,
        Meta(
            description="Where the server's address is kept: `smtp://user:password@host:587`, or `smtps://…`.",
            examples=["env:SMTP_URL"],
        ),
    ]
    from_: Annotated[Text, Meta(description="The sender's address.", examples=["status@example.com"])]


class OidcSection(Section, frozen=True, kw_only=True):
    """Another party that signs people in at `/admin/login` (OpenID Connect); needs the extra `oidc`."""

    issuer: Annotated[
        HttpUrl, Meta(description="The party's issuer, exactly as it calls itself.", examples=["https://id.example.com"])
    ]
    client_id: Annotated[Text, Meta(description="What this page is called there.")]
    client_secret: Annotated[Reference, Meta(description="Where the client's secret is kept.")] | UnsetType = UNSET
    claim: Annotated[Text, Meta(description="The claim whose values the lists below name, beside e-mail addresses.")] = "groups"
    admins: Annotated[tuple[Text, ...], Meta(description="Who is an admin; `*` is everybody.")] = ()
    operators: Annotated[tuple[Text, ...], Meta(description="Who is an operator.")] = ()
    viewers: Annotated[tuple[Text, ...], Meta(description="Who may look.")] = ()


class RetentionSection(Section, frozen=True, kw_only=True):
    """How long history is kept."""

    samples: Annotated[Retained, Meta(description="Single probes.")] = "90d"
    hourly: Annotated[Retained, Meta(description="Hourly sums.")] = "400d"
    daily: Annotated[Retained, Meta(description="Daily sums.")] = "forever"


class PassiveSection(Section, frozen=True, kw_only=True):
    """What programs tell of their own calls (`POST /api/v1/samples`)."""

    accept: Annotated[bool, Meta(description="Whether programs may tell of their calls; they never change a status.")] = False
    tokens: Annotated[
        tuple[Text, ...],
        Meta(
            description="Names of tokens that may tell although their scope is `read`; any other needs `operate`.",
            examples=[["checkout"]],
        ),
    ] = ()
    per_minute: Annotated[
        int, Meta(ge=1, le=100_000, description="Calls that are taken in a minute, of each token; more get 429.")
    ] = 600


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
    mail: Annotated[MailSection, Meta(description="The mail server that letters are sent through.")] | UnsetType = UNSET
    oidc: Annotated[OidcSection, Meta(description="Another party that signs people in.")] | UnsetType = UNSET
    flags: Annotated[Text, Meta(description="A file of feature flags in flagd's JSON.", examples=["flags.json"])] | UnsetType = (
        UNSET
    )
    passive: Annotated[PassiveSection, Meta(description="What programs tell of their own calls.")] = PassiveSection()
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
