"""The resolved configuration: defaults inherited, references read, everything flat and typed.

Durations are seconds (`_s`), prices US dollars per million tokens, paths absolute.
"""

from pathlib import Path

from msgspec import Struct, field

from statuspage.domain.delivering import QuietHours
from statuspage.domain.model import model_key, slug_of
from statuspage.domain.secret import Secret
from statuspage.domain.words import ProbeKind
from statuspage.vendors.vendor import Vendor


class Site(Struct, frozen=True, kw_only=True):
    """The page itself; `url` has no slash at its end."""

    title: str = "Model status"
    url: str = "http://127.0.0.1:8000"
    language: str = "en"
    timezone: str = "UTC"
    private: bool = False
    contact: str | None = None


class Price(Struct, frozen=True, kw_only=True):
    """US dollars per million tokens."""

    input: float
    output: float


class Discover(Struct, frozen=True, kw_only=True):
    """Patterns (`*`, `?`) of the model ids to add from what `/models` lists."""

    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()


class Provider(Struct, frozen=True, kw_only=True):
    """One account at a vendor.

    `not_configured` is the sentence that says why the account cannot be asked, None where it can.
    `siblings` are the base URLs of the other surfaces of the same vendor that may be asked for `/models`.
    """

    name: str
    title: str
    vendor: Vendor
    base_url: str
    api_key: Secret | None = None
    """The first of `keys`."""
    keys: tuple[Secret, ...] = ()
    key_names: tuple[str, ...] = ()
    """The reference of each of `keys`, such as `env:NAME`."""
    key_problems: tuple[str, ...] = ()
    """Why other references could not be read, a sentence each."""
    rpm: int | None = None
    concurrency: int | None = None
    allow_private: bool = False
    not_configured: str | None = None
    official_status: str | None = None
    discover: Discover | None = None
    siblings: tuple[str, ...] = ()
    private_siblings: tuple[str, ...] = ()
    """Those of `siblings` whose own provider allows private networks."""
    monthly_usd: float | None = None


class Model(Struct, frozen=True, kw_only=True):
    """One model to watch, with everything it inherits."""

    provider: str
    id: str
    name: str
    interval_s: float = 300.0
    max_stale_s: float = 660.0
    timeout_s: float = 30.0
    max_output_tokens: int = 16
    confirm_probes: int = 4
    confirm_spacing_s: float = 20.0
    probes: tuple[ProbeKind, ...] = (ProbeKind.CHAT,)
    fallback: tuple[str, ...] = ()
    """Keys, best first."""
    public: bool = True
    price: Price | None = None
    aliases: tuple[str, ...] = ()
    """Earlier keys, whose history this model continues."""
    route_only: tuple[str, ...] = ()
    expect: str | None = None

    @property
    def key(self) -> str:
        """`provider/model-id`, stable for ever."""
        return model_key(self.provider, self.id)

    @property
    def names(self) -> tuple[str, ...]:
        """The key, then those it was known by before."""
        return (self.key, *self.aliases)

    @property
    def slug(self) -> str:
        """The key as it stands in addresses."""
        return slug_of(self.key)


class Channel(Struct, frozen=True, kw_only=True):
    """One channel that tells people what changed; None where a reference could not be read."""

    name: str
    kind: str = "apprise"
    url: Secret | None = None
    secret: Secret | None = None
    routing_key: Secret | None = None
    to: tuple[str, ...] = ()
    sender: str | None = None
    audience: str = "operator"
    format: str = "standard"
    quiet_hours: QuietHours | None = None
    remind_every_s: float | None = None


class Mail(Struct, frozen=True, kw_only=True):
    """The mail server; `url` is None where its reference could not be read."""

    url: Secret | None
    sender: str


class Retention(Struct, frozen=True, kw_only=True):
    """Seconds that history is kept; None is for ever."""

    samples_s: float | None = 90 * 86400.0
    hourly_s: float | None = 400 * 86400.0
    daily_s: float | None = None


class Passive(Struct, frozen=True, kw_only=True):
    """Whether programs may tell of their calls, the tokens whose scope `read` is enough, and how many calls of each a minute."""

    accept: bool = False
    tokens: tuple[str, ...] = ()
    per_minute: int = 600


class Oidc(Struct, frozen=True, kw_only=True):
    """Another party that signs people in; the names are e-mail addresses or values of `claim`, `*` is everybody."""

    issuer: str
    client_id: str
    client_secret: Secret | None = None
    claim: str = "groups"
    admins: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    viewers: tuple[str, ...] = ()


class Config(Struct, frozen=True, kw_only=True):
    """Everything the file says, ready for use; its text form shows counts alone, as the database's URL may hold a password."""

    path: Path
    site: Site = field(default_factory=Site)
    database_url: str
    concurrency: int = 50
    canaries: tuple[str, ...] = ()
    allow_private_networks: bool = False
    providers: tuple[Provider, ...] = ()
    models: tuple[Model, ...] = ()
    templates: dict[str, Model] = field(default_factory=dict)
    """By provider: what a model that is added later inherits; its id is empty."""
    retention: Retention = field(default_factory=Retention)
    passive: Passive = field(default_factory=Passive)
    monthly_usd: float | None = None
    notify: tuple[Channel, ...] = ()
    mail: Mail | None = None
    oidc: Oidc | None = None
    flags: Path | None = None
    publish_directory: Path | None = None
    heartbeat_url: str | None = None

    def provider(self, name: str) -> Provider:
        """The provider of that name; KeyError where there is none."""
        return {provider.name: provider for provider in self.providers}[name]

    def __repr__(self) -> str:
        return f"Config(path={str(self.path)!r}, {len(self.providers)} providers, {len(self.models)} models)"
