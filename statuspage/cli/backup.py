"""`statuspage backup`: copies the database into one file, while it is in use or not."""

from pathlib import Path

import click
import msgspec

from statuspage.cli.options import config_option, load_or_exit
from statuspage.domain.errors import StorageError


@click.command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def backup(file: Path, config: Path, as_json: bool) -> None:
    """Copy the SQLite database into FILE, while statuspage runs or not.

    An older backup of that name is replaced, in one step; any other file is left alone.
    """
    loaded = load_or_exit(config)
    from statuspage.storage.copies import backup as copy

    try:
        copied = copy(loaded.database_url, file)
    except StorageError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(msgspec.json.encode({"file": str(file), "bytes": copied.bytes, "schema": copied.schema}))
    else:
        click.echo(f"{file}: {copied.bytes:,} bytes, schema {copied.schema}.")
