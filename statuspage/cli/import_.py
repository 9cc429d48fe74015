"""`statuspage import`: fills a new database from an export."""

import asyncio
from pathlib import Path

import click
import msgspec

from statuspage.cli.options import config_option, load_or_exit
from statuspage.domain.errors import StorageError


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_(file: Path, config: Path, as_json: bool) -> None:
    """Fill a new database from FILE, which `statuspage export` wrote: all of it or nothing.

    A database that holds anything is left as it is.
    """
    loaded = load_or_exit(config)
    from statuspage.storage.portable import take_in

    try:
        rows = asyncio.run(take_in(loaded.database_url, file))
    except StorageError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(msgspec.json.encode({"file": str(file), "rows": rows}))
    else:
        click.echo(f"{sum(rows.values()):,} rows were imported.")
