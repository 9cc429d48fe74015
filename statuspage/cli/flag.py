"""`statuspage flag`: feature flags of the configuration's file."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console

from statuspage.cli.options import config_option, load_or_exit
from statuspage.cli.steering import WrongInput, Wrote, at_desk, json_option, listing, print_json
from statuspage.config.fleet import Config
from statuspage.domain.errors import StorageError, WrongInputError
from statuspage.domain.rollout import MODEL, Climb
from statuspage.service.flag_desk import FlagDesk, FlagLine
from statuspage.storage.flag_file import FlagFile

_Answer = TypeVar("_Answer")


@click.group()
def flag() -> None:
    """Set and list feature flags; a running server takes a change over within a second."""


@flag.command("set")
@click.argument("key", metavar="KEY")
@config_option
@click.option("--state", type=click.Choice(["on", "off"]), help="Off switches it off for everybody, at once.")
@click.option("--percent", type=click.IntRange(0, 100), metavar="N", help="Give true to so many percent of users.")
@json_option
def set_flag(key: str, config: Path, state: str | None, percent: int | None, as_json: bool) -> None:
    """Switch the flag KEY on or off, or deal it to a share of users; one that there is not is added.

    Whoever has it at 10 % has it at 50 % too.
    """
    loaded = load_or_exit(config)
    line = _at_desk(loaded, lambda desk: desk.set(key, state=state, percent=percent))
    _book(loaded, line)
    if as_json:
        print_json(line.told())
    else:
        click.echo(f"{line.key} is {_worded(line)}.")


@flag.command("list")
@config_option
@json_option
def list_flags(config: Path, as_json: bool) -> None:
    """List the flags of the file."""
    known = _at_desk(load_or_exit(config), lambda desk: desk.known())
    if as_json:
        print_json({"flags": [line.told() for line in known]})
        return
    table = listing("Flag", "State", "Users", "Default", folded=("Variants", "By evidence"))
    for line in known:
        table.add_row(line.key, line.state, _share(line), line.default_variant or "", ", ".join(line.variants), _gate(line))
    Console().print(table if known else "There is no flag yet; `statuspage flag set KEY --state on` adds one.")


def _at_desk(config: Config, work: Callable[[FlagDesk], _Answer]) -> _Answer:
    """Does something at the desk; the database is asked only where a flag has a gate, and need not answer."""
    desk = FlagDesk(None if config.flags is None else FlagFile(config.flags))
    try:
        if any(MODEL in line.metadata for line in desk.known()):
            desk = FlagDesk(FlagFile(config.flags), climb=_climbs(config).get) if config.flags else desk
        return work(desk)
    except WrongInputError as error:
        raise WrongInput(str(error)) from None


def _climbs(config: Config) -> dict[str, Climb]:
    from statuspage.app.flagging import climbs_of

    try:
        return asyncio.run(climbs_of(config))
    except StorageError as error:
        click.echo(f"warning: how far rollouts have come is not known: {error}", err=True)
        return {}


def _book(config: Config, line: FlagLine) -> None:
    """Has the audit book say who set it; a flag must be switched off also where the database does not answer."""

    async def nothing(_desks: object) -> None:
        pass

    try:
        at_desk(config, nothing, wrote=lambda _: Wrote(f"set the flag {_worded(line)}", line.key))
    except click.ClickException as error:
        click.echo(f"warning: the audit book could not be written: {error.message}", err=True)


def _worded(line: FlagLine) -> str:
    share = "" if line.percent is None else f" for {_share(line)} of users"
    return f"on{share}" if line.state == "on" else "off"


def _share(line: FlagLine) -> str:
    return "" if line.percent is None else f"{line.percent:g} %"


def _gate(line: FlagLine) -> str:
    climb = line.rollout
    return "" if climb is None else f"{climb.percent} %, {climb.finding}: {climb.why}"
