"""`statuspage check-config`: every problem of the configuration at once."""

import os
import sys
from pathlib import Path

import click
import msgspec

from statuspage.cli.options import BAD_CONFIG, config_option, line_of
from statuspage.config.load import Loaded, load


@click.command("check-config")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with problems and warnings.")
def check_config(config: Path, *, as_json: bool) -> None:
    """Check the configuration and name every mistake in it.

    Exit status: 0 when it can be used, 2 when it cannot.
    """
    loaded = load(config, os.environ)
    click.echo(_json(loaded) if as_json else _text(loaded, config))
    sys.exit(BAD_CONFIG if loaded.problems else 0)


def _json(loaded: Loaded) -> str:
    document = {"problems": loaded.problems, "warnings": loaded.warnings}
    return msgspec.json.format(msgspec.json.encode(document).decode(), indent=2)


def _text(loaded: Loaded, path: Path) -> str:
    lines = [line_of(problem, path) for problem in loaded.problems]
    lines += [f"warning: {line_of(warning, path)}" for warning in loaded.warnings]
    if loaded.config is not None:
        config = loaded.config
        ready = sum(provider.not_configured is None for provider in config.providers)
        found = f"{_count(len(config.models), 'model')} at {_count(len(config.providers), 'provider')}"
        lines.append(f"{path} is good: {found}, {ready} ready to be asked")
    return "\n".join(lines)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
