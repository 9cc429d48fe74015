"""The file of feature flags on disk: seen when it changes, replaced as a whole."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from statuspage.domain.errors import WrongInputError

MOST_BYTES: Final = 4 * 1024 * 1024
_INDENT: Final = re.compile(rb"\{\s*?\n([ \t]+)\"")


class FlagFile:
    """A path that need not be there yet."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path

    def stamp(self) -> tuple[int, ...] | None:
        """Differs whenever the file was replaced or written; None while there is none."""
        try:
            seen = self.path.stat()
        except OSError:
            return None
        return seen.st_mtime_ns, seen.st_size, seen.st_ino

    def read(self) -> bytes:
        """The bytes of the file. Raises `WrongInputError` with a sentence."""
        try:
            with self.path.open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise WrongInputError(f"it cannot be read: {error.strerror or error}") from None
        if len(raw) > MOST_BYTES:
            raise WrongInputError(f"it has more than {MOST_BYTES} bytes")
        return raw

    def write(self, document: Mapping[str, Any], before: bytes | None) -> None:
        """Replaces the file in one step, in the indentation it had. Raises `WrongInputError`."""
        found = None if before is None else _INDENT.search(before)
        indent: str | int = 2 if found is None else found[1].decode()
        text = json.dumps(document, indent=indent, ensure_ascii=False, allow_nan=False) + "\n"
        target = self.path.resolve()  # where the name is a link, the file behind it is replaced and the link stays
        new = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with new.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if before is not None:
                new.chmod(target.stat().st_mode)
            new.replace(target)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise WrongInputError(f"{self.path.name} cannot be written: {error.strerror or error}") from None
