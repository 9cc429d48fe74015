"""`statuspage migrate`: brings the database to this version."""

import asyncio
from pathlib import Path

import click
import msgspec

from statuspage.cli.options import config_option, load_or_exit
from statuspage.domain.errors import StorageError


@click.command()
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def migrate(config: Path, as_json: bool) -> None:
    """Make or upgrade the database; `serve` does the same at its start."""
    loaded = load_or_exit(config)
    from statuspage import paths
    from statuspage.storage.migrate import migrate as upgrade
    from statuspage.storage.revisions import HEAD

    try:
        asyncio.run(upgrade(loaded.database_url, paths.MIGRATIONS))
    except StorageError as error:
        raise click.ClickException(str(error)) from None
    click.echo(msgspec.json.encode({"revision": HEAD}).decode() if as_json else f"The database is at revision {HEAD}.")
