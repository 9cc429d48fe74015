"""The configuration file, read whole: either a configuration, or everything that is wrong with it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from statuspage.config.fleet import Config
from statuspage.config.problem import Problem
from statuspage.config.report import Report
from statuspage.config.resolve import resolve
from statuspage.config.secrets import Surroundings
from statuspage.config.tree import parse
from statuspage.config.walk import read_file

MAX_BYTES: Final = 4 * 1024 * 1024
_REMEDY: Final = "write one with `statuspage init`, or name another with --config"


class Loaded(Struct, frozen=True, kw_only=True):
    """The configuration, None where there are problems, and what was found on the way."""

    config: Config | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    secret_files: frozenset[Path] = frozenset()
    """Every file that a reference to a secret leads to, whether it is there or not."""


def load(path: Path, environ: Mapping[str, str]) -> Loaded:
    """Reads the file with the secrets it refers to; never raises for what stands in it."""
    text = text_of(path)
    return _failed(text) if isinstance(text, Problem) else load_text(text, path, environ)


def load_text(text: str, path: Path, environ: Mapping[str, str]) -> Loaded:
    """As `load`, of text that stands, or is to stand, in the file at `path`."""
    tree, problems = parse(text)
    if tree is None:
        return _failed(
            *(problems or [Problem(path="", message="the file is empty: write at least one provider under providers")])
        )
    if not isinstance(tree, dict):
        said = "the file holds no mapping: write keys such as site and providers, each with a colon"
        return _failed(*problems, Problem(path="", message=said))
    read = read_file(tree, environ)
    report = Report([*problems, *read.problems], read.meant)
    around = Surroundings(environ, path.absolute().parent)
    config = resolve(read.file, path, around, report)
    return Loaded(
        config=None if report.problems else config,
        problems=tuple(report.problems),
        warnings=tuple(report.warnings),
        secret_files=frozenset(around.files),
    )


def text_of(path: Path, remedy: str = _REMEDY) -> str | Problem:
    """What stands in the file, or why it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Problem(path="", message=f"the file does not exist: {remedy}")
    except OSError as error:
        said = error.strerror or type(error).__name__
        return Problem(path="", message=f"the file cannot be read ({said}): check its name and permissions")
    if len(content) > MAX_BYTES:
        return Problem(path="", message="the file is larger than 4 MiB: name another with --config")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(path="", message=f"the file is not UTF-8 text (line {line}): save it as UTF-8")


def _failed(*problems: Problem) -> Loaded:
    return Loaded(config=None, problems=problems)
