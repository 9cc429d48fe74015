"""`statuspage zoo`: the simulated vendors alone."""

import asyncio
import signal
from pathlib import Path
from typing import Final

import click
import uvloop
from rich.console import Console
from rich.table import Table

from statuspage.config.tree import Scalar, Tree, parse
from statuspage.zoo.certificates import CertificateError
from statuspage.zoo.script import Script, ScriptError, read_script
from statuspage.zoo.vendors.registry import SIMULATED
from statuspage.zoo.zoo import Zoo

_BAD_SCRIPT: Final = 2
_PIPED_WIDTH: Final = 160
"""Wide enough that no address is broken where another program reads it."""
_HINTS: Final = """\
Any key is accepted (one that holds «invalid» is not; «broke», «tier0» … «tier5» and «cn-» mean what they say).
Play a failure row: ask for the model «fault-21», or send the header «X-Zoo-Fault: 21;times=2», or
  curl -d '{{"models": "moonshot/*", "row": "engine_overloaded"}}' {origin}/_zoo
What it can play and has been asked: {origin}/_zoo · docs/zoo.md · Ctrl-C ends it."""


@click.command()
@click.option("--port", default=8700, show_default=True, type=click.IntRange(0, 65_535), help="Port to listen on; 0 takes any.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--script", type=click.Path(path_type=Path), metavar="FILE", help="What happens by itself (YAML or JSON).")
@click.option(
    "--pace", default=0.0, show_default=True, type=click.FloatRange(0, 100), help="1 answers like real vendors, 0 at once."
)
@click.option("--seed", default=0, show_default=True, help="Of everything drawn by chance.")
@click.option("--tls", is_flag=True, help="Also listen with good and bad certificates (needs openssl).")
def zoo(port: int, host: str, script: Path | None, pace: float, seed: int, tls: bool) -> None:
    """Serve simulated vendors that play any failure on demand.

    One vendor per path prefix, for our own demo and tests, and for your clients' tests.
    """
    played = _read(script) if script else Script()
    try:
        uvloop.run(_serve(Zoo(port=port, host=host, script=played, seed=seed, pace=pace, tls=tls)))
    except OSError as error:
        reason = (error.strerror or str(error)).rpartition(": ")[2]
        raise click.ClickException(f"cannot listen on {host} port {port}: {reason}; choose another with --port") from None
    except CertificateError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo()


async def _serve(served: Zoo) -> None:
    async with served:
        console = Console()
        if not console.is_terminal:
            console = Console(width=_PIPED_WIDTH)
        console.print(_table(served))
        console.print(_HINTS.format(origin=served.origin), markup=False, highlight=False, soft_wrap=True)
        terminated = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminated.set)
        await terminated.wait()


def _table(served: Zoo) -> Table:
    table = Table(title=f"The zoo at {served.origin}")
    table.add_column("vendor")
    table.add_column("base URL", overflow="fold")
    table.add_column("a model of it", overflow="fold")
    for prefix, vendor in SIMULATED.items():
        table.add_row(prefix, served.url(prefix), vendor.species[0].id)
    table.add_row("canary", served.url("canary"), "")
    table.add_row("refuses (row 4)", served.refused_url("moonshot"), "")
    table.add_row("unreachable (row 5)", served.unreachable_url("moonshot"), "")
    for certificate in served.tls_certificates:
        table.add_row(f"TLS, {certificate}", served.tls_url("moonshot", certificate), "")
    if served.tls_certificates:
        table.add_row("trust for «good»", f"SSL_CERT_FILE={served.ca_file}", "")
    return table


def _read(path: Path) -> Script:
    """The script in a file; a mistake ends the command with one line each and status 2."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"cannot read {path}: {error}") from None
    tree, problems = parse(text)
    told = [f"{problem.path}: {problem.message}" if problem.path else problem.message for problem in problems]
    if not told:
        try:
            return read_script(None if tree is None else _plain(tree))
        except ScriptError as error:
            told = error.problems
    for line in told:
        click.echo(f"{path}: {line}", err=True)
    raise SystemExit(_BAD_SCRIPT)


def _plain(tree: Tree) -> object:
    if isinstance(tree, Scalar):
        return tree.value
    if isinstance(tree, list):
        return [_plain(each) for each in tree]
    return {name: _plain(each) for name, each in tree.items()}
