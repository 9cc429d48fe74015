"""`statuspage serve`: migrates, schedules, serves."""

from pathlib import Path

import click

from statuspage.cli.lean import without_rich
from statuspage.cli.options import config_option, load_or_exit


@click.command()
@config_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one.")
def serve(config: Path, host: str, port: int) -> None:
    """Watch the models of the configuration and serve their status page."""
    loaded = load_or_exit(config)
    # Imported once the configuration is known to be good: the whole product takes half a second.
    with without_rich():
        from statuspage.app.reloading import following
        from statuspage.cli.run import address_of, listen, run

    listening = listen(host, port)
    click.echo(f"{loaded.site.title}: {address_of(listening)}", err=True)
    run(listening, lambda: following(loaded))
