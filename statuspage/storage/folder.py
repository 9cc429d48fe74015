"""A folder of published files: each is replaced as a whole, and the list of ours lies beside them."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

LIST: Final = ".statuspage-files"
"""Names what we wrote, so that what vanished is removed after a restart and what others put there is not."""
_PREFIX: Final = ".statuspage-new-"


class Folder:
    """Files below a directory, which is made when the first is written. Every method may raise OSError."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._new = root / f"{_PREFIX}{os.getpid()}"

    def names(self) -> frozenset[str]:
        """What an earlier run said it wrote; empty where nothing is known. Removes what it left half written."""
        for left in self._root.glob(f"{_PREFIX}*"):
            left.unlink(missing_ok=True)
        try:
            found = msgspec.json.decode((self._root / LIST).read_bytes(), type=list[str])
        except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
            return frozenset()
        return frozenset(found)

    def list(self, names: Iterable[str]) -> None:
        """Says for the next run what is ours."""
        self.write(LIST, msgspec.json.format(msgspec.json.encode(sorted(names)), indent=0) + b"\n")

    def holds(self, name: str, body: bytes) -> bool:
        """Whether the file has these bytes already."""
        path = self._root / name
        try:
            return path.stat().st_size == len(body) and path.read_bytes() == body
        except (FileNotFoundError, NotADirectoryError):
            return False

    def write(self, name: str, body: bytes) -> None:
        """Replaces the file in one step; a reader finds the old bytes or the new ones, after a power cut too."""
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._new.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            self._new.replace(target)
        except OSError as error:
            error.filename = error.filename or str(self._root)  # a full disk names no file by itself
            raise
        finally:
            self._new.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Removes the file, and the folders that it leaves empty."""
        path = self._root / name
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
        for folder in path.parents:
            if folder == self._root:
                break
            try:
                folder.rmdir()
            except OSError:  # something else is in it
                break
