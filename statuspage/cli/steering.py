"""What the commands that steer share: times, running at a desk, errors as one sentence."""

import asyncio
import getpass
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click
import msgspec
from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from statuspage.cli.options import BAD_CONFIG
from statuspage.config.fleet import Config
from statuspage.domain.clock import moment_ms, rfc3339
from statuspage.domain.errors import EditedMeanwhileError, StorageError, WrongInputError

if TYPE_CHECKING:
    from statuspage.service.desks import Desks

_MODELS_SHOWN = 3
_Answer = TypeVar("_Answer")
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Moment(click.ParamType[int]):
    """A time as RFC 3339, handed over as UTC milliseconds."""

    name = "RFC3339"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            return moment_ms(str(value))
        except ValueError:
            self.fail(f"{value!r} is no time; write one such as 2026-11-20T10:00:00Z.", param, ctx)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may run under a number that has no name
        return "somebody"


class WrongInput(click.ClickException):
    """Ends a command for what was typed wrong."""

    exit_code = BAD_CONFIG


def author_option(command: _Command) -> _Command:
    """Adds `--author NAME`."""
    return click.option("--author", metavar="NAME", help="Who says so; readers see it.")(command)


def json_option(command: _Command) -> _Command:
    """Adds `--json`, handed over as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(command)


class Wrote(NamedTuple):
    """A line for the audit book: what was done, to what, and who says so; without a name the user of this terminal."""

    what: str
    subject: str
    author: str | None = None


def at_desk(
    config: Config,
    work: Callable[["Desks"], Awaitable[_Answer]],
    keys: Iterable[str] = (),
    wrote: Callable[[_Answer], Wrote] | None = None,
) -> _Answer:
    """Does something at the desks of the configuration's database; what cannot be done ends the command with one sentence.

    `wrote` says of the answer what the audit book keeps.
    Exit status 2 for what was typed wrong, 1 for a database that does not answer or somebody who was quicker.
    """
    from statuspage.app.desks import desks

    async def run() -> _Answer:
        async with desks(config, keys) as opened:
            answer = await work(opened)
            if wrote is not None:
                line = wrote(answer)
                await opened.book(line.author or _user(), line.what, line.subject, "command line")
            return answer

    try:
        return asyncio.run(run())
    except WrongInputError as error:
        raise WrongInput(str(error)) from None
    except (StorageError, EditedMeanwhileError) as error:
        raise click.ClickException(str(error)) from None


class _Plain(Table):
    """A table of words as they are: what people wrote is no markup."""

    def add_row(self, *cells: RenderableType | None, **more: Any) -> None:  # noqa: ANN401 - as in rich
        super().add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in cells), **more)


def listing(*columns: str, folded: Sequence[str] = ()) -> Table:
    """A table whose ids and times stay whole on a narrow terminal; `folded` are the columns of words, at its end."""
    table = _Plain(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, no_wrap=True)
    for column in folded:
        table.add_column(column, overflow="fold")
    return table


def span(from_ms: int | None, until_ms: int | None) -> str:
    """From when to when (UTC, to the minute), a line each; without an end it goes on."""
    from_, until = ("" if at_ms is None else f"{rfc3339(at_ms)[:16]}Z" for at_ms in (from_ms, until_ms))
    return "\n".join(line for line in (from_, until) if line)


def concerned(title: str, keys: Sequence[str], *more: str | None) -> str:
    """What it is and whom it concerns, a line each; of many models the first few."""
    shown = [*keys[:_MODELS_SHOWN], *([f"and {len(keys) - _MODELS_SHOWN} more"] if len(keys) > _MODELS_SHOWN else [])]
    return "\n".join([title, *(line for line in more if line), *(shown or ["the whole page"])])


def print_json(value: object) -> None:
    """One JSON document on a line."""
    click.echo(msgspec.json.encode(value).decode())
