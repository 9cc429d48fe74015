"""`statuspage token`: tokens for programs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.console import Console
from rich.table import Table

from statuspage.cli.access import with_access
from statuspage.cli.options import config_option, load_or_exit
from statuspage.cli.steering import json_option
from statuspage.domain.access import Scope, TokenRecord
from statuspage.domain.clock import rfc3339

if TYPE_CHECKING:
    from statuspage.service.access import Access


@click.group()
def token() -> None:
    """Create, revoke and list the tokens that programs use; a running server takes changes over within a second."""


@token.command()
@config_option
@click.option("--name", required=True, help="What the token is called in lists and in the audit book.")
@click.option("--scope", required=True, type=click.Choice([each.value for each in Scope]), help="What it is good for.")
@json_option
def create(config: Path, name: str, scope: str, as_json: bool) -> None:
    """Create a token and print it, this once: only a digest of it is stored."""
    made = with_access(load_or_exit(config), lambda access: access.create_token(name, Scope(scope)))
    if as_json:
        click.echo(msgspec.json.encode({"name": name, "scope": scope, "token": made}))
    else:
        click.echo(made)


@token.command()
@click.argument("name")
@config_option
@json_option
def revoke(name: str, config: Path, as_json: bool) -> None:
    """Revoke the token called NAME."""
    with_access(load_or_exit(config), lambda access: access.revoke_token(name))
    click.echo(msgspec.json.encode({"revoked": name}) if as_json else f"The token {name} is revoked.")


@token.command("list")
@config_option
@json_option
def show(config: Path, as_json: bool) -> None:
    """List tokens by name; they themselves are nowhere."""
    found = with_access(load_or_exit(config), _all)
    if as_json:
        rows = [{"name": each.name, "scope": each.scope.value, "created_at": rfc3339(each.created_ms)} for each in found]
        click.echo(msgspec.json.encode(rows))
        return
    table = Table("Name", "Scope", "Created")
    for each in found:
        table.add_row(each.name, each.scope.value, rfc3339(each.created_ms)[:16])
    Console().print(table if found else "There are no tokens yet.")


async def _all(access: "Access") -> tuple[TokenRecord, ...]:
    return access.tokens()
