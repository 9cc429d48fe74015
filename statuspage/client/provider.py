"""Accounts at vendors as a program names them, and the routes that a chain may take."""

import os
from collections.abc import Mapping

import msgspec

from statuspage.client.reference import secret_behind
from statuspage.domain.model import model_key, nearest
from statuspage.domain.secret import Secret
from statuspage.domain.spending import Rate
from statuspage.vendors.registry import VENDORS
from statuspage.vendors.vendor import Vendor


class ChainError(ValueError):
    """A chain that cannot be made: every reason at once, a sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """One account. `api_key` is `env:NAME`, `file:/path`, a `Secret`, or None where the server wants none.

    `prices` are US dollars per million tokens, input and output, by model id; they win over the shipped table.
    `allow_private` lets `base_url` be on loopback or a private network.
    """

    vendor: str
    base_url: str | None = None
    api_key: str | Secret | None = None
    prices: Mapping[str, tuple[float, float]] = {}
    allow_private: bool = False

    def __repr__(self) -> str:
        return f"Provider({self.vendor!r})"


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One model at one account, ready to be asked; `rate` is its price, None where nobody knows it."""

    key: str
    provider: str
    model_id: str
    vendor: Vendor
    base_url: str
    secret: Secret | None
    rate: Rate | None
    allow_private: bool

    @property
    def name(self) -> str:
        """For sentences: `kimi-k3 at Moonshot`."""
        return f"{self.model_id} at {self.vendor.title}"

    def __repr__(self) -> str:
        return f"Route({self.key!r})"


def routes_of(
    models: tuple[str, ...], providers: Mapping[str, Provider], environ: Mapping[str, str] | None = None
) -> tuple[Route, ...]:
    """The routes of these models in their order. Raises `ChainError` with every mistake at once."""
    environ = os.environ if environ is None else environ
    problems: list[str] = []
    routes = [_route(model, providers, environ, problems) for model in dict.fromkeys(models)]
    if not models:
        problems.append('A chain needs at least one model, such as "moonshot/kimi-k3".')
    if problems:
        raise ChainError(tuple(dict.fromkeys(problems)))
    return tuple(route for route in routes if route is not None)


def usual_variable(vendor: str) -> str:
    """The environment variable in which a vendor's key is looked for where nothing else is said."""
    return f"{vendor.upper().replace('-', '_')}_API_KEY"


def _route(model: str, providers: Mapping[str, Provider], environ: Mapping[str, str], problems: list[str]) -> Route | None:
    name, slash, model_id = model.partition("/")
    if not (name and slash and model_id):
        problems.append(f'{model!r} is no model: write "provider/model-id", such as "moonshot/kimi-k3".')
        return None
    provider = providers.get(name) or (Provider(vendor=name, api_key=f"env:{usual_variable(name)}") if name in VENDORS else None)
    if provider is None:
        near = nearest(name, [*providers, *VENDORS])
        hint = f"; did you mean {near}?" if near else f"; there are {', '.join(VENDORS)}, or name one in providers."
        problems.append(f"There is no provider {name!r} (for {model}){hint}")
        return None
    vendor = VENDORS.get(provider.vendor)
    if vendor is None:
        near = nearest(provider.vendor, VENDORS)
        problems.append(f"There is no vendor {provider.vendor!r} (provider {name}){f'; did you mean {near}?' if near else '.'}")
        return None
    base_url = provider.base_url or vendor.base_url
    if base_url is None:
        problems.append(f"The provider {name} needs a base_url: {vendor.title} has no address of its own.")
    if model_id.lower() in vendor.retired:
        near = nearest(model_id, vendor.prices.usd) if vendor.prices else None
        problems.append(f"{model} is retired at {vendor.title}{f'; did you mean {name}/{near}?' if near else '.'}")
    secret = None
    try:
        secret = secret_behind(provider.api_key, environ, field=f"api_key of {name}", what=f"key for {name}")
    except ValueError as error:
        problems.append(str(error))
    price = provider.prices.get(model_id) or (vendor.prices.price(model_id) if vendor.prices else None)
    return Route(
        key=model_key(name, model_id),
        provider=name,
        model_id=model_id,
        vendor=vendor,
        base_url=base_url or "",
        secret=secret,
        rate=None if price is None else Rate(input_usd=price[0], output_usd=price[1]),
        allow_private=provider.allow_private,
    )
