"""`statuspage export`: writes the whole history as JSON Lines."""

import asyncio
from pathlib import Path

import click
import msgspec

from statuspage.cli.options import config_option, load_or_exit
from statuspage.domain.errors import StorageError


@click.command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def export(file: Path, config: Path, as_json: bool) -> None:
    """Write everything that is stored into FILE as JSON Lines, to be imported into another database.

    It holds what the database holds, subscribers' addresses included; keys of vendors are in neither.
    """
    loaded = load_or_exit(config)
    from statuspage.storage.portable import export as write

    try:
        rows = asyncio.run(write(loaded.database_url, file))
    except StorageError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(msgspec.json.encode({"file": str(file), "rows": rows}))
    else:
        click.echo(f"{file}: {sum(rows.values()):,} rows.")
