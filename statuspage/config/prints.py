"""Fingerprints of files: whether what stands in them is what was read, however it came there."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

_MAX_BYTES: Final = 4 * 1024 * 1024
"""As much as is read of a configuration."""

Prints = Mapping[Path, bytes | None]
"""By path; None for what is no file, such as a pipe, or cannot be read."""


def prints_of(paths: Iterable[Path]) -> Prints:
    """The fingerprints of these files' contents: times and sizes would miss writes, and speak of writes that changed nothing."""
    return {path: _print(path) for path in paths}


def _print(path: Path) -> bytes | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return blake2b(file.read(_MAX_BYTES + 1), digest_size=16).digest()
    except OSError:
        return None
