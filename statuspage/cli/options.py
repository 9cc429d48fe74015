"""What commands share: the option that finds the configuration, and its loading."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from statuspage.config.fleet import Config
from statuspage.config.load import load
from statuspage.config.problem import Problem

BAD_CONFIG: Final = 2
_Command = TypeVar("_Command", bound=Callable[..., Any])


def config_option(command: _Command) -> _Command:
    """Adds `--config FILE`, handed over as `config: Path`: the option, else $STATUSPAGE_CONFIG, else ./statuspage.yml."""
    return click.option(
        "--config",
        type=click.Path(path_type=Path),
        envvar="STATUSPAGE_CONFIG",
        default=Path("statuspage.yml"),
        show_default="$STATUSPAGE_CONFIG, else ./statuspage.yml",
        metavar="FILE",
        help="The configuration file.",
    )(command)


def load_or_exit(path: Path) -> Config:
    """The configuration; prints warnings, and on any problem all of them, one a line on stderr, and exits with status 2."""
    loaded = load(path, os.environ)
    for warning in loaded.warnings:
        click.echo(f"warning: {line_of(warning, path)}", err=True)
    for problem in loaded.problems:
        click.echo(line_of(problem, path), err=True)
    if loaded.config is None:
        sys.exit(BAD_CONFIG)
    return loaded.config


def line_of(problem: Problem, path: Path) -> str:
    """`where: what`, where the file itself is named by its path."""
    return f"{problem.path or path}: {problem.message}"
