"""`statuspage restore`: puts a backup in the database's place."""

from pathlib import Path

import click
import msgspec

from statuspage.cli.options import config_option, load_or_exit
from statuspage.domain.errors import StorageError


@click.command
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def restore(file: Path, config: Path, as_json: bool) -> None:
    """Put the backup FILE in the database's place; statuspage must not be running.

    What was there is kept beside it. A database that is broken or newer is not replaced: move it away first.
    """
    loaded = load_or_exit(config)
    from statuspage.storage.copies import restore as put_back

    try:
        copied = put_back(loaded.database_url, file)
    except StorageError as error:
        raise click.ClickException(str(error)) from None
    kept = None if copied.kept is None else str(copied.kept)
    if as_json:
        result = {"file": str(file), "database": str(copied.file), "bytes": copied.bytes, "schema": copied.schema, "kept": kept}
        click.echo(msgspec.json.encode(result))
    else:
        click.echo(f"{copied.file} is {file} now." + ("" if kept is None else f" What was there before is {kept}."))
