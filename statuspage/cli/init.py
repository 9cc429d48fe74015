"""`statuspage init`: a first configuration file, of what a key can really use."""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

from statuspage.cli.options import BAD_CONFIG, line_of
from statuspage.config.fleet import Provider
from statuspage.config.load import load_text
from statuspage.config.references import check_reference
from statuspage.config.starter import Account, starter
from statuspage.config.urls import refused_url
from statuspage.domain.addresses import NEVER_ALLOWED
from statuspage.domain.classes import CLASSES
from statuspage.domain.redact import redact
from statuspage.vendors.registry import VENDORS

ListModels = Callable[[Provider], list[str]]
"""Asks a provider's `/models`; raises `ListingError`."""

DEFAULT_OUTPUT: Final = Path("statuspage.yml")


class ListingError(Exception):
    """The vendor did not list its models; the text is one sentence with the remedy."""


def build_init(list_models: ListModels) -> click.Command:
    """The command, given what asks the vendor."""

    @click.command("init")
    @click.option("--vendor", type=click.Choice(list(VENDORS)), metavar="V", help=f"One of {', '.join(VENDORS)}.")
    @click.option("--name", help="The provider's name, which begins the keys of its models.  [default: the vendor]")
    @click.option("--base-url", help="Where the API is, if not at the vendor's own address.")
    @click.option("--key-ref", help="Where the key is kept: env:NAME, file:/path, systemd:name or op://vault/item/field.")
    @click.option(
        "--output",
        "--config",
        "output",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="STATUSPAGE_CONFIG",
        default=DEFAULT_OUTPUT,
        show_default="$STATUSPAGE_CONFIG, else ./statuspage.yml",
        metavar="FILE",
        help="The file to write.",
    )
    @click.option("--force", is_flag=True, help="Replace the file if it exists.")
    def init(
        *, vendor: str | None, name: str | None, base_url: str | None, key_ref: str | None, output: Path, force: bool
    ) -> None:
        """Ask a vendor which models your key can use, and write a commented statuspage.yml of them.

        Without --vendor it asks you; the key itself is never asked for and never written.
        """
        if output.exists() and not force:
            raise click.ClickException(
                f"{output} exists already: write to another file with --output, or replace it with --force"
            )
        account = _account(vendor, name, base_url, key_ref)
        models = _list(account, output, list_models)
        text = starter(account, models)
        _write(output, text, force=force)
        click.echo(f"{output} is written; the key can use {len(models)} models. Next: statuspage check-config, statuspage serve.")

    return init


def _account(vendor: str | None, name: str | None, base_url: str | None, key_ref: str | None) -> Account:
    asking = vendor is None
    word = vendor or click.prompt("Vendor", type=click.Choice(list(VENDORS)), default="moonshot")
    record = VENDORS[word]
    if base_url is None and record.base_url is None:
        if not asking:
            raise click.UsageError(f"vendor {word} has no address of its own: write one with --base-url")
        base_url = click.prompt("Base URL of the API, such as http://127.0.0.1:4000/v1")
    if key_ref is None and (asking or record.base_url is not None):
        usual = f"env:{word.upper().replace('-', '_')}_API_KEY"
        key_ref = click.prompt("Where the key is kept (a reference, never the key)", default=usual) if asking else usual
    complaint = check_reference(key_ref, key_ref) if key_ref is not None else None
    if complaint is not None:
        raise click.UsageError(f"--key-ref: {complaint.message}")
    reason = refused_url(base_url) if base_url is not None else None
    return Account(
        name=name or word,
        vendor=word,
        base_url=base_url,
        api_key=key_ref,
        allow_private_networks=reason is not None and reason not in NEVER_ALLOWED,
    )


def _list(account: Account, output: Path, list_models: ListModels) -> list[str]:
    """Asks through the very provider that the file will configure, so that what is written also works."""
    loaded = load_text(starter(account, ()), output, os.environ)
    if loaded.config is None:
        for problem in loaded.problems:
            click.echo(line_of(problem, output), err=True)
        raise SystemExit(BAD_CONFIG)
    provider = loaded.config.providers[0]
    if provider.not_configured is not None:
        raise click.ClickException(f"{provider.not_configured} (nothing was written)")
    try:
        models = list_models(provider)
    except ListingError as error:
        raise click.ClickException(f"{error} (nothing was written)") from error
    if not models:
        raise click.ClickException(f"{provider.title} lists no models for this key: check the key's plan (nothing was written)")
    return models


def _write(output: Path, text: str, *, force: bool) -> None:
    try:
        with output.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written ({error.strerror}): choose another file with --output") from error


def ask_vendor(provider: Provider) -> list[str]:
    """The ids that the provider's `/models` lists, in its order; raises `ListingError`."""
    from statuspage.outbound.client import Outbound
    from statuspage.probes.catalog import list_models
    from statuspage.vendors.advice import advice_for

    asking = list_models(
        Outbound(monotonic_s=time.monotonic),
        provider.vendor,
        provider.base_url,
        provider.api_key,
        allow_private=provider.allow_private,
    )
    listing, found = asyncio.run(asking)
    if listing.models is not None:
        return [model.id for model in listing.models]
    said = f"{provider.title} {CLASSES[found.class_name].says}{f': {found.detail}' if found.detail else ''}"
    advice = advice_for(found.class_name, provider.vendor) or "Check the address and try again."
    surfaces = _other_surfaces(provider) if found.class_name == "invalid_key" else ""
    secrets = tuple(key.reveal() for key in provider.keys)
    raise ListingError(redact(f"{said}. {advice}{surfaces}", secrets))


def _other_surfaces(provider: Provider) -> str:
    word = provider.vendor.surfaces_of
    others = [vendor.name for vendor in VENDORS.values() if word and vendor.surfaces_of == word and vendor is not provider.vendor]
    return f" Keys of other surfaces are not interchangeable: or try --vendor {' or '.join(others)}." if others else ""


init = build_init(ask_vendor)
