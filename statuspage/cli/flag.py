"""`statuspage flag`: feature flags of the configuration's file."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console

from statuspage.cli.options import config_option, load_or_exit
from statuspage.cli.steering import WrongInput, json_option, listing, print_json
from statuspage.domain.errors import WrongInputError
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
    line = _at_desk(config, lambda desk: desk.set(key, state=state, percent=percent))
    if as_json:
        print_json(line.told())
    else:
        click.echo(f"{line.key} is {_worded(line)}.")


@flag.command("list")
@config_option
@json_option
def list_flags(config: Path, as_json: bool) -> None:
    """List the flags of the file."""
    known = _at_desk(config, lambda desk: desk.known())
    if as_json:
        print_json({"flags": [line.told() for line in known]})
        return
    table = listing("Flag", "State", "Users", folded=("Default", "Variants"))
    for line in known:
        table.add_row(line.key, line.state, _share(line), line.default_variant or "", ", ".join(line.variants))
    Console().print(table if known else "There is no flag yet; `statuspage flag set KEY --state on` adds one.")


def _at_desk(config: Path, work: Callable[[FlagDesk], _Answer]) -> _Answer:
    path = load_or_exit(config).flags
    try:
        return work(FlagDesk(None if path is None else FlagFile(path)))
    except WrongInputError as error:
        raise WrongInput(str(error)) from None


def _worded(line: FlagLine) -> str:
    share = "" if line.percent is None else f" for {_share(line)} of users"
    return f"on{share}" if line.state == "on" else "off"


def _share(line: FlagLine) -> str:
    return "" if line.percent is None else f"{line.percent:g} %"
