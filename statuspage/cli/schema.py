"""`statuspage schema`: the JSON Schema of the configuration file."""

from pathlib import Path

import click
import msgspec

from statuspage.cli.options import config_option
from statuspage.config.jsonschema import json_schema


@click.command("schema")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Accepted for symmetry: the schema is always JSON.")
def schema(config: Path, *, as_json: bool) -> None:  # noqa: ARG001 - every command takes both options
    """Print the JSON Schema (2020-12) of statuspage.yml.

    Editors complete and check the file when its first line is
    `# yaml-language-server: $schema=statuspage.schema.json`.
    """
    click.echo(msgspec.json.format(msgspec.json.encode(json_schema()).decode(), indent=2))
