"""`statuspage user`: people who sign in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.console import Console
from rich.table import Table

from statuspage.cli.access import with_access
from statuspage.cli.options import config_option, load_or_exit
from statuspage.cli.steering import json_option
from statuspage.domain.access import Role, User
from statuspage.domain.clock import rfc3339

if TYPE_CHECKING:
    from statuspage.service.access import Access


@click.group()
def user() -> None:
    """Add, list and remove people who sign in, and change their passwords."""


def _password() -> str:
    """From the terminal, twice and unseen; else the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


@user.command()
@click.argument("name")
@config_option
@click.option("--role", type=click.Choice([*Role]), default="viewer", show_default=True, help="What they may.")
@json_option
def add(name: str, config: Path, role: str, as_json: bool) -> None:
    """Add the user NAME; the password is asked for, or read from standard input."""
    loaded, password = load_or_exit(config), _password()
    made = with_access(loaded, lambda access: access.add_user(name, Role(role), password))
    click.echo(msgspec.json.encode(_object(made)) if as_json else f"{name} may sign in as {role}.")


@user.command()
@click.argument("name")
@config_option
@json_option
def passwd(name: str, config: Path, as_json: bool) -> None:
    """Change the password of NAME and end all of their sessions."""
    loaded, password = load_or_exit(config), _password()
    with_access(loaded, lambda access: access.set_password(name, password))
    click.echo(msgspec.json.encode({"changed": name}) if as_json else f"The password of {name} is changed; they sign in anew.")


@user.command()
@click.argument("name")
@config_option
@json_option
def remove(name: str, config: Path, as_json: bool) -> None:
    """Remove the user NAME; the last admin stays."""
    with_access(load_or_exit(config), lambda access: access.remove_user(name))
    click.echo(msgspec.json.encode({"removed": name}) if as_json else f"{name} is removed.")


@user.command("list")
@config_option
@json_option
def show(config: Path, as_json: bool) -> None:
    """List users by name."""
    found = with_access(load_or_exit(config), _all)
    if as_json:
        click.echo(msgspec.json.encode([_object(each) for each in found]))
        return
    table = Table("Name", "Role", "Since")
    for each in found:
        table.add_row(each.name, each.role.value, rfc3339(each.created_ms)[:10])
    Console().print(table if found else "There are no users yet; `statuspage serve` logs the token for the first one.")


async def _all(access: "Access") -> tuple[User, ...]:
    return access.users()


def _object(each: User) -> dict[str, object]:
    return {"name": each.name, "role": each.role.value, "created_at": rfc3339(each.created_ms)}
